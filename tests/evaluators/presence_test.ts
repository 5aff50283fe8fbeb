import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type EvaluatorPresence, presenceText, readPresence } from "../../lib/evaluators/presence.ts";
import { MessageError } from "../../lib/evaluators/protocol.ts";
import { isolationNames } from "../../lib/isolation/names.ts";

const presences: fc.Arbitrary<EvaluatorPresence> = fc.record({
  version: fc.constant(1),
  name: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  instance: fc.stringMatching(/^[0-9a-f]{64}$/),
  host: fc.stringMatching(/^[ -~]{0,64}$/),
  cores: fc.integer({ min: 1, max: 4096 }),
  engine: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  isolation: fc.constantFrom(...isolationNames),
  slots: fc.integer({ min: 1, max: 65_536 }),
  evaluations: fc.nat(),
  msPerEvaluation: fc.option(fc.double({ min: 0, max: 1e8, noNaN: true }).map(Math.abs)),
  since: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
});

Deno.test("readPresence() gives what presenceText() was given", () => {
  fc.assert(fc.property(presences, (one) => assertEquals(readPresence(presenceText(one)), one)));
});

Deno.test("readPresence() refuses anything else, by a MessageError alone", () => {
  const refuses = (text: string) => void assertThrows(() => readPresence(text), MessageError);
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), refuses));
  fc.assert(
    fc.property(presences, fc.constantFrom(...Object.keys(fc.sample(presences, 1)[0]!)), fc.jsonValue(), (
      one,
      name,
      value,
    ) => {
      const text = JSON.stringify({ ...one, [name]: value });
      try {
        assertEquals(JSON.stringify(readPresence(text)), text);
      } catch (error) {
        if (!(error instanceof MessageError)) throw error;
      }
    }),
  );
  const [one] = fc.sample(presences, 1);
  for (const bad of [{ version: 2 }, { name: "a b" }, { host: "a\u001b[2J" }, { cores: 0 }, { since: "soon" }]) {
    refuses(JSON.stringify({ ...one, ...bad }));
  }
  refuses(JSON.stringify({ ...one, more: "x".repeat(5000) }));
});
