import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ModuleHook } from "../../lib/hooks/module_hook.ts";
import { standStill } from "../isolation/stand_still.ts";
import { aMessage } from "../steps/hooks/made_events.ts";

const never = new AbortController().signal;

async function hook(body: string, limits = { timeoutMs: 20_000, outputBytes: 10_000 }) {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/plugins`);
  await Deno.writeTextFile(`${root}/plugins/made.ts`, body);
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const made = new ModuleHook("plugins/made.ts", { folder: `${root}/logs/hooks`, limits, root, say });
  return { root, said, hook: made, [Symbol.asyncDispose]: () => made.close() };
}

Deno.test("ModuleHook calls the default export with each event, in one process", async () => {
  await using made = await hook(`let calls = 0;
    export default async (event: { number: number }) => {
      console.log("printing does no harm");
      await Deno.writeTextFile("got", \`\${++calls}:\${event.number} \`, { append: true });
    };`);
  for (const number of [7, 8, 9]) assertEquals(await made.hook.deliver(aMessage(number), never), undefined);
  assertEquals(await Deno.readTextFile(`${made.root}/logs/hooks/got`), "1:7 2:8 3:9 ");
});

Deno.test("ModuleHook reports what a module throws, and goes on with the next event", async () => {
  await using made = await hook("export default ({ number }) => { if (number === 1) throw new Error('not today'); };");
  const issue = await made.hook.deliver(aMessage(1), never);
  assertEquals(issue, { code: "hook.failed", message: "The hook module plugins/made.ts threw: not today" });
  assertEquals(await made.hook.deliver(aMessage(2), never), undefined);
});

Deno.test("ModuleHook lets a module read and write nothing outside its folders", async () => {
  for (
    const act of [
      "Deno.readTextFileSync('/etc/hostname')",
      "Deno.writeTextFileSync('../outside', '')",
      "Deno.env.get('HOME')",
      "new Deno.Command('true').outputSync()",
    ]
  ) {
    await using made = await hook(`export default () => { ${act}; };`);
    assertStringIncludes((await made.hook.deliver(aMessage(), never))!.message, "Requires");
  }
});

Deno.test("ModuleHook ends a module that hangs, floods, or ends itself, and names it", async () => {
  const cases = [
    ["export default () => { for (;;); };", "hook.timeout", 1500],
    ["export default () => new Promise(() => {});", "hook.timeout", 1500],
    ["export default () => Deno.stdin.readSync(new Uint8Array(9));", "hook.timeout", 1500],
    ["for (;;);", "hook.timeout", 1500],
    ["export default () => { for (;;) console.log('x'.repeat(1000)); };", "hook.output", 20_000],
    ["export default () => { for (;;) Deno.stderr.writeSync(new Uint8Array(1000)); };", "hook.output", 20_000],
    ["export default () => Deno.exit(4);", "hook.ended", 20_000],
    ["export default () => Deno.exit(0);", "hook.ended", 20_000],
    ["Deno.exit(0);", "hook.ended", 20_000],
    ["import process from 'node:process'; export default () => process.exit(0);", "hook.ended", 20_000],
    [
      "export default () => { Promise.reject(new Error('aside')); return new Promise(() => {}); };",
      "hook.ended",
      20_000,
    ],
    ["export default () => Deno.stdout.close();", "hook.ended", 20_000],
  ] as const;
  for (const [body, code, timeoutMs] of cases) {
    await using made = await hook(body, { timeoutMs, outputBytes: 10_000 });
    const issue = (await made.hook.deliver(aMessage(), never))!;
    assertEquals(issue.code, code, body);
    assertStringIncludes(issue.message, "plugins/made.ts");
  }
});

Deno.test("ModuleHook tells at the next event that a module has ended, or written too much, since the last one", async () => {
  const cases = [
    ["setTimeout(() => Deno.exit(0))", "hook.ended"],
    ["setTimeout(() => { throw new Error('late'); })", "hook.ended"],
    ["setTimeout(() => { for (;;) console.log('x'.repeat(1000)); })", "hook.output"],
  ] as const;
  for (const [act, code] of cases) {
    await using made = await hook(`export default async ({ number }) => {
      if (number > 1) await new Promise(() => {});
      ${act};
    };`);
    assertEquals(await made.hook.deliver(aMessage(1), never), undefined, act);
    assertEquals((await made.hook.deliver(aMessage(2), never))!.code, code, act);
    if (act.includes("late")) assertStringIncludes(made.said.join("\n"), "late");
  }
});

Deno.test("ModuleHook says what a module prints, in whatever way, and takes none of it for an answer", async () => {
  const body = `import { stdout, stderr } from "node:process";
    const bytes = (text: string) => new TextEncoder().encode(text);
    console.log("at load");
    export default async ({ number }: { number: number }) => {
      console.log("logged", { a: 1 });
      console.error("an error");
      await new Promise((resolve) => stdout.write("stream\\n", resolve));
      await new Promise((resolve) => stderr.write("error stream\\n", resolve));
      Deno.stdout.writeSync(bytes(JSON.stringify({ number }) + "\\n"));
      Deno.stderr.writeSync(bytes("raw error\\n"));
      const worker = new Worker("data:text/javascript,console.log('of a worker');postMessage(1)", { type: "module" });
      await new Promise((resolve) => worker.onmessage = resolve);
      Deno.stdout.writeSync(bytes("\\xff no line"));
      if (number === 1) return;
      Deno.stdout.writeSync = () => 0;
      throw new Error("after\\nprinting");
    };`;
  await using made = await hook(body);
  assertEquals(await made.hook.deliver(aMessage(1), never), undefined);
  const issue = await made.hook.deliver(aMessage(2), never);
  assertEquals(issue, { code: "hook.failed", message: "The hook module plugins/made.ts threw: after\nprinting" });
  await made.hook.close();
  const all = made.said.map((line) => line.replace("module plugins/made.ts: ", ""));
  assert(made.said.every((line) => line.startsWith("module plugins/made.ts: ")), made.said.join("\n"));
  for (
    const line of [
      "at load",
      "logged { a: 1 }",
      "an error",
      "stream",
      "of a worker",
      "error stream",
      '{"number":1}',
      "raw error",
      "ÿ no line",
    ]
  ) {
    assert(all.includes(line), `${line} is not in ${all.join("\n")}`);
  }
  assert(!all.some((line) => /[0-9a-f]{8}-[0-9a-f]{4}/.test(line)));
});

Deno.test("ModuleHook reports a module that is missing, broken, or no hook", async () => {
  for (const body of ["export const x = 1;", "export default 5;", "this is no TypeScript"]) {
    await using made = await hook(body);
    assertEquals((await made.hook.deliver(aMessage(), never))!.code, "hook.failed");
  }
  const outside = new ModuleHook("plugins/../x.ts", {
    folder: await Deno.makeTempDir(),
    limits: { timeoutMs: 1000, outputBytes: 1000 },
    say: () => {},
  });
  assertEquals((await outside.deliver(aMessage(), never))!.code, "hook.start");
});

Deno.test("the example hook keeps the best score of a cycle", async () => {
  const folder = await Deno.makeTempDir();
  const limits = { timeoutMs: 20_000, outputBytes: 1000 };
  const made = new ModuleHook("plugins/example_hook.ts", { folder, limits, say: () => {} });
  assertEquals(await made.deliver(aMessage(4), never), undefined);
  await made.close();
  assertEquals(await Deno.readTextFile(`${folder}/best.csv`), "4,1\n");
});

Deno.test("ModuleHook: an answer that came while this process stood still was in time", async () => {
  const limits = { timeoutMs: 20_000, outputBytes: 10_000 };
  await using made = await hook("export default () => {};", limits);
  assertEquals(await made.hook.deliver(aMessage(), never), undefined);
  limits.timeoutMs = 300;
  const delivery = made.hook.deliver(aMessage(2), never);
  standStill(2000);
  assertEquals(await delivery, undefined);
});
