import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { additiveEstimates, type Observation } from "../../lib/statistics/additive.ts";
import { mean } from "../../lib/statistics/moments.ts";
import { normal } from "./draws.ts";

/** Subjects come and go, each on some occasions in a row, as agents in cycles; what they are truly worth besides. */
function made(name: string, { subjects = 300, occasions = 20, among = 2, between = 3, error = 4 } = {}) {
  const random = stream(deriveSeed("additive", name));
  const levels = Array.from({ length: occasions }, () => 10 + between * normal(random));
  const worth = new Map<string, number>();
  const observations: Observation[] = [];
  for (let i = 0; i < subjects; i++) {
    const effect = among * normal(random);
    worth.set(`${i}`, 10 + effect);
    const from = Math.floor(random() * occasions), count = 1 + Math.floor(random() * random() * 12);
    for (let occasion = from; occasion < Math.min(occasions, from + count); occasion++) {
      const value = levels[occasion]! + effect + error * normal(random);
      observations.push({ subject: `${i}`, occasion, value });
    }
  }
  return { observations, worth };
}

Deno.test("additiveEstimates() of subjects that are all measured on all occasions are their means, drawn to that of all", () => {
  const random = stream(deriveSeed("balanced"));
  const [subjects, occasions] = [12, 5];
  const observations = Array.from({ length: subjects * occasions }, (_, i) => ({
    subject: `${i % subjects}`,
    occasion: Math.floor(i / subjects),
    value: 3 * (i % subjects) + 100 * Math.floor(i / subjects) + normal(random),
  }));
  const found = additiveEstimates(observations)!;
  const all = mean(observations.map(({ value }) => value));
  const means = Array.from({ length: subjects }, (_, subject) => mean(ofSubject(observations, `${subject}`)));
  const ratios = means.map((own, subject) => (found.get(`${subject}`)!.mean - all) / (own - all));
  for (const ratio of ratios) assertAlmostEquals(ratio, ratios[0]!, 1e-6);
  assert(ratios[0]! > 0.95 && ratios[0]! < 1, `${ratios[0]}`);
});

Deno.test("additiveEstimates() hold what a subject is worth in 95 of 100 cases or a few more, and are nearer to it than means are", () => {
  let inside = 0, total = 0, adjusted = 0, raw = 0;
  for (let trial = 0; trial < 20; trial++) {
    const { observations, worth } = made(`${trial}`);
    for (const [subject, one] of additiveEstimates(observations)!) {
      const true_ = worth.get(subject)!;
      total++;
      inside += Number(one.low <= true_ && true_ <= one.high);
      adjusted += (one.mean - true_) ** 2;
      raw += (mean(ofSubject(observations, subject)) - true_) ** 2;
    }
  }
  assert(inside / total > 0.93 && inside / total < 0.99, `${inside / total}`);
  assert(adjusted < 0.4 * raw, `${adjusted / total} against ${raw / total}`);
});

/** A population that improves: the worse by the last values go, others like the better ones come. */
function evolving(name: string) {
  const random = stream(deriveSeed("evolving", name));
  const worth = new Map<string, number>(), observations: Observation[] = [];
  const begin = (mean: number) => {
    const subject = `${worth.size}`;
    worth.set(subject, mean + 1.5 * normal(random));
    return subject;
  };
  let living = Array.from({ length: 60 }, () => begin(2));
  for (let occasion = 1; occasion <= 20; occasion++) {
    const level = 6 * normal(random);
    const values = new Map(living.map((subject) => [subject, level + worth.get(subject)! + 4 * normal(random)]));
    for (const [subject, value] of values) observations.push({ subject, occasion, value });
    const kept = living.toSorted((a, b) => values.get(b)! - values.get(a)!).slice(0, 42);
    const born = Array.from({ length: 18 }, () => begin(worth.get(kept[Math.floor(random() * 21)]!)!));
    living = [...kept, ...born];
  }
  return { observations, worth };
}

Deno.test("additiveEstimates() take no improvement of a population for kinder occasions, nor luck of those chosen for worth", () => {
  let inside = 0, total = 0, error = 0, gain = 0;
  for (let trial = 0; trial < 20; trial++) {
    const { observations, worth } = evolving(`${trial}`);
    const estimates = additiveEstimates(observations)!;
    const last = observations.filter(({ occasion }) => occasion === 20);
    for (const { subject } of last) {
      const { mean, low, high } = estimates.get(subject)!;
      total++;
      error += mean - worth.get(subject)!;
      inside += Number(low <= worth.get(subject)! && worth.get(subject)! <= high);
    }
    gain += mean(last.map(({ subject }) => worth.get(subject)!)) - 2;
  }
  assert(gain / 20 > 8, `${gain / 20}`);
  assert(Math.abs(error / total) < 0.1 * gain / 20, `${error / total} of ${gain / 20}`);
  assert(inside / total > 0.9, `${inside / total}`);
});

Deno.test("additiveEstimates() put the luckiest of few values behind what was as good for long", () => {
  const observations: Observation[] = [];
  const random = stream(deriveSeed("lucky"));
  for (let occasion = 0; occasion < 12; occasion++) {
    observations.push({ subject: "proven", occasion, value: 15 + normal(random) });
    for (let i = 0; i < 20; i++) observations.push({ subject: `other ${i}`, occasion, value: 10 + 3 * normal(random) });
  }
  observations.push({ subject: "lucky", occasion: 11, value: 15.5 });
  const found = additiveEstimates(observations)!;
  assert(found.get("lucky")!.mean < found.get("proven")!.mean);
  assertEquals(found.get("proven")!.count, 12);
  assert(found.get("lucky")!.high - found.get("lucky")!.low > found.get("proven")!.high - found.get("proven")!.low);
});

Deno.test("additiveEstimates() says nothing where no subject came to two different values", () => {
  assertEquals(additiveEstimates([]), undefined);
  assertEquals(
    additiveEstimates([{ subject: "a", occasion: 1, value: 1 }, { subject: "b", occasion: 1, value: 2 }]),
    undefined,
  );
  const same = ["a", "b"].flatMap((subject) => [1, 2].map((occasion) => ({ subject, occasion, value: 7 })));
  assertEquals(additiveEstimates(same), undefined);
});

function ofSubject(observations: readonly Observation[], subject: string): number[] {
  return observations.filter((one) => one.subject === subject).map(({ value }) => value);
}
