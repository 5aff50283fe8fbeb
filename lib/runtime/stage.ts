/**
 * The world of one episode, begun from its seeds: what an evaluation and its judge have in common.
 *
 * @module
 */

import type { Action, Agent, Probed, WorldSeed, WorldSettings } from "./contract.ts";
import { worldData } from "./data.ts";
import { EvaluationFailure, failureOf } from "./failure.ts";
import { limits } from "./limits.ts";
import { lengthOf, listOf } from "./memory.ts";
import { plainCopy } from "./plain_copy.ts";
import { type Random, stream } from "./random.ts";
import { snapshotOf } from "./snapshot.ts";

const { freeze, hasOwn } = Object;
const { isFinite } = Number;

/** What an agent perceives: numbers, or lists of them, by name. */
export type Perceived = Readonly<Record<string, number | readonly number[]>>;

/** The world's side of one episode. Random numbers can be drawn in `begin` and `act` only: the judge replays just these. */
export class Stage {
  readonly #world: Agent["world"];
  readonly #state: unknown;
  readonly #probes: number;
  readonly #checks: boolean;
  #probed = 0;
  #drawing = true;

  /**
   * Begins an episode.
   *
   * @param world The template's world.
   * @param seed What the episode begins with.
   * @param genes Active genes that cost something in each step.
   * @param checks Whether it is looked whether probes change the world. @default false
   * @throws {EvaluationFailure} `world`, if the world throws.
   */
  constructor(world: Agent["world"], seed: WorldSeed, genes: number, checks = false) {
    this.#world = world;
    this.#probes = world.world.probes ?? 0;
    this.#checks = checks;
    const { environment, steps, instance = 0 } = seed;
    try {
      this.#state = world.begin(freeze({
        random: this.#guarded(stream(seed.seed)),
        layout: this.#guarded(stream(seed.layout)),
        environment: freeze({ ...environment }),
        steps,
        genes,
        instance,
        data: worldData(),
      }));
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#begin", "world");
    }
    this.#drawing = false;
  }

  /** What the world tells of the whole episode: a frozen copy, undefined where it tells nothing. */
  inform(): unknown {
    if (this.#world.inform === undefined) return undefined;
    let told: unknown;
    try {
      told = this.#world.inform(this.#state);
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#inform", "world");
    }
    const copy = plainCopy(told, { items: limits.informed, isNumeric: true });
    if (!copy.ok) throw broken("inform", copy.demand);
    return copy.value;
  }

  /** What the agent perceives: a frozen copy. */
  perceive(): Perceived {
    let seen: Record<string, number | readonly number[]>;
    try {
      seen = { ...this.#world.perceive(this.#state) };
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#perceive", "world");
    }
    return perceived(seen, this.#world.world);
  }

  /** How many probes are left in this episode. */
  get probesLeft(): number {
    return this.#probes - this.#probed;
  }

  /** What a point is worth, if it is one and a probe is left. */
  probe(point: unknown): Probed | undefined {
    if (this.#probed >= this.#probes) return undefined;
    const copy = pointOf(point);
    if (copy === undefined) return undefined;
    const before = this.#checks && isChecked(this.#probed) ? snapshotOf(this.#state) : undefined;
    this.#probed++;
    let found: Partial<Probed> | null;
    try {
      found = this.#world.probe!(this.#state, copy);
    } catch (thrown) {
      const { code, message, detail } = failureOf(thrown, "world.ts#probe", "world");
      throw new EvaluationFailure(code, message, detail, copy);
    }
    if (before !== undefined && snapshotOf(this.#state) !== before) {
      throw new EvaluationFailure("world", "world.ts#probe must change nothing: it changed the state", "", copy);
    }
    const { value, slope } = found ?? {};
    if (!isFinite(value)) throw broken("probe", "a finite number as value", copy);
    if (slope === undefined) return freeze({ value: value! });
    const steep = typeof slope === "number" ? isFinite(slope) ? slope : undefined : listOf(slope, slope.length);
    if (steep === undefined) throw broken("probe", "finite numbers as slope", copy);
    return freeze({ value: value!, slope: steep });
  }

  /** Applies an action and gives the reward. */
  act(action: Action): number {
    this.#drawing = true;
    let reward: number;
    try {
      reward = this.#world.act(this.#state, action);
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#act", "world");
    }
    this.#drawing = false;
    if (!isFinite(reward)) throw broken("act", "a finite reward");
    return reward;
  }

  /** Whether the episode is over before its last step. */
  finished(): boolean {
    try {
      return this.#world.finished(this.#state) === true;
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#finished", "world");
    }
  }

  /** What the world makes of it: unchecked. */
  judge(): unknown {
    try {
      return this.#world.judge(this.#state);
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#judge", "world");
    }
  }

  /** What the world says that was found: a frozen copy of plain JSON. */
  answer(): unknown {
    let found: unknown;
    try {
      found = this.#world.answer!(this.#state);
    } catch (thrown) {
      throw failureOf(thrown, "world.ts#answer", "world");
    }
    const copy = plainCopy(found, { items: limits.answer, isNumeric: false });
    if (!copy.ok) throw broken("answer", copy.demand);
    if (JSON.stringify(copy.value).length > limits.answer) throw broken("answer", "at most 1 MiB of JSON");
    return copy.value;
  }

  /** What a function makes of the state as it is; see `View`. Unchecked, and what it throws is its own. */
  seenBy<Seen>(view: (state: unknown) => Seen): Seen {
    return view(this.#state);
  }

  #guarded(random: Random): Random {
    return () => {
      if (!this.#drawing) throw new EvaluationFailure("world", "world.ts drew a random number outside begin and act");
      return random();
    };
  }
}

/** What agents are shown of what `perceive` gave, which is frozen; it throws where that is not what it must be. */
export function perceived(
  seen: Record<string, number | readonly number[]>,
  { observation }: Pick<WorldSettings, "observation">,
): Perceived {
  if (observation !== undefined) return observed(seen, observation);
  for (const name in seen) if (!isFinite(seen[name])) throw broken("perceive", `a finite number as ${name}`);
  return freeze(seen);
}

/** What `perceive` gave, held to what is declared. */
function observed(
  seen: Record<string, number | readonly number[]>,
  declared: Readonly<Record<string, number>>,
): Perceived {
  for (const name in seen) {
    if (!hasOwn(declared, name)) {
      throw broken("perceive", `nothing but what observation declares: ${name} is none of it`);
    }
  }
  for (const name in declared) {
    const length = declared[name]!;
    const value: unknown = seen[name];
    if (length === 1 ? isFinite(value) : lengthOf(value) === length) {
      const copy = length === 1 ? value as number : listOf(value as readonly number[], length);
      if (copy !== undefined) {
        seen[name] = copy;
        continue;
      }
    }
    throw broken(
      "perceive",
      length === 1 ? `a finite number as ${name}` : `a list of ${length} finite numbers as ${name}`,
    );
  }
  return freeze(seen);
}

/** Of many probes some are looked at: a state may be large. */
function isChecked(number: number): boolean {
  return number < 16 || (number & (number - 1)) === 0;
}

function pointOf(point: unknown): number | readonly number[] | undefined {
  if (typeof point === "number") return isFinite(point) ? point : undefined;
  const length = lengthOf(point);
  return length === undefined || length > limits.point ? undefined : listOf(point as ArrayLike<unknown>, length);
}

function broken(name: string, what: string, point?: number | readonly number[]): EvaluationFailure {
  return new EvaluationFailure("world", `world.ts#${name} must give ${what}`, "", point);
}
