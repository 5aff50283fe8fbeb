import { assert, assertEquals } from "@std/assert";
import { count, seed } from "./fuzz_size.ts";
import { randomEvaluations } from "./random_evaluations.ts";
import { randomProgram } from "./random_programs.ts";
import { randomWorld } from "./random_worlds.ts";
import { inBoth, judgedBy, tracedIn } from "./two_engines.ts";

Deno.test("evaluations of random genomes give the same bytes in V8 and in QuickJS, traced as well", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-engines-" });
  try {
    for (const [at, { path, line }] of (await randomEvaluations(folder, count, seed)).entries()) {
      const { v8, quickjs } = await inBoth(path, line);
      assertEquals(quickjs, v8, line);
      if (at < 8) { for (const traced of await tracedIn(path, line)) assertEquals(traced, JSON.parse(v8), line); }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("random worlds come to the same in V8 and in QuickJS, looked at or not, and the judge takes what was done", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-engines-" });
  try {
    for (let i = 0; i < Math.max(4, count / 4); i++) {
      const { path, judge, requests, text } = await randomWorld(`${folder}/${i}`, `${seed} ${i}`);
      for (const request of requests) {
        const { v8, quickjs } = await inBoth(path, JSON.stringify(request));
        assertEquals(quickjs, v8, text);
        const looked = await inBoth(path, JSON.stringify({ ...request, checks: true }));
        assertEquals(looked, { v8, quickjs }, text);
        const verdict = await judgedBy(judge, request, JSON.parse(v8).evidence);
        assert(verdict.ok, `${JSON.stringify(verdict)} of ${v8} in ${text}`);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("random programs of what genes may use come to the same in V8 and in QuickJS", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-engines-" });
  try {
    for (let i = 0; i < count / 8; i++) {
      const { artifact, line, expressions } = randomProgram(1000, `${seed} ${i}`);
      const path = `${folder}/${i}.js`;
      await Deno.writeTextFile(path, artifact);
      const { v8, quickjs } = await inBoth(path, line);
      const [first, second] = [v8, quickjs].map((text) =>
        new Map<string, number>(
          (JSON.parse(text).memory ?? []).map(([, step, value]: [string, string, number]) => [step, value]),
        )
      );
      const differ = expressions.filter((_, step) => first!.get(`${step}`) !== second!.get(`${step}`));
      assertEquals(differ, []);
      assertEquals(quickjs, v8);
      assertEquals(first!.size, expressions.length);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
