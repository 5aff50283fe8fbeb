import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { annotations } from "./_block.ts";
import { evaluate, fill, type Value } from "./_expression.ts";
import { Hub } from "./_hub.ts";
import { holds, secretsOf } from "./_secrets.ts";

const scope = {
  contexts: { inputs: { a: "x", none: "" }, github: { event: { fork: false } }, steps: { one: { outputs: {} } } },
  functions: { always: () => true },
};

Deno.test("evaluate() gives what GitHub gives", () => {
  const told: [string, Value][] = [
    ["inputs.a", "x"],
    ["inputs.none || 'other'", "other"],
    ["inputs.a == 'X'", true],
    ["inputs.a != 'X'", false],
    ["inputs.a && 'yes' || 'no'", "yes"],
    ["inputs.none && 'yes' || 'no'", "no"],
    ["!github.event.fork && (1 == '1')", true],
    ["always() && steps.one.outputs.file != ''", false],
    ["'it''s'", "it's"],
  ];
  for (const [text, value] of told) assertEquals(evaluate(text, scope), value, text);
  assertEquals(fill("a-${{ inputs.a }}-${{ inputs.none }}", scope), "a-x-");
});

Deno.test("evaluate() refuses what it does not know", () => {
  const unknown = [
    "",
    "inputs.b",
    "steps.two.outputs.file",
    "secrets.KEY",
    "hashFiles('x')",
    "inputs.a > 'x'",
    "a b",
    "'x",
  ];
  for (const text of unknown) assertThrows(() => evaluate(text, scope), Error, "Unknown", text);
});

Deno.test("a job: a step, an action or an input that is not known is an error", async () => {
  await using hub = await Hub.make({ "file": "" });
  const unknown: Record<string, Record<string, unknown>> = {
    "Unknown action": { uses: "actions/setup-node@0000000000000000000000000000000000000000" },
    "Unknown input of actions/checkout": { uses: "actions/checkout@x", with: { token: "x" } },
    "Unknown input nothing": { uses: "OWNER/REPO@SHA", with: { nothing: "x" } },
    "Unknown in a step": { run: "true", shell: "bash", "continue-on-error": true },
    "Unknown shell": { run: "true" },
    "Unknown: a block that sets GITHUB_ENV": { run: 'echo A=b >>"$GITHUB_ENV"', shell: "bash" },
    "An expression in the block": { run: "echo ${{ inputs.a }}", shell: "bash" },
    "Unknown: a step that does nothing": { name: "nothing" },
  };
  let project: string | undefined;
  for (const [message, step] of Object.entries(unknown)) {
    const workflow = JSON.stringify({ on: "push", jobs: { job: { "runs-on": "ubuntu-24.04", steps: [step] } } });
    await assertRejects(() => hub.run(workflow, { event_name: "push" }, { project }), Error, message, message);
    project = hub.lastProject;
  }
});

Deno.test("annotations() counts no command while commands are stopped", () => {
  const log =
    "::error::one\n::stop-commands::key\n::error::two\n::other::\n::key::\n::error file=a::three\n error::four\n";
  assertEquals(annotations(log), ["::error::one", "::error file=a::three"]);
});

Deno.test("holds() finds a key as text, bytes and hexadecimal, also in what is compressed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [d, x] = [1, 2].map((seed) => new Uint8Array(32).fill(seed));
    const text = (bytes: Uint8Array) => bytes.toBase64({ alphabet: "base64url", omitPadding: true });
    await Deno.mkdir(`${folder}/private`);
    await Deno.mkdir(`${folder}/public`);
    await Deno.writeTextFile(`${folder}/private/signing.json`, JSON.stringify({ d: text(d!), x: text(x!) }));
    await Deno.writeTextFile(`${folder}/public/signing.json`, JSON.stringify({ x: text(x!) }));
    const secrets = secretsOf(folder);
    const forms = [d!, x!].flatMap((
      key,
    ) => [key, ...[text(key), key.toHex()].map((form) => new TextEncoder().encode(form))]);
    for (const form of forms) {
      const within = new Uint8Array([9, 9, ...form, 9]);
      assert(await holds(within, secrets));
      const stream = new Blob([within]).stream().pipeThrough(new CompressionStream("gzip"));
      assert(await holds(new Uint8Array(await new Response(stream).arrayBuffer()), secrets));
    }
    assertEquals(await holds(new Uint8Array(64).fill(3), secrets), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
