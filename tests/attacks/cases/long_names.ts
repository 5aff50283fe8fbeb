import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "A chain of constants, each of which is the one before it.",
  text: shapes["a chain of constants"]!,
});
