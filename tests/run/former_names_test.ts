import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parseConfig } from "../../lib/run/config_check.ts";
import { renamed } from "../../lib/run/former_names.ts";
import { Misuse } from "../../lib/util/issue.ts";

const former = {
  selection: { elites: 0.2, replaced: 0.25 },
  isolation: { checked: 1 },
  residents: {
    readySeconds: 11,
    heartbeatSeconds: 31,
    answerSeconds: 12,
    restSeconds: 0.6,
    capSeconds: 61,
    healthySeconds: 62,
    ends: 6,
    windowSeconds: 63,
  },
};

Deno.test("parseConfig() names all former keys at once, and gives the file with the present ones", () => {
  const { issue } = assertThrows(() => parseConfig(JSON.stringify(former), "config.json"), Misuse);
  assertEquals(issue.code, "config.renamed");
  for (const [section, keys] of Object.entries(former)) {
    for (const key of Object.keys(keys)) {
      if (key !== "elites") assertStringIncludes(issue.message, `"${section}.${key}" is "${section}.`);
    }
  }
  const corrected = issue.message.slice(issue.message.indexOf("{"));
  const { selection, isolation, residents } = parseConfig(corrected, "config.json");
  assertEquals([selection.elites, selection.replacementFraction, isolation.verifyFraction], [0.2, 0.25, 1]);
  assertEquals(residents, {
    startTimeoutSeconds: 11,
    heartbeatIntervalSeconds: 31,
    heartbeatTimeoutSeconds: 12,
    initialBackoffSeconds: 0.6,
    maxBackoffSeconds: 61,
    jitter: 0.5,
    minUptimeSeconds: 62,
    maxRestarts: 6,
    restartWindowSeconds: 63,
  });
});

Deno.test("renamed() leaves alone what has present names only, or is no configuration", () => {
  for (const value of [{}, { residents: { maxRestarts: 1 } }, { hooks: [{ ends: 1 }] }, { residents: [] }, null, 7]) {
    assertEquals(renamed(value), undefined);
  }
});

Deno.test("renamed() keeps the present name where both are there", () => {
  const both = { isolation: { checked: 1, verifyFraction: 0.5 } };
  assertEquals(JSON.parse(renamed(both)!.text), { isolation: { verifyFraction: 0.5 } });
});
