/**
 * What a tuner finds at a budget.
 *
 * @module
 */

import type { Judge } from "../../lib/arms/judge.ts";
import { type Ground, sharesOf } from "../../lib/arms/plan.ts";
import type { Found } from "../../lib/arms/search.ts";
import { raceWorlds, searchWorlds } from "../../lib/run/unseen_worlds.ts";
import { Evaluator } from "./evaluate.ts";
import { introduction, toldIn } from "./protocol.ts";
import { spaceOf } from "./space.ts";
import { startTool, type Tool } from "./tools.ts";

/** What it found, and what it took itself. */
export interface ToolFound extends Found {
  /** CPU of the tuner, without the evaluations. */
  readonly cpuMs: number;
}

/**
 * Lets a tuner search. Needs run permission for `/bin/sh`.
 *
 * @throws {Error} If the tuner ends badly, or asks for more than the budget or for what there is not.
 */
export async function searchBy(
  tool: Tool,
  judge: Pick<Judge, "of">,
  ground: Ground,
): Promise<ToolFound> {
  const { program: { pool }, seed, budget } = ground;
  const space = spaceOf(pool);
  const { worlds, asks } = trainingOf(tool, ground);
  const evaluator = new Evaluator(space, pool, judge, worlds);
  const genomes = new Map<string, Uint8Array>();
  const trail: { episodes: number; genome: Uint8Array }[] = [];
  let cpuMs = 0, least = Infinity;
  await using talk = new Talk(tool);
  await talk.write(introduction(space, asks, Number(seed)));
  for await (const line of talk.lines()) {
    const told = toldIn(line);
    if (told.type === "cpu") cpuMs = told.seconds * 1000;
    else if (told.type === "best") {
      const genome = evaluator.genome(told.asked);
      genomes.set(genome.toHex(), genome);
    } else {
      const cost = await evaluator.cost(told.asked, told.place);
      if (evaluator.episodes > budget) throw new Error(`${tool.name} must ask no more than its budget allows.`);
      await talk.write(`${cost}\n`);
      // Where each has worlds of its own a cost is luck.
      if (told.place !== undefined || cost >= least) continue;
      least = cost;
      trail.push({ episodes: evaluator.episodes, genome: evaluator.genome(told.asked) });
    }
  }
  if (genomes.size === 0) throw new Error(`${tool.name} must name what is best.`);
  const none = { gestations: 0, lethal: 0, limited: 0 };
  return { genomes: [...genomes.values()], episodes: evaluator.episodes, ...none, trail, cpuMs };
}

/** The worlds of a search, and how often it may ask. */
function trainingOf(
  { training }: Tool,
  { program: { pool: { world: settings } }, seed, config, budget, ...rest }: Ground,
) {
  const facts = { seed, settings, config: config.world };
  const race = raceWorlds(facts);
  if (training === "worlds" && race.count > 0) return { worlds: race.at(0, budget), asks: budget };
  const { episodes, race: share } = sharesOf({ ...rest, config, budget }, settings, 0, training === "cycle");
  return { worlds: searchWorlds(facts), asks: Math.floor((budget - share) / episodes) };
}

/** A tuner at work. */
class Talk implements AsyncDisposable {
  readonly #tool: Tool;
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #complaint: Promise<string>;

  constructor(tool: Tool) {
    this.#tool = tool;
    this.#child = startTool(tool);
    this.#input = this.#child.stdin.getWriter();
    this.#complaint = new Response(this.#child.stderr).text();
  }

  async write(text: string): Promise<void> {
    // One that has ended says why by its exit code.
    await this.#input.write(new TextEncoder().encode(text)).catch(() => {});
  }

  /** @throws {Error} If it ends badly. */
  async *lines(): AsyncGenerator<string, void, void> {
    let rest = "";
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
    const { code } = await this.#child.status;
    if (code === 0) return;
    throw new Error(
      `${this.#tool.name} must end with 0: it ended with ${code}. ${(await this.#complaint).slice(-2000)}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#child.status;
    await this.#complaint;
  }
}
