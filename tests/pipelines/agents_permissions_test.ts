import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";

const refused: Readonly<Record<string, readonly Deno.PermissionDescriptor[]>> = {
  init: [
    { name: "write", path: "workspace/config.json" },
    { name: "write", path: "lib" },
    { name: "write", path: "deno.json" },
    { name: "write", path: "agent_template" },
    { name: "run" },
    { name: "net" },
    { name: "env" },
    { name: "ffi" },
  ],
  scan: [
    { name: "write", path: "agents" },
    { name: "write", path: "workspace/template" },
    { name: "write", path: "workspace/config.json" },
    { name: "read", path: "workspace/keys" },
    { name: "read", path: "/etc/passwd" },
    { name: "run" },
    { name: "net" },
    { name: "env" },
    { name: "ffi" },
    { name: "sys" },
  ],
  "sync-wiring": [
    { name: "write", path: "lib" },
    { name: "write", path: "workspace/template" },
    { name: "write", path: "workspace/store" },
    { name: "write", path: "workspace/config.json" },
    { name: "read", path: "workspace/keys" },
    { name: "read", path: "/etc/passwd" },
    { name: "run" },
    { name: "net" },
    { name: "env" },
    { name: "ffi" },
    { name: "sys" },
  ],
};

for (const [step, descriptors] of Object.entries(refused)) {
  Deno.test(`the permission set of ${step} refuses what is not its own`, async () => {
    const folder = await Deno.makeTempDir();
    const probe = `${folder}/probe.ts`;
    await Deno.writeTextFile(
      probe,
      `const asked = ${JSON.stringify(descriptors)};
console.log(JSON.stringify(asked.map((one) => [one, Deno.permissions.querySync(one as Deno.PermissionDescriptor).state])));`,
    );
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-prompt", "--config", "deno.json", `-P=${step}`, probe],
      cwd: projectRoot,
    }).output();
    const states: [Deno.PermissionDescriptor, string][] = JSON.parse(new TextDecoder().decode(stdout) || "[]");
    assertEquals(states.length, descriptors.length, new TextDecoder().decode(stderr));
    assertEquals(states.filter(([, state]) => state === "granted").map(([descriptor]) => descriptor), []);
  });
}
