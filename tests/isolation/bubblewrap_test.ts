import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Bubblewrap } from "../../lib/isolation/bubblewrap.ts";
import { launch, type ProcessEnd } from "../../lib/isolation/launch.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import { bubblewrap } from "./installed.ts";

const limits = { memoryMiB: 64, cpuSeconds: 4, wallSeconds: 20, outputKiB: 64, descriptors: 64 };
const launcher = await Launcher.find(limits);
const ignore = bubblewrap === undefined;
const decoder = new TextDecoder();

/** Runs a program within the walls that Deno itself would let do anything. */
async function walled(program: string, wallMs = 20_000): Promise<ProcessEnd> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-bwrap-" });
  try {
    await Deno.writeTextFile(`${folder}/program.js`, program);
    const flags = ["run", "-A", "-q", "--no-config", "--no-lock"];
    const command = bubblewrap!.walled(`${folder}/program.js`, flags, limits);
    return await launch(command, new Uint8Array(), { wallMs, outputBytes: 65_536 });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function told(program: string): Promise<unknown> {
  const { stdout, stderr, code } = await walled(program);
  assertEquals([code, decoder.decode(stderr)], [0, ""]);
  return JSON.parse(decoder.decode(stdout));
}

Deno.test("Bubblewrap: with all permissions a program sees Deno, its libraries and itself", { ignore }, async () => {
  const program = `const found = [];
    const walk = (folder) => {
      for (const { name, isDirectory } of Deno.readDirSync(folder)) {
        if (isDirectory) walk(folder + name + "/");
        else found.push(folder + name);
      }
    };
    walk("/");
    console.log(JSON.stringify(found));`;
  const found = await told(program) as string[];
  assert(["/deno", "/agent.js"].every((path) => found.includes(path)));
  const others = found.filter((path) =>
    !/^\/(deno|agent\.js|(usr\/)?lib(32|64)?\/([^/]+\/)?[^/]+\.so(\.\d+)*)$/.test(path)
  );
  assertEquals(others, []);
});

Deno.test("Bubblewrap: with all permissions it can write nowhere and reaches nothing", { ignore }, async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const program = `const can = (act) => { try { act(); return true; } catch { return false; } };
    const written = ["/x", "/lib/x", "/tmp/x", "/agent.js", "/deno"].filter((path) =>
      can(() => Deno.writeTextFileSync(path, "")));
    const reached = await Deno.connect({ hostname: "127.0.0.1", port: ${port} }).then(() => true, () => false);
    const killed = can(() => Deno.kill(${Deno.pid}, "SIGCONT"));
    console.log(JSON.stringify({ written, reached, killed, ids: [Deno.uid(), Deno.gid()], name: Deno.hostname(),
      environment: Object.keys(Deno.env.toObject()).sort() }));`;
  assertEquals(await told(program), {
    written: [],
    reached: false,
    killed: false,
    ids: [65534, 65534],
    name: "agent",
    environment: ["DENO_DIR", "PWD"],
  });
  listener.close();
});

Deno.test("Bubblewrap: limits end a program by the signals that tell which", { ignore }, async () => {
  assertEquals((await walled("for (;;);")).signal, "SIGXCPU");
  assertEquals((await walled("const all = []; for (;;) all.push(new Array(1e6).fill(all.length));")).signal, "SIGTRAP");
  const waiting = await walled("await new Promise((done) => setTimeout(done, 1e8));", 500);
  assertEquals([waiting.exceeded, waiting.signal], ["wall", "SIGKILL"]);
});

Deno.test("Bubblewrap.find(): where it is missing or may do nothing it says how to repair that", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-bwrap-" });
  try {
    const none = await assertRejects(() => Bubblewrap.find(launcher, limits, folder), StepFailed);
    assertEquals(none.issue.code, "bwrap.missing");
    assertStringIncludes(none.message, "apt-get install bubblewrap");
    const refused = "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n";
    await Deno.writeTextFile(`${folder}/bwrap`, refused, { mode: 0o755 });
    const forbidden = await assertRejects(() => Bubblewrap.find(launcher, limits, folder), StepFailed);
    assertEquals(forbidden.issue.code, "bwrap.broken");
    assertStringIncludes(forbidden.message, "setting up uid map: Permission denied");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
