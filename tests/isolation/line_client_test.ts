import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { LineClient, type LineOptions } from "../../lib/isolation/line_client.ts";

const limits = { memoryMiB: 64, cpuSeconds: 20, wallSeconds: 20, outputKiB: 64, descriptors: 64 };
const launcher = await Launcher.find(limits);

/** Answers each line with the first one, its own, and how many it has answered; some lines it takes badly. */
const program = `
let text = "", first, count = 0;
const buffer = new Uint8Array(65536), decoder = new TextDecoder(), encoder = new TextEncoder();
const write = (text) => { for (let left = encoder.encode(text); left.length > 0;) left = left.subarray(Deno.stdout.writeSync(left)); };
write("ready\\n");
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

async function serve<T>(options: Partial<LineOptions>, use: (process: LineClient) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-line-client-" });
  try {
    await Deno.writeTextFile(`${folder}/program.js`, program);
    const command = launcher.sandboxed(`${folder}/program.js`, limits, 0);
    const usual = { first: "all", timeoutMs: 20_000, answerLength: 1000, attempts: 1, fruitless: 8 };
    await using process = new LineClient(command, { ...usual, ...options });
    return await use(process);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function hosted(lines: readonly string[], timeoutMs = 20_000): Promise<(string | undefined)[]> {
  return await serve(
    { timeoutMs },
    async (process) => (await Promise.all(lines.map((line) => process.ask(line)))).map((told) => told.line),
  );
}

Deno.test("LineClient gives the replies of one process in order, however much is handed over at once", async () => {
  const lines = Array.from({ length: 300 }, (_, index) => `${index} `.padEnd(5000, "x"));
  assertEquals(await hosted(lines), lines.map((line, index) => `all ${line.slice(0, 20)} ${index + 1}`));
});

Deno.test("LineClient: a request that ends its process, or writes without end, ends no other", async () => {
  for (const bad of ["end", "crash", "flood"]) {
    assertEquals(await hosted(["a", "b", bad, "c", "d"]), ["all a 1", "all b 2", undefined, "all c 1", "all d 2"]);
  }
});

Deno.test("LineClient: a request that hangs is ended when its time is over, and a new process goes on", async () => {
  assertEquals(await hosted(["a", "hang", "b"], 700), ["all a 1", undefined, "all b 1"]);
});

Deno.test("LineClient: after many processes that ended without a reply there are no more", async () => {
  const told = await hosted([...Array(12).fill("end"), "a"]);
  assertEquals(told, Array(13).fill(undefined));
  assert((await hosted([...Array(7).fill("end"), "a"])).at(-1) === "all a 1");
});

Deno.test("LineClient: a line that nothing asked for moves all others, until it is renewed", async () => {
  assertEquals(await hosted(["a", "twice", "b"]), ["all a 1", "a line too many", "all twice 2"]);
});

Deno.test("LineClient: a line is handed over as often as is asked for, and comes back with the last words", async () => {
  await serve({ attempts: 3 }, async (process) => {
    const told = await Promise.all(["a", "crash", "b"].map((line) => process.ask(line)));
    assertEquals(told.map(({ line }) => line), ["all a 1", undefined, "all b 1"]);
    assertStringIncludes((told[1] as { words: string }).words, "oops");
  });
});

Deno.test("LineClient: what is no answer ends the process, and the line is handed over once more", async () => {
  await serve({ attempts: 2 }, async (process) => {
    let asked = 0;
    const first = process.ask("a", () => ++asked > 1);
    const second = process.ask("b", (line) => line.includes(" b "));
    assertEquals([(await first).line, (await second).line, asked], ["all a 1", "all b 2", 2]);
  });
});

Deno.test("LineClient: that a process is ready is no answer, whether it comes alone or with one", async () => {
  for (const script of ["echo ready; read q; echo answer", "read q; printf 'ready\\nanswer\\n'"]) {
    const command = { program: "/bin/sh", args: ["-c", `${script}; read q; echo second`] };
    await using client = new LineClient(command, { timeoutMs: 60_000, answerLength: 1000, attempts: 1 });
    assertEquals([(await client.ask("question")).line, (await client.ask("question")).line], ["answer", "second"]);
  }
});

Deno.test("LineClient: a line may be made for each process that it is handed to", async () => {
  await serve({}, async (process) => {
    const ask = () => process.ask((start) => `from process ${start}`);
    const answers = [await ask(), await process.ask("end"), await ask()].map(({ line }) => line);
    assertEquals(answers, ["all from process 1 1", undefined, "all from process 2 1"]);
  });
});

Deno.test("LineClient tells how a process ended, for what, and how much it had answered before", async () => {
  const ends: unknown[] = [];
  for (const [line, timeoutMs] of [["hang", 700], ["flood", 20_000], ["end", 20_000]] as const) {
    await serve({ timeoutMs }, async (process) => {
      await process.ask("a");
      const answer = await process.ask(line);
      assert(answer.line === undefined);
      ends.push([answer.end, answer.process.exceeded, answer.served, answer.process.ready]);
    });
  }
  assertEquals(ends, [["refused", "wall", 1, true], ["refused", "output", 1, true], ["exited", undefined, 1, true]]);
});
