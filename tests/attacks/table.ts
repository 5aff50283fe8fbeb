/**
 * The page `docs/attacks.md`: prints it, ready for the formatter.
 *
 * `deno run -A tests/attacks/table.ts | deno fmt --ext md - > docs/attacks.md`
 *
 * @module
 */

import { allAttacks, type Layer, layers, layerTexts, type NamedAttack } from "./attack.ts";

const intro = `# Attacks

The suite in \`tests/attacks/\` tries each of these on what is shipped, where none may succeed, and on single layers with
the others switched off. What is said here of a layer is what its test demands. This page is made by
\`tests/attacks/table.ts\`; [security.md](security.md) says who is trusted and what is not defended.
`;

const limitsOfTheSuite = `## What the suite does not show

- Attacks by code that pass the audit are in one population next to an honest agent, each step a process under its own
  permission set. What the audit refuses never gets further than \`init\`: there is no agent to be run.
- Programs that write replies by hand run without audit, bundle and hardened runtime, which is less than what is shipped.
- A single layer's success is one way of carrying out the attack. Another way may get past it: that is why there are
  several.
- Between the hash of an artifact and its start, who may write the store can exchange it. No step but \`build\` and
  \`restore\` may, and no agent.
- \`scan\` compares sizes and times first. Deno tells the time of change in whole seconds, so an edit of equal size with
  its times set back, within the second in which \`init\` or \`select\` made the folder, is seen only when the folder is
  touched again. It is never built: \`build\` takes genes from the run's copy of the template and genomes by their hash.
- A gene can recurse until the stack ends, and so have its cycle marked as not reproducible; its evaluation then costs what
  a crash costs.
`;

/** The text of the page. */
export function page(attacks: readonly NamedAttack[]): string {
  return [intro, ...layerList(), ...matrix(attacks), ...gaps(attacks), ...list(attacks), limitsOfTheSuite].join("\n");
}

function layerList(): string[] {
  return ["## Layers", "", "| layer | what is switched on |", "| --- | --- |"].concat(
    layers.map((layer) => `| ${layer} | ${layerTexts[layer]} |`),
    "",
  );
}

function matrix(attacks: readonly NamedAttack[]): string[] {
  const head = [
    "## Attack × layer",
    "",
    `${attacks.length} attacks. **stops**: the layer alone stops it. past: it gets past the layer alone. A blank: the layer is`,
    "not there for it. What is shipped stops all of them.",
    "",
    `| attack | ${layers.join(" | ")} |`,
    `| --- | ${layers.map(() => "---").join(" | ")} |`,
  ];
  const rows = attacks.map(({ name, alone }) =>
    `| ${name} | ${layers.map((layer) => mark(alone[layer])).join(" | ")} |`
  );
  return [...head, ...rows, ""];
}

function mark(trial: NamedAttack["alone"][Layer]): string {
  if (!trial) return "";
  return trial.verdict === "stops" ? "**stops**" : "past";
}

function gaps(attacks: readonly NamedAttack[]): string[] {
  const lines = layers.flatMap((layer) => {
    const past = attacks.filter(({ alone }) => alone[layer]?.verdict === "passes").map(({ name }) => name);
    return past.length === 0 ? [] : [`- **${layer}**: ${past.join(", ")}.`];
  });
  return ["## What gets past a single layer", "", ...lines, ""];
}

function list(attacks: readonly NamedAttack[]): string[] {
  const rows = attacks.map(({ name, goal, way }) => `| ${name} | ${cell(goal)} | ${cell(way)} |`);
  return ["## Goals and ways", "", "| attack | goal | how it is carried out |", "| --- | --- | --- |", ...rows, ""];
}

function cell(text: string): string {
  return text.replace(/[|<>\\*_`[\]]/g, "\\$&");
}

if (import.meta.main) {
  console.log(page(await allAttacks()));
  Deno.exit(0);
}
