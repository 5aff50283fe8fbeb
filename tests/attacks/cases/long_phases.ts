import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "A comment with thousands of tags of phases.",
  text: shapes["phases in a comment"]!,
});
