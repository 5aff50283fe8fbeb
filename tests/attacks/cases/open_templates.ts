import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "Template literals within each other that are never closed.",
  text: shapes["open templates"]!,
});
