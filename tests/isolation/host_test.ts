import { assert, assertEquals } from "@std/assert";
import { Host } from "../../lib/isolation/host.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";

const limits = { memoryMiB: 64, cpuSeconds: 20, wallSeconds: 20, outputKiB: 64, descriptors: 64 };
const launcher = await Launcher.find(limits);

/** Answers each line with the first one, its own, and how many it has answered; some lines it takes badly. */
const program = `
let text = "", first, count = 0;
const buffer = new Uint8Array(65536), decoder = new TextDecoder(), encoder = new TextEncoder();
const write = (text) => { for (let left = encoder.encode(text); left.length > 0;) left = left.subarray(Deno.stdout.writeSync(left)); };
for (let n; (n = Deno.stdin.readSync(buffer)) !== null;) {
  text += decoder.decode(buffer.subarray(0, n), { stream: true });
  const lines = text.split("\\n");
  text = lines.pop();
  for (const line of lines) {
    if (first === undefined) { first = line; continue; }
    if (line === "end") Deno.exit(0);
    if (line === "hang") for (;;);
    if (line === "crash") throw new Error("oops");
    if (line === "flood") for (;;) write("x".repeat(1000));
    if (line === "twice") write("a line too many\\n");
    write(first + " " + line.slice(0, 20) + " " + ++count + "\\n");
  }
}`;

async function hosted(lines: readonly string[], patienceMs = 20_000): Promise<(string | undefined)[]> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-host-" });
  try {
    await Deno.writeTextFile(`${folder}/program.js`, program);
    const command = launcher.sandboxed(`${folder}/program.js`, limits, 0);
    await using host = new Host(command, "all", { patienceMs, replyLength: 1000 });
    return (await Promise.all(lines.map((line) => host.live(line)))).map((told) => told?.line);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("Host + gives the replies of one process in order, however much is handed over at once", async () => {
  const lines = Array.from({ length: 300 }, (_, index) => `${index} `.padEnd(5000, "x"));
  assertEquals(await hosted(lines), lines.map((line, index) => `all ${line.slice(0, 20)} ${index + 1}`));
});

Deno.test("Host + who ends its process, or writes without end, ends nobody else", async () => {
  for (const bad of ["end", "crash", "flood"]) {
    assertEquals(await hosted(["a", "b", bad, "c", "d"]), ["all a 1", "all b 2", undefined, "all c 1", "all d 2"]);
  }
});

Deno.test("Host + who hangs is ended when its time is over, and a new process goes on", async () => {
  assertEquals(await hosted(["a", "hang", "b"], 700), ["all a 1", undefined, "all b 1"]);
});

Deno.test("Host + after many processes that ended without a reply there are no more", async () => {
  const told = await hosted([...Array(12).fill("end"), "a"]);
  assertEquals(told, Array(13).fill(undefined));
  assert((await hosted([...Array(7).fill("end"), "a"])).at(-1) === "all a 1");
});

Deno.test("Host + a line that nobody asked for moves all others, until it is renewed", async () => {
  assertEquals(await hosted(["a", "twice", "b"]), ["all a 1", "a line too many", "all twice 2"]);
});
