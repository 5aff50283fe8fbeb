import { assertArrayIncludes, assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";

/** What `.ci/tools` says where these programs come before those of the machine. */
async function tools(programs: Readonly<Record<string, string>>, ...packages: string[]): Promise<string[]> {
  const { code, lines } = await ended(programs, ...packages);
  assertEquals(code, 0);
  return lines;
}

/** The same, whatever its exit code. */
async function ended(
  programs: Readonly<Record<string, string>>,
  ...packages: string[]
): Promise<{ code: number; lines: string[] }> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, script] of Object.entries(programs)) {
      await Deno.writeTextFile(`${folder}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const { code, stdout, stderr } = await new Deno.Command(`${projectRoot}/.ci/tools`, {
      args: packages,
      clearEnv: true,
      env: { PATH: `${folder}:/usr/bin:/bin` },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals(text(stderr), "");
    return { code, lines: text(stdout).split("\n").filter((line) => line !== "") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const nobody = { id: "echo 1000", sudo: 'echo "sudo: a password is required" >&2; exit 1' };

Deno.test(".ci/tools says nothing of what is there and works", async () => {
  assertEquals(await tools({ ...nobody, jq: "", bwrap: "exit 0" }, "jq", "bubblewrap"), []);
});

Deno.test(".ci/tools names what can't be installed, where root is needed and not to be had", async () => {
  assertEquals(await tools({ ...nobody, "apt-get": "exit 0" }, "no-such-tool"), [
    "new packages: apt-get update failed",
    "no-such-tool: could not be installed: sudo: a password is required",
  ]);
});

Deno.test(".ci/tools installs without sudo as root, each package by itself, and fails where one can't be had", async () => {
  const apt = 'case "$*" in *second*) echo "E: no second" >&2; exit 100;; esac';
  const root = { id: "echo 0", sudo: "exit 1", "apt-get": apt };
  assertEquals(await ended(root, "first-tool"), { code: 0, lines: [] });
  assertEquals(await ended(root, "first-tool", "second-tool", "third-tool"), {
    code: 1,
    lines: ["second-tool: could not be installed: E: no second"],
  });
});

Deno.test(".ci/tools says how an installed bubblewrap fails", async () => {
  const bwrap = 'echo "bwrap: setting up uid map: Permission denied" >&2; exit 1';
  assertEquals(await tools({ ...nobody, bwrap }, "bubblewrap"), [
    "bubblewrap: bwrap is installed and fails: bwrap: setting up uid map: Permission denied",
  ]);
});

/** What `.ci/run` says where `npx` does this, and `.ci/tools` that. */
async function gate(
  npx: string,
  tools = 'echo "jq: not installed, as there is no apt-get"',
): Promise<{ code: number; lines: string[] }> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/.ci`);
    await Deno.mkdir(`${folder}/bin`);
    for (const path of [".ci/run", ".dvmrc"]) await Deno.copyFile(`${projectRoot}/${path}`, `${folder}/${path}`);
    for (const [path, script] of Object.entries({ ".ci/tools": tools, "bin/npx": npx })) {
      await Deno.writeTextFile(`${folder}/${path}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const { code, stdout } = await new Deno.Command(`${folder}/.ci/run`, {
      clearEnv: true,
      env: { PATH: `${folder}/bin:/usr/bin:/bin` },
    }).output();
    return { code, lines: new TextDecoder().decode(stdout).trimEnd().split("\n") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** All three runs of tests; what ends one otherwise comes in its place. */
function runs({ ok = "", populations = "", e2e = "" }): string {
  return `case "$*" in
    *"task ok") echo "ok | 7 passed | 0 failed | 2 ignored (1s)"; ${ok};;
    *populations) echo "ok | 5 passed (3 steps) | 0 failed (1s)"; ${populations};;
    *e2e) echo "ok | 3 passed | 0 failed (1s)"; echo "left out tests with rocket: it is not installed"; ${e2e};;
  esac`.replaceAll("; ;;", ";;");
}

Deno.test(".ci/run names what it ran and what it left out, and closes with the counts of all", async () => {
  const { code, lines } = await gate(runs({ e2e: "echo ran e2e/tests/export_test.ts" }));
  assertEquals([code, lines.slice(5)], [0, [
    "ran deno task ok: fmt:check, lint, check, test (it stops at the first that fails)",
    "ran deno task test:populations: acceptance, attacks, cluster, crash, github, pipelines",
    "ran deno task e2e",
    "ran e2e/tests/export_test.ts",
    "left out tests with jq: not installed, as there is no apt-get",
    "left out 2 tests that this machine can't run",
    "left out tests with rocket: it is not installed",
    "15 passed, 0 failed",
  ]]);
});

Deno.test(".ci/run fails by any of its test runs, and names it", async () => {
  for (const [part, name] of [["ok", "task ok"], ["populations", "task test:populations"], ["e2e", "task e2e"]]) {
    const { code, lines } = await gate(runs({ [part!]: "exit 1" }));
    assertEquals([code, lines.at(-1)], [1, "15 passed, 1 failed"]);
    assertEquals(lines.filter((line) => line.startsWith(`failed deno ${name}`)).length, 1);
  }
});

Deno.test(".ci/run names each test that failed, once", async () => {
  const failing = [
    "t > a => ./tests/a_test.ts:3:6",
    "t > a => ./tests/a_test.ts:3:6",
    "FAILED | 2 passed | 1 failed (1s)",
    "failed e2e/tests/a_test.ts",
  ];
  const { code, lines } = await gate(runs({ e2e: `printf '%s\\n' ${failing.map((l) => `'${l}'`).join(" ")}; exit 1` }));
  assertEquals([code, lines.at(-1)], [1, "17 passed, 1 failed"]);
  assertEquals(lines.filter((line) => line.startsWith("failed ") && !line.includes("deno task")).slice(1), [
    "failed e2e/tests/a_test.ts",
    "failed t > a => ./tests/a_test.ts:3:6",
  ]);
});

Deno.test(".ci/run fails where a tool could have been installed, and where nothing could be run", async () => {
  const untooled = await gate(runs({}), 'echo "jq: could not be installed: no"; exit 1');
  assertEquals([untooled.code, untooled.lines.at(-1)], [1, "15 passed, 1 failed"]);
  assertArrayIncludes(untooled.lines, ["failed installing tools: what is left out below"]);
  const nothing = await gate('echo "no network" >&2; exit 1');
  assertEquals([nothing.code, nothing.lines.at(-1)], [1, "0 passed, 1 failed"]);
});
