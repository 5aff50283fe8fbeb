/**
 * The genes of one agent in a program of the user's own: without an orchestrator, and without changing anything global.
 *
 * @module
 */

import type { Action, Agent, WorldData, WorldSeed, WorldSettings } from "./contract.ts";
import { holdData } from "./data.ts";
import { EvaluationFailure } from "./failure.ts";
import { type Individual, Moment } from "./moment.ts";
import { Memory } from "./memory.ts";
import { judgedEpisode } from "./objectives.ts";
import { Outbox } from "./outbox.ts";
import { Players } from "./play.ts";
import { deriveSeed } from "./random.ts";
import { type Shadows, shadows } from "./shadows.ts";
import { spaceOf } from "./space.ts";
import { type Perceived, perceived, Stage } from "./stage.ts";

/** Evaluates genes and world, which hand themselves over; what engines compute in their own ways is given to them. */
export type LoadAlone = (take: (agent: Agent) => void, shadows: Shadows) => void;

/** Where random numbers come from, for an episode that is to be the same as one that was recorded. */
export interface Seeds {
  /** The seed of the genes. */
  readonly genes: string;
  /** The seeds of the world. */
  readonly world: string;
  readonly layout: string;
  /** Number of the episode within its evaluation. @default 0 */
  readonly episode?: number;
}

/** What an episode is to be. */
export interface RunOptions {
  /** What the world is given as `data`. @default nothing */
  readonly data?: WorldData;
  /** An environment of the world by its name, or settings. @default the world's first one */
  readonly environment?: string | Readonly<Record<string, number>>;
  /** Which instance. @default 0 */
  readonly instance?: number;
  /** Any text or number: the same seed gives the same episode. @default 1 */
  readonly seed?: string | number | Seeds;
  /** Steps that it may last. @default the world's */
  readonly steps?: number;
}

/** What an episode came to. */
export interface RunResult {
  /** What the world says that was found; undefined where it says nothing. */
  readonly answer: unknown;
  readonly actions: readonly Action[];
  /** By name, as the world means them: to be minimised or maximised. A world without objectives has one, `score`. */
  readonly objectives: Readonly<Record<string, number>>;
  /** How far the answer breaks what must hold; 0 if nothing does. */
  readonly violation: number;
  readonly measures: Readonly<Record<string, number>>;
}

/**
 * Plays one episode in the agent's own world.
 *
 * @param genomeSeed Where genes' random numbers come from, where they are the same for the same genome.
 * @throws {TypeError} If an option can't be used.
 * @throws {Error} If a gene or the world throws: says which, and what.
 */
export function run(load: LoadAlone, options: RunOptions = {}, genomeSeed?: string): RunResult {
  return told(() => episodeOf(load, options, genomeSeed));
}

function episodeOf(load: LoadAlone, options: RunOptions, genomeSeed: string | undefined): RunResult {
  demandKnown(options, ["data", "environment", "instance", "seed", "steps"]);
  const { data = {}, instance, seed = 1 } = options;
  const agent = loadedAlone(load);
  const { world } = agent.world;
  const seeds = seedsOf(seed);
  const steps = stepsOf(options.steps, world);
  if (instance !== undefined && !(Number.isInteger(instance) && instance >= 0)) {
    throw refused("instance must be a whole number from 0", instance);
  }
  const moment = momentOf(agent, seeds, steps, genomeSeed);
  holdData(data);
  const stage = new Stage(
    agent.world,
    {
      seed: seeds.world,
      layout: seeds.layout,
      environment: environmentOf(options.environment, world),
      steps,
      ...(instance !== undefined && { instance }),
    } satisfies WorldSeed,
    moment.self.genes,
  );
  moment.begin(stage, instance ?? moment.episode);
  const players = new Players(agent, moment, spaceOf(world));
  const actions: Action[] = [];
  for (let step = 0; step < steps && !stage.finished(); step++) {
    const action = players.act(step, stage.perceive());
    actions.push(action);
    players.learn(stage.act(action));
  }
  const judged = judgedEpisode(stage.judge(), world);
  const answer = agent.world.answer === undefined ? undefined : stage.answer();
  return { answer, actions, ...named(judged, world.objectives), violation: judged.violation ?? 0 };
}

/** What a policy is to be. */
export interface PolicyOptions {
  /** Any text or number: the same seed, perceptions and rewards give the same actions. @default 1 */
  readonly seed?: string | number | Seeds;
  /** What genes read as `context.steps`. @default the world's */
  readonly steps?: number;
  /** What genes read as `context.instance`, where their world has an `inform`. */
  readonly inform?: unknown;
}

/** An agent in a world that it does not know: the user's program. */
export interface Policy {
  /**
   * Decides.
   *
   * @param perception What the agent's own world would show.
   * @param reward What the last action was worth; 0 at the first call.
   */
  act(perception: Readonly<Record<string, number | readonly number[]>>, reward?: number): Action;
}

/**
 * An agent at the beginning of an episode.
 *
 * @param genomeSeed As of {@linkcode run}.
 * @throws {TypeError} If an option can't be used.
 */
export function policy(load: LoadAlone, options: PolicyOptions = {}, genomeSeed?: string): Policy {
  demandKnown(options, ["seed", "steps", "inform"]);
  const agent = loadedAlone(load);
  const { world } = agent.world;
  const moment = momentOf(agent, seedsOf(options.seed ?? 1), stepsOf(options.steps, world), genomeSeed);
  moment.place = moment.episode;
  moment.instance = options.inform;
  const players = new Players(agent, moment, spaceOf(world));
  let step = 0;
  return {
    act(perception, reward = 0): Action {
      if (!Number.isFinite(reward)) throw refused("reward must be a finite number", reward);
      const seen: Perceived = perceived({ ...perception }, world);
      return told(() => {
        if (step > 0) players.learn(reward);
        return players.act(step++, seen);
      });
    },
  };
}

function loadedAlone(load: LoadAlone): Agent {
  const made: Agent[] = [];
  load((agent) => void made.push(agent), shadows);
  return made[0]!;
}

function momentOf(
  agent: Agent,
  { genes, episode = 0 }: Seeds,
  steps: number,
  genomeSeed: string | undefined,
): Moment {
  const { active, phases } = agent.wiring;
  const self: Individual = {
    seed: genomeSeed ?? genes,
    genomeSeed,
    checks: false,
    active: new Set(active),
    inbox: Object.freeze([]),
    outbox: new Outbox(0),
    genes: active.length - (phases.birth?.length ?? 0),
    tellsDraws: false,
    drew: false,
    get genome(): never {
      throw new RangeError("Cannot read the genome as it is no part of this module");
    },
  };
  return new Moment(self, new Memory([]), episode, steps, spaceOf(agent.world.world).actions);
}

function seedsOf(seed: string | number | Seeds): Seeds {
  if (typeof seed === "object" && seed !== null) {
    demandKnown(seed, ["genes", "world", "layout", "episode"]);
    for (const name of ["genes", "world", "layout"] as const) {
      if (!/^[0-9a-f]{32}$/.test(seed[name])) throw refused(`seed.${name} must be 32 hexadecimal digits`, seed[name]);
    }
    return seed;
  }
  if (typeof seed !== "string" && !Number.isFinite(seed)) throw refused("seed must be a text or a number", seed);
  const of = (purpose: string) => deriveSeed(seed, purpose);
  return { genes: of("life"), world: of("world"), layout: of("layout") };
}

function stepsOf(steps: number | undefined, world: WorldSettings): number {
  if (steps === undefined) return world.steps;
  if (!(Number.isInteger(steps) && steps > 0)) throw refused("steps must be a whole number from 1", steps);
  return steps;
}

function environmentOf(given: RunOptions["environment"], { environments }: WorldSettings): WorldSeed["environment"] {
  if (typeof given === "object" && given !== null) return given;
  const names = Object.keys(environments);
  const name = given ?? names[0];
  if (name === undefined) return {};
  if (names.includes(name)) return environments[name]!;
  throw refused(`environment must be one of ${names.join(", ")}, or settings`, name);
}

function named(
  { score, measures }: { readonly score: number; readonly measures: Readonly<Record<string, number>> },
  declared: WorldSettings["objectives"],
): Pick<RunResult, "objectives" | "measures"> {
  if (declared === undefined) return { objectives: { score }, measures };
  const names = new Set(declared.map(({ name }) => name));
  const pick = (isObjective: boolean) =>
    Object.fromEntries(Object.entries(measures).filter(([name]) => names.has(name) === isObjective));
  return { objectives: pick(true), measures: pick(false) };
}

/** Does something; of what a gene or the world throws the words are told as well. */
function told<T>(play: () => T): T {
  try {
    return play();
  } catch (thrown) {
    if (!(thrown instanceof EvaluationFailure) || thrown.detail === "") throw thrown;
    throw new Error(`${thrown.message}: ${thrown.detail}`, { cause: thrown });
  }
}

function demandKnown(options: object, names: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw refused(`options must be of ${names.join(", ")}`, unknown);
}

function refused(demand: string, value: unknown): TypeError {
  return new TypeError(`Cannot go on as ${demand}: it is ${String(value)}.`);
}
