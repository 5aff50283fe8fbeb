import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { readyLine } from "../../lib/runtime/ready.ts";
import { loadsNothing } from "../../lib/toolchain/prove_syntax.ts";
import { MadeLayout } from "../steps/build/made_layout.ts";
import { smallTemplate } from "../steps/build/made_run.ts";

const walking = { "src/walk.ts": ["walk"], "src/taste.ts": ["taste"] };

Deno.test("a cutter gives each genome its own artifact, and each content its own key", async () => {
  await using made = await MadeLayout.make(smallTemplate);
  const cutter = await made.cutter();
  const [one, two] = [await cutter.cut(made.genome(walking, 1)), await cutter.cut(made.genome(walking, 2))];
  assertNotEquals(one.program, two.program);
  assertNotEquals(one.buildHash, two.buildHash);
  assertEquals(await cutter.cut(made.genome(walking, 1)), one);
  // What is off is no part of the content.
  const quiet = { ...made.genome(walking, 1) };
  const files = quiet.files.map((file) => file.active ? file : { ...file, parameters: {} });
  assertEquals(await cutter.cut({ ...quiet, files }), one);
});

Deno.test("a cutter of a pool with a file more gives the same artifacts to those that do not reach it", async () => {
  await using made = await MadeLayout.make(smallTemplate);
  const more = `/** @phase act */\nexport function perceive(): number { return 1; }\n`;
  await using larger = await MadeLayout.make({ ...smallTemplate, "src/unused.ts": more });
  const [one, two] = [await made.cutter(), await larger.cutter()];
  const genome = made.genome(walking, 1);
  const [cut, same] = [await one.cut(genome), await two.cut(genome)];
  assertEquals(same.buildHash, cut.buildHash);
  assert(!same.program.includes("src/unused.ts"));
});

Deno.test("an artifact loads nothing, and runs under Deno with no permission, the runtime first", async () => {
  await using made = await MadeLayout.make(smallTemplate);
  const { program } = await (await made.cutter()).cut(made.genome(walking, 1));
  assert(loadsNothing(program));
  assert(program.indexOf("carrier=") < program.indexOf("function walk("), "the runtime is loaded before the genes");
  const path = `${made.root}/artifact.js`;
  await Deno.writeTextFile(path, program);
  const args = ["run", "--no-prompt", "--no-config", "--no-lock", "--no-npm", "--no-remote", "-q", path];
  const command = new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "piped", stderr: "piped" });
  const { code, stdout, stderr } = await command.output();
  assertEquals(new TextDecoder().decode(stderr), "");
  assertEquals(code, 3, "without a request it answers with a typed error");
  const [ready, reply] = new TextDecoder().decode(stdout).split("\n");
  assertEquals([ready, JSON.parse(reply!).error.code], [readyLine, "request"]);
});
