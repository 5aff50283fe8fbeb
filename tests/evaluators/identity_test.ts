import { assertEquals, assertNotEquals } from "@std/assert";
import { Identity, Signatures } from "../../lib/evaluators/identity.ts";
import { readReplies, repliesLines, repliesText } from "../../lib/evaluators/protocol.ts";

const replies = [{ key: "a".repeat(64), wallMs: 1.5, reply: '{"version":1}' }];

Deno.test("Signatures.hold() knows what an evaluator has signed, and nothing that another one or nobody has", async () => {
  const [one, other] = await Promise.all([Identity.draw("node-1"), Identity.draw("node-1")]);
  assertNotEquals(one.instance, other.instance);
  const signatures = new Signatures();
  const text = await one.text(replies);
  const { signature, ...read } = readReplies(text);
  assertEquals(read, { version: 1, evaluator: "node-1", instance: one.instance, replies });
  const lines = repliesLines(replies);
  const sender = { evaluator: "node-1", instance: one.instance, signature };
  const texts = [
    text,
    await one.text([...replies, ...replies]),
    text.replace('{"version":1}', '{"version":2}'),
    `${text}\n${lines}`,
    repliesText({ ...sender, evaluator: "node-2" }, lines),
    repliesText({ ...sender, instance: other.instance }, lines),
    repliesText({ ...sender, instance: "0".repeat(64) }, lines),
    repliesText({ ...sender, signature: "?" }, lines),
    repliesText({ ...sender, signature: "" }, lines),
    lines,
    "",
  ];
  const held = [];
  for (const each of texts) held.push(await signatures.hold(each));
  assertEquals(held, texts.map((_, i) => i < 2));
});
