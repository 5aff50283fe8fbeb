import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "One line, a sum of as many numbers as fit.",
  text: shapes["a sum"]!,
});
