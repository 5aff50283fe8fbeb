import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "Angle brackets, which might be types, calls or JSX.",
  text: shapes["angle brackets"]!,
});
