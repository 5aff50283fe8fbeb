import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { infoOf } from "../../lib/util/files.ts";
import { Project } from "../acceptance/_project.ts";
import { copyFolder } from "../begun.ts";
import { read } from "../docs_pages.ts";
import { evolveScript } from "./evolve_script.ts";

const bin = `${projectRoot}/bin/evolve`;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

Deno.test("bin/evolve is what the tasks make of it: short, executable, without all permissions", async () => {
  const script = await read("bin/evolve");
  assertEquals(script, await evolveScript(), "make it anew: deno run -A tests/bin/make.ts");
  assert(script.split("\n").length < 60);
  assert(!/(^| )-A\b|--allow/m.test(script));
  assertEquals((await Deno.stat(bin)).mode! & 0o111, 0o111);
});

const hasShellcheck = infoOf("/usr/bin/shellcheck") !== undefined;
Deno.test({
  name: "bin/evolve is clean by shellcheck",
  ignore: !hasShellcheck,
  fn: async () => {
    const { code, stdout } = await new Deno.Command("shellcheck", { args: [bin] }).output();
    assertEquals(code, 0, text(stdout));
  },
});

/** A folder that has a `deno.json`, a `package.json` and a `deno` of its own, and a link to the script by a link. */
async function foreignFolder(project: Project): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "evolve caller " });
  const foreign = {
    imports: { zod: "./no.ts", "@std/assert": "./no.ts" },
    permissions: { status: {} },
    lock: "./no.lock",
  };
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(foreign));
  await Deno.writeTextFile(`${folder}/package.json`, `{"dependencies":{"zod":"0.0.0-no"}}`);
  await Deno.writeTextFile(`${folder}/deno`, "#!/bin/sh\necho foreign\n", { mode: 0o755 });
  await Deno.mkdir(`${folder}/links`);
  await Deno.symlink(`${project.folder}/bin/evolve`, `${folder}/links/real`);
  await Deno.symlink("links/real", `${folder}/evolve`);
  return folder;
}

Deno.test("bin/evolve runs steps from any folder", async (t) => {
  await using project = await Project.copy("evolve project ");
  await copyFolder(`${projectRoot}/examples/starter`, `${project.folder}/examples/starter`);
  const cwd = await foreignFolder(project);
  const deno = Deno.execPath();
  const command = (args: string[], env: Record<string, string>) =>
    new Deno.Command("./evolve", { args, cwd, clearEnv: true, env, stdin: "null", stdout: "piped", stderr: "piped" });
  // Else each would compile all anew.
  const DENO_DIR = Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
  const usual = { DENO_DIR, PATH: `${cwd}/tools:/usr/bin:/bin`, HOME: `${cwd}/home`, EVOLVE_DENO: deno };
  const evolve = async (args: string[], env: Record<string, string> = usual) => {
    const { code, stdout, stderr } = await command(args, env).output();
    return { code, out: text(stdout), err: text(stderr) };
  };

  await t.step("by a link, beside a foreign deno.json, with spaces in all paths", async () => {
    // What an outer task has left does not say where the caller stands.
    const made = await evolve(["new", "my template"], { ...usual, INIT_CWD: "/" });
    assertEquals([made.code, infoOf(`${cwd}/my template/world.ts`)?.isFile], [0, true], made.err);
    const begun = await evolve(["init", "--count", "2", "--template", "my template"]);
    assertEquals(begun.code, 0, begun.err);
    const { code, out } = await evolve(["status"]);
    assertEquals([code, out.trim().split("\n").length], [0, 3]);
    assertEquals([...Deno.readDirSync(cwd)].map(({ name }) => name).sort(), [
      "deno",
      "deno.json",
      "evolve",
      "links",
      "my template",
      "package.json",
    ]);
  });

  await t.step("with the exit codes of steps, and its own where there is no step", async () => {
    assertEquals((await evolve(["status", "--run", "none"])).code, 1);
    assertEquals((await evolve(["status", "--nope"])).code, 2);
    const unknown = await evolve(["statsu"]);
    assertEquals([unknown.code, unknown.err], [
      2,
      "evolve: Cannot run statsu as there is no such step. See evolve --help.\n",
    ]);
    for (const args of [[], ["--help"]]) assertMatch((await evolve(args)).out, /^usage: evolve STEP[^]*\bstatus\b/);
    assertMatch((await evolve(["status", "--help"])).out, /--where/);
  });

  await t.step("with an empty PATH by EVOLVE_DENO alone, and never by the folder's own deno", async () => {
    assertEquals((await evolve(["status"], { DENO_DIR, PATH: "", EVOLVE_DENO: deno })).code, 0);
    const lost = await evolve(["status"], { PATH: "", HOME: usual.HOME });
    assertEquals([lost.code, lost.out, lost.err.trim().split("\n").length], [127, "", 1], lost.err);
    assertStringIncludes(lost.err, "name it in EVOLVE_DENO");
    const wrong = await evolve(["status"], { ...usual, EVOLVE_DENO: "/no/deno" });
    assertEquals([wrong.code, wrong.err.includes("it is /no/deno")], [127, true]);
  });

  await t.step("by the deno in PATH, else by npx, which is asked once", async () => {
    await Deno.mkdir(`${cwd}/tools`);
    const npx = `#!/bin/sh\necho "$PWD $*" >>'${cwd}/asked'\necho '${deno}'\n`;
    await Deno.writeTextFile(`${cwd}/tools/npx`, npx, { mode: 0o755 });
    const env = { DENO_DIR, PATH: `${cwd}/tools`, HOME: usual.HOME };
    const asked = async () => (await Deno.readTextFile(`${cwd}/asked`)).trimEnd().split("\n");
    for (let i = 0; i < 2; i++) assertEquals((await evolve(["runs"], env)).code, 0);
    assertEquals(await asked(), [`${project.folder} -y deno@${(await read(".dvmrc")).trim()} run -q --no-config -`]);
    // What was remembered is gone, as is a npx cache.
    const [kept] = [...Deno.readDirSync(`${usual.HOME}/.cache/evolve`)];
    await Deno.writeTextFile(`${usual.HOME}/.cache/evolve/${kept!.name}`, "/no/deno\n");
    assertEquals([(await evolve(["runs"], env)).code, (await asked()).length], [0, 2]);
    await Deno.symlink(deno, `${cwd}/tools/deno`);
    await Deno.remove(`${usual.HOME}/.cache`, { recursive: true });
    assertEquals([(await evolve(["runs"], env)).code, (await asked()).length], [0, 2]);
  });

  await t.step("as the step itself: Ctrl-C ends it after saving, and a closed pipe is no error", async () => {
    const child = command(["lifecycle", "--cycles", "50", "--no-race"], usual).spawn();
    const reader = child.stderr.getReader();
    await reader.read();
    child.kill("SIGINT");
    while (!(await reader.read()).done);
    await child.stdout.cancel();
    assertEquals((await child.status).code, 130);
    const script = `set -o pipefail; ./evolve status | { read -r line; echo "$line"; }`;
    const piped = await new Deno.Command("bash", { args: ["-c", script], cwd, env: usual }).output();
    assertEquals([piped.code, text(piped.stderr)], [0, ""]);
    assertMatch(text(piped.stdout), /^\{"type":"agent.status".*\}\n$/);
  });
  await Deno.remove(cwd, { recursive: true });
});
