import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "A regular expression of many named groups.",
  text: shapes["an expression's groups"]!,
});
