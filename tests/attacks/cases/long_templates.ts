import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "Template literals side by side.",
  text: shapes["templates"]!,
});
