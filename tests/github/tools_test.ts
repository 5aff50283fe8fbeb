import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/agents/paths.ts";

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

Deno.test(".ci/tools + says nothing of what is there and works", async () => {
  assertEquals(await tools({ ...nobody, jq: "", bwrap: "exit 0" }, "jq", "bubblewrap"), []);
});

Deno.test(".ci/tools + names what can't be installed, where root is needed and not to be had", async () => {
  assertEquals(await tools({ ...nobody, "apt-get": "exit 0" }, "no-such-tool"), [
    "new packages: apt-get update failed",
    "no-such-tool: could not be installed: sudo: a password is required",
  ]);
});

Deno.test(".ci/tools + installs without sudo where this is root, and each package by itself", async () => {
  const apt = 'case "$*" in *second*) echo "E: no second" >&2; exit 100;; esac';
  const said = await tools({ id: "echo 0", sudo: "exit 1", "apt-get": apt }, "first-tool", "second-tool");
  assertEquals(said, ["second-tool: could not be installed: E: no second"]);
});

Deno.test(".ci/tools + says how an installed bubblewrap fails", async () => {
  const bwrap = 'echo "bwrap: setting up uid map: Permission denied" >&2; exit 1';
  assertEquals(await tools({ ...nobody, bwrap }, "bubblewrap"), [
    "bubblewrap: bwrap is installed and fails: bwrap: setting up uid map: Permission denied",
  ]);
});
