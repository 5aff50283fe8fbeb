import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "A class with thousands of decorators.",
  text: shapes["decorators"]!,
});
