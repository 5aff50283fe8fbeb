import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "Blanks in a comment, as many as a file may have characters.",
  text: shapes["blanks in a comment"]!,
});
