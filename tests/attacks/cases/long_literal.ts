import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "Names in a literal at the top of the module.",
  text: shapes["names in a literal"]!,
});
