import { shapes } from "../../source/_shapes.ts";
import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "Brackets that might be parameters of an arrow function.",
  text: shapes["arrows in brackets"]!,
});
