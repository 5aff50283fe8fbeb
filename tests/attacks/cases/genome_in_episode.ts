import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Be judged as one genome and be kept as another.",
  way: "The genome's editor is used in a judged episode.",
  body:
    "const file = context.genome.files()[0]; context.genome.setFile(file, !context.genome.fileActive(file)); return true;",
  audit: passes,
  runtime: stops(),
  evaluations: stops("crash"),
});
