import { assertEquals } from "@std/assert";
import { count, seed } from "./fuzz_size.ts";
import { randomEvaluations } from "./random_evaluations.ts";
import { randomProgram } from "./random_programs.ts";
import { inBoth, tracedIn } from "./two_engines.ts";

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
