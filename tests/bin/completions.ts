/**
 * Completion files of `bin/evolve` for three shells, from what the steps declare.
 *
 * @module
 */

import type { TypedFlag, TypedStep, Value } from "./declarations.ts";

/** The files by their paths. */
export function completionFiles(steps: readonly TypedStep[]): ReadonlyMap<string, string> {
  return new Map([
    ["completions/evolve.bash", bash(steps)],
    ["completions/_evolve", zsh(steps)],
    ["completions/evolve.fish", fish(steps)],
  ]);
}

const made = "Completions of bin/evolve, made from the flags of the steps by tests/bin/make.ts.";

function bash(steps: readonly TypedStep[]): string {
  const names = steps.map(({ name }) => name).join(" ");
  const flags = steps.map(({ name, flags }) => `  ${name}) words='${flags.map(({ flag }) => flag).join(" ")}' ;;`);
  return `# shellcheck shell=bash disable=SC2207
# ${made}
# Source it in ~/.bashrc.

# Names of the runs of the project that the command is of, and no others: compgen expands what it is given.
_evolve_runs() {
  local at run
  at=$(readlink -f "$(type -P evolve)") || return
  for run in "\${at%/bin/evolve}"/runs/*; do
    run=\${run##*/}
    [[ ! $run =~ ^[A-Za-z0-9_-][A-Za-z0-9._-]*$ ]] || echo "$run"
  done
}

_evolve() {
  local word=\${COMP_WORDS[COMP_CWORD]} words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '--help ${names}' -- "$word"))
    return
  fi
  # Where nothing is offered, bash offers files.
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
${valueArms(steps).join("\n")}
  esac
  case \${COMP_WORDS[1]} in
${flags.join("\n")}
  esac
  [[ $word != -* ]] || COMPREPLY=($(compgen -W "$words" -- "$word"))
}

complete -o default -F _evolve evolve
`;
}

/** An arm of bash's case for each set of words; what has neither words nor paths offers nothing. */
function valueArms(steps: readonly TypedStep[]): string[] {
  const flagsOf = new Map<string, string[]>();
  for (const { name, flags } of steps) {
    for (const { flag, value } of flags) {
      if (!value) continue;
      const offer = value.isRun
        ? `COMPREPLY=($(compgen -W "$(_evolve_runs)" -- "$word")); return`
        : value.isPath && value.words.length === 0
        ? "return"
        : value.words.length === 0
        ? "compopt +o default 2>/dev/null; return"
        : `COMPREPLY=($(compgen -W '${value.words.join(" ")}' -- "$word")); return`;
      flagsOf.set(offer, [...flagsOf.get(offer) ?? [], `"${name} ${flag}"`]);
    }
  }
  return [...flagsOf].map(([offer, flags]) => `  ${flags.join(" | ")})\n    ${offer}\n    ;;`);
}

function zsh(steps: readonly TypedStep[]): string {
  const names = steps.map(({ name, brief }) => `    ${quoted(`${name}:${brief}`)}`).join("\n");
  const arms = steps.map(({ name, flags, argument }) => {
    const specs = [...flags.map(zshFlag), ...argument ? [quoted(`*:${zshValue(argument)}`)] : []];
    return `  ${name})\n    _arguments ${specs.join(" \\\n      ")}\n    ;;`;
  });
  return `#compdef evolve
# ${made}
# Put its folder into fpath before compinit.

# Names of the runs of the project that the command is of.
_evolve_runs() {
  local -a runs=(\${commands[evolve]:A:h:h}/runs/*(N:t))
  compadd -a runs
}

if (( CURRENT == 2 )); then
  local -a steps=(
${names}
  )
  _describe -t steps step steps
  return
fi
shift words
(( CURRENT-- ))
case $words[1] in
${arms.join("\n")}
esac
`;
}

function zshFlag({ flag, brief, isRepeated, value }: TypedFlag): string {
  const told = brief.replace(/[[\]\\]/g, "\\$&");
  return quoted(`${isRepeated ? "*" : ""}${flag}[${told}]${value ? `:${zshValue(value)}` : ""}`);
}

function zshValue({ name, words, isPath, isRun }: Value): string {
  const told = name.replaceAll(":", "\\:");
  if (isRun) return `${told}:_evolve_runs`;
  if (words.length > 0) return `${told}:(${words.join(" ")})`;
  return `${told}:${isPath ? "_files" : " "}`;
}

function fish(steps: readonly TypedStep[]): string {
  const begin = steps.map(({ name, brief }) =>
    `complete -c evolve -n __fish_use_subcommand -a ${name} -d ${fishQuoted(brief)}`
  );
  const rest = steps.flatMap(({ name, flags, argument }) => {
    const on = `complete -c evolve -n '__fish_seen_subcommand_from ${name}'`;
    return [
      ...argument?.isPath ? [`${on} -F`] : [],
      ...flags.map(({ flag, brief, value }) => `${on} -l ${flag.slice(2)} -d ${fishQuoted(brief)}${fishValue(value)}`),
    ];
  });
  return `# ${made}
# Put it into ~/.config/fish/completions/.

# Names of the runs of the project that the command is of.
function __evolve_runs
  ls (string replace -r '/bin/evolve$' /runs (readlink -f (command -s evolve))) 2>/dev/null
end

complete -c evolve -f
${[...begin, ...rest].join("\n")}
`;
}

function fishValue(value: Value | undefined): string {
  if (!value) return "";
  if (value.isRun) return " -x -a '(__evolve_runs)'";
  if (value.words.length > 0) return ` -x -a ${fishQuoted(value.words.join(" "))}`;
  return value.isPath ? " -r -F" : " -x";
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
