import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";

/** What `.ci/tools` says where these programs come before those of the machine. */
async function tools(programs: Readonly<Record<string, string>>, ...packages: string[]): Promise<string[]> {
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
    assertEquals([code, text(stderr)], [0, ""]);
    return text(stdout).split("\n").filter((line) => line !== "");
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

Deno.test(".ci/tools installs without sudo where this is root, and each package by itself", async () => {
  const apt = 'case "$*" in *second*) echo "E: no second" >&2; exit 100;; esac';
  const said = await tools({ id: "echo 0", sudo: "exit 1", "apt-get": apt }, "first-tool", "second-tool");
  assertEquals(said, ["second-tool: could not be installed: E: no second"]);
});

Deno.test(".ci/tools says how an installed bubblewrap fails", async () => {
  const bwrap = 'echo "bwrap: setting up uid map: Permission denied" >&2; exit 1';
  assertEquals(await tools({ ...nobody, bwrap }, "bubblewrap"), [
    "bubblewrap: bwrap is installed and fails: bwrap: setting up uid map: Permission denied",
  ]);
});

/** What `.ci/run` says where `npx` does this. */
async function gate(npx: string): Promise<{ code: number; lines: string[] }> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/.ci`);
    await Deno.mkdir(`${folder}/bin`);
    for (const path of [".ci/run", ".dvmrc"]) await Deno.copyFile(`${projectRoot}/${path}`, `${folder}/${path}`);
    const programs = { ".ci/tools": 'echo "jq: not installed, as there is no apt-get"', "bin/npx": npx };
    for (const [path, script] of Object.entries(programs)) {
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

Deno.test(".ci/run names what it ran and what it left out, and closes with the counts", async () => {
  const npx = `case "$*" in
    *"task ok") echo "ok | 7 passed | 0 failed | 2 ignored (1s)";;
    *populations) echo "ok | 5 passed (3 steps) | 0 failed (1s)";;
  esac`;
  assertEquals(await gate(npx), {
    code: 0,
    lines: [
      "ok | 7 passed | 0 failed | 2 ignored (1s)",
      "ok | 5 passed (3 steps) | 0 failed (1s)",
      "ran deno task ok: fmt:check, lint, check, test (it stops at the first that fails)",
      "ran deno task test:populations: acceptance, attacks, crash, github, pipelines",
      "ran actionlint: .github/workflows",
      "left out tests with jq: not installed, as there is no apt-get",
      "left out 2 tests that this machine can't run",
      "12 passed, 0 failed",
    ],
  });
});

Deno.test(".ci/run fails by either of its two test runs", async () => {
  for (const [ok, populations] of [[0, 1], [1, 0]]) {
    const npx = `case "$*" in
      *"task ok") echo "ok | 7 passed | 0 failed (1s)"; exit ${ok};;
      *populations) echo "ok | 5 passed | 0 failed (1s)"; exit ${populations};;
    esac`;
    const { code, lines } = await gate(npx);
    assertEquals([code, lines.at(-1)], [1, "12 passed, 1 failed"]);
  }
});

Deno.test(".ci/run fails by what actionlint finds, and where nothing could be run", async () => {
  const lint = 'case "$*" in *"task ok") echo "ok | 7 passed | 0 failed (1s)";; *" lint") exit 1;; esac';
  const { code, lines } = await gate(lint);
  assertEquals([code, lines.at(-1)], [1, "7 passed, 1 failed"]);
  const nothing = await gate('echo "no network" >&2; exit 1');
  assertEquals([nothing.code, nothing.lines.slice(-2)], [1, [
    "left out actionlint: it could not be installed: no network",
    "0 passed, 1 failed",
  ]]);
});
