import { assertEquals, assertStringIncludes } from "@std/assert";
import { ModuleHook } from "../../lib/events/module_hook.ts";
import { anEvent } from "./made_events.ts";

const never = new AbortController().signal;

async function hook(body: string, limits = { timeoutMs: 20_000, outputBytes: 10_000 }) {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/plugins`);
  await Deno.writeTextFile(`${root}/plugins/made.ts`, body);
  const made = new ModuleHook("plugins/made.ts", { folder: `${root}/logs/hooks`, limits, root });
  return { root, hook: made, [Symbol.asyncDispose]: () => made.close() };
}

Deno.test("ModuleHook calls the default export with each event, in one process", async () => {
  await using made = await hook(`let calls = 0;
    export default async (event: { number: number }) => {
      console.log("printing does no harm");
      await Deno.writeTextFile("got", \`\${++calls}:\${event.number} \`, { append: true });
    };`);
  for (const number of [7, 8, 9]) assertEquals(await made.hook.deliver(anEvent(number), never), undefined);
  assertEquals(await Deno.readTextFile(`${made.root}/logs/hooks/got`), "1:7 2:8 3:9 ");
});

Deno.test("ModuleHook reports what a module throws, and goes on with the next event", async () => {
  await using made = await hook("export default ({ number }) => { if (number === 1) throw new Error('not today'); };");
  const issue = await made.hook.deliver(anEvent(1), never);
  assertEquals(issue, { code: "hook.failed", message: "The hook module plugins/made.ts threw: not today" });
  assertEquals(await made.hook.deliver(anEvent(2), never), undefined);
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
    assertStringIncludes((await made.hook.deliver(anEvent(), never))!.message, "Requires");
  }
});

Deno.test("ModuleHook ends a module in an endless loop, that floods, or that ends itself", async () => {
  const cases = [
    ["export default () => { for (;;); };", "hook.timeout", 1500],
    ["export default () => { for (;;) console.log('x'.repeat(1000)); };", "hook.output", 20_000],
    ["export default () => Deno.exit(4);", "hook.ended", 20_000],
    ["export default () => Deno.stdout.writeSync(new TextEncoder().encode('{}\\n'));", "hook.protocol", 20_000],
  ] as const;
  for (const [body, code, timeoutMs] of cases) {
    await using made = await hook(body, { timeoutMs, outputBytes: 10_000 });
    assertEquals((await made.hook.deliver(anEvent(), never))!.code, code);
  }
});

Deno.test("ModuleHook reports a module that is missing, broken, or no hook", async () => {
  for (const body of ["export const x = 1;", "export default 5;", "this is no TypeScript"]) {
    await using made = await hook(body);
    assertEquals((await made.hook.deliver(anEvent(), never))!.code, "hook.failed");
  }
  const outside = new ModuleHook("plugins/../x.ts", {
    folder: await Deno.makeTempDir(),
    limits: { timeoutMs: 1000, outputBytes: 1000 },
  });
  assertEquals((await outside.deliver(anEvent(), never))!.code, "hook.start");
});

Deno.test("the example hook keeps the best score of a cycle", async () => {
  const folder = await Deno.makeTempDir();
  const made = new ModuleHook("plugins/example_hook.ts", { folder, limits: { timeoutMs: 20_000, outputBytes: 1000 } });
  const event = { ...anEvent(4), data: { score: { best: 12.5 } } };
  assertEquals(await made.deliver(event, never), undefined);
  await made.close();
  assertEquals(await Deno.readTextFile(`${folder}/best.csv`), "4,12.5\n");
});
