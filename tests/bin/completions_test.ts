import { assert, assertArrayIncludes, assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { infoOf } from "../../lib/util/files.ts";
import { read } from "../docs_pages.ts";
import { begin, pipeline, run, TestRun } from "../step/_run.ts";
import { completionFiles } from "./completions.ts";
import { declarations } from "./declarations.ts";
import { stepNames } from "./evolve_script.ts";

const steps = await declarations();

/** What a shell writes that is given a script on stdin. */
async function output(shell: string, args: string[], script: readonly string[]): Promise<string[]> {
  const { code, out, err } = await begin(args, script.join("\n"), shell).ended;
  assertEquals([code, err], [0, ""]);
  return out.split("\n").slice(0, -1);
}

/** A test with a shell; where there is none it is counted as ignored, by this name. */
function testWith(shell: string, name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `${name} (needs ${shell})`, ignore: !infoOf(`/usr/bin/${shell}`, { follow: true }), fn });
}

Deno.test("completions are what the flags of the steps make of them", async () => {
  for (const [path, text] of completionFiles(steps)) {
    assertEquals(await read(path), text, `make ${path} anew: deno run -A tests/bin/make.ts`);
  }
});

Deno.test("declarations() has every step, with the flags that its --help tells of", async () => {
  assertEquals(steps.map(({ name }) => name), await stepNames());
  for (const name of ["annotate", "lifecycle", "status"]) {
    const { out } = await run(pipeline(name, "--help"));
    const told = [...out.matchAll(/^ +(?:-h)? +\[?(--[a-z-]+)/gm)].map(([, flag]) => flag!);
    assert(told.length >= 3, out);
    assertArrayIncludes(steps.find((step) => step.name === name)!.flags.map(({ flag }) => flag), told, name);
  }
});

/** A folder for PATH in which `evolve` is a link to the script, as on a user's machine. */
async function linked(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.symlink(`${projectRoot}/bin/evolve`, `${folder}/evolve`);
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  return folder;
}

const folder = await linked();

testWith("bash", "bash completes steps, flags and values, and leaves paths to itself", async () => {
  await using test = new TestRun().list(0);
  const complete = (...words: string[]) => {
    const typed = words.map((word) => `'${word}'`).join(" ");
    return `COMP_WORDS=(evolve ${typed}); COMP_CWORD=${words.length}; _evolve; echo "\${COMPREPLY[*]}"`;
  };
  const cases: [string[], string][] = [
    [["stat"], "status"],
    [["status", "--so"], "--sort"],
    [["lifecycle", "--isolation", ""], "process bwrap wasm shared"],
    [["start", "--no-r"], "--no-race"],
    [["init", "--template", ""], ""],
    [["init", "--log"], "--log-level"],
    [["nothing", "--"], ""],
    [["status", "--run", test.name.slice(0, -1)], test.name],
  ];
  const script = [
    `PATH=${folder}:$PATH`,
    "source completions/evolve.bash",
    ...cases.map(([words]) => complete(...words)),
    "",
  ];
  // Its name would be run where bash expands what is offered.
  const hostile = `${projectRoot}/runs/$(touch hostile-${test.name})`;
  await Deno.mkdir(hostile);
  try {
    assertEquals(await output("bash", ["--norc"], script), cases.map(([, offered]) => offered));
  } finally {
    await Deno.remove(hostile);
  }
  assertEquals(infoOf(`${projectRoot}/hostile-${test.name}`), undefined);
});

testWith("fish", "fish completes steps, flags and values, and paths", async () => {
  await using test = new TestRun().list(0);
  const complete = (line: string) => `echo "$(complete -C '${line}' | string replace -r '\\t.*' '' | string join ' ')"`;
  const cases: [string, string][] = [
    ["evolve stat", "status"],
    ["evolve status --so", "--sort"],
    ["evolve lifecycle --isolation ", "bwrap process shared wasm"],
    ["evolve start --no-r", "--no-race"],
    ["evolve doctor READ", ""],
    ["evolve restore READ", "README.md"],
    [`evolve runs --remove ${test.name.slice(0, -1)}`, test.name],
  ];
  const script = [
    `set PATH ${folder} $PATH`,
    "source completions/evolve.fish",
    ...cases.map(([line]) => complete(line)),
    "",
  ];
  assertEquals(await output("fish", ["--no-config"], script), cases.map(([, offered]) => offered));
});

testWith("zsh", "zsh completes steps, flags and values, and paths", async () => {
  await using test = new TestRun().list(0);
  const typed = [
    "statu\t--so\tscore",
    "lifecycle --isolation wa\t",
    "start --no-r\t",
    "restore READ\t",
    `status --run ${test.name.slice(0, -1)}\t`,
  ];
  const lines = [
    "PS1= PROMPT_EOL_MARK=",
    `path=(${folder} $path)`,
    "fpath=($PWD/completions $fpath)",
    "autoload -U compinit; compinit -D -u",
    `evolve() { print -r -- "GOT: $* END" }`,
    ...typed.map((line) => `evolve ${line}`),
    "exit",
  ];
  // Completion is for what is typed on a terminal: zsh has one for another zsh.
  const script = [
    "zmodload zsh/zpty",
    "zpty z zsh -f -i",
    'zpty -w z "$1"',
    "while zpty -r z line; do print -rn -- $line; done",
  ];
  const { code, out } = await begin(["-f", "-c", script.join("\n"), "zsh", lines.join("\n")], undefined, "zsh").ended;
  const found = [...out.matchAll(/GOT: ([^$]*?) END/g)].map(([, words]) => words);
  const wanted = [
    "status --sort score",
    "lifecycle --isolation wasm",
    "start --no-race",
    "restore README.md",
    `status --run ${test.name}`,
  ];
  assertEquals([code, found], [0, wanted], out);
});
