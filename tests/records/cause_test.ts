import { assertEquals } from "@std/assert";
import { causeOf } from "../../lib/records/cause.ts";

Deno.test("causeOf() lets the longest known part of a code decide", () => {
  assertEquals(causeOf("evaluation.cpu"), "agent");
  assertEquals(causeOf("evaluation.killed"), "machine");
  assertEquals(causeOf("evaluation.world"), "template");
  assertEquals(causeOf("genome.shape"), "agent");
  assertEquals(causeOf("genome.damaged"), "machine");
  assertEquals(causeOf("template.type"), "template");
  assertEquals(causeOf("fitness.number"), "configuration");
  assertEquals(causeOf("disk.full"), "machine");
  assertEquals(causeOf("internal"), "orchestrator");
});

Deno.test("causeOf() gives misuse no cause", () => {
  assertEquals(causeOf("arguments"), undefined);
  assertEquals(causeOf("evaluation"), undefined);
});
