/**
 * `bin/evolve` as the tasks of deno.json are now.
 *
 * @module
 */

import { read } from "../docs_pages.ts";

const run = /^deno run (.*) -P=([a-z-]+) pipelines\/([a-z-]+)\.ts$/;

/** The steps by what their tasks give to `deno run` besides their own names. */
async function stepsByFlags(): Promise<Map<string, string[]>> {
  const { tasks } = JSON.parse(await read("deno.json")) as { tasks: Record<string, { command: string }> };
  const steps = new Map<string, string[]>();
  for (const [name, { command }] of Object.entries(tasks)) {
    const [, flags, set, file] = run.exec(command) ?? [];
    if (flags === undefined) continue;
    if (set !== name || file !== name) throw new Error(`The task ${name} runs another step: ${command}`);
    steps.set(flags, [...steps.get(flags) ?? [], name]);
  }
  return steps;
}

/** All steps, by name. */
export async function stepNames(): Promise<string[]> {
  return [...(await stepsByFlags()).values()].flat().sort();
}

/** The script. */
export async function evolveScript(): Promise<string> {
  const version = (await read(".dvmrc")).trim();
  const steps = await stepsByFlags();
  const arms = [...steps].map(([flags, names]) =>
    `${folded(names.sort(), " | ", " \\\n  | ")})
  set -- run ${flags} --config "$root/deno.json" -P="$step" "$root/pipelines/$step.ts" "$@"
  ;;`
  );
  return `#!/bin/sh
# A step of the Evolve AI Orchestrator, from any folder: evolve STEP [FLAG...]
# Made from the tasks of deno.json by tests/bin/make.ts, which has the command.
set -eu

fail() {
  echo "evolve: $2" >&2
  exit "$1"
}

self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -L "$self" ]; do
  link=$(command -p readlink "$self")
  case $link in /*) self=$link ;; *) self=\${self%/*}/$link ;; esac
done
root=$(CDPATH='' cd -P "\${self%/*}/.." && pwd -P)

[ $# -gt 0 ] || set -- --help
step=$1
shift
case $step in
${arms.join("\n")}
-h | --help)
  echo "usage: evolve STEP [FLAG...]; evolve STEP --help tells of its flags. Steps:
  ${folded([...steps.values()].flat().sort(), " ", "\n  ")}"
  exit
  ;;
*) fail 2 "Cannot run $step as there is no such step. See evolve --help." ;;
esac

kept=\${XDG_CACHE_HOME:-\${HOME:-$root/node_modules}/.cache}/evolve/deno-${version}
if [ -n "\${EVOLVE_DENO:-}" ]; then
  deno=$(command -v "$EVOLVE_DENO") || fail 127 "Cannot run EVOLVE_DENO as it must be a program: it is $EVOLVE_DENO."
else
  deno=$(command -v deno) || deno=
  # Never what the folder holds, as an empty PATH means.
  case $deno in /*) ;; *) [ ! -f "$kept" ] || read -r deno <"$kept" || deno= ;; esac
  if [ ! -x "$deno" ] || [ "\${deno#/}" = "$deno" ]; then
    deno=$(command -v npx >/dev/null && cd "$root" && echo 'console.log(Deno.execPath())' | npx -y deno@${version} run -q --no-config -) ||
      fail 127 "Cannot find Deno; install Deno ${version} or Node's npx, or name it in EVOLVE_DENO."
    { command -p mkdir -p "\${kept%/*}" && echo "$deno" >"$kept"; } 2>/dev/null || :
  fi
fi
export INIT_CWD="$PWD"
exec "$deno" "$@"
`;
}

/** Words in lines of at most 76 characters. */
function folded(words: readonly string[], between: string, broken: string): string {
  let length = 0;
  return words.reduce((text, word, i) => {
    if (i === 0) return (length = word.length, word);
    const isBroken = length + between.length + word.length > 76;
    length = isBroken ? word.length + 2 : length + between.length + word.length;
    return text + (isBroken ? broken : between) + word;
  }, "");
}
