import { readerAttack } from "../readers.ts";

export default readerAttack({
  way: "A function with thousands of type parameters.",
  text: (length) => `export function f<${Array.from({ length: length / 8 }, (_, i) => `T${i} = 1`).join()}>() {}\n`,
});
