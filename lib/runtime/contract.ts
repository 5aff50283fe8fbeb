/**
 * The contract between genes, worlds, the runtime that joins them, and the
 * orchestrator that stays outside.
 *
 * Genes and worlds import their types from here as `evolve/contract`. Nothing in
 * this module exists at run time.
 *
 * @module
 */

/**
 * What one gene can see and do, given anew to each gene of each episode.
 *
 * Its methods are called on it (`context.random()`). Numbers given to it that are not finite, and names of more than 64
 * characters, are dropped.
 *
 * @typeParam P What the gene's file declares, `typeof parameters`, for the exact types of `parameters`; absent: all of
 * them are numbers.
 * @typeParam Perception What the world's `perceive` gives; absent: numbers by name.
 * @typeParam Instance What the world's `inform` gives.
 */
// deno-lint-ignore no-explicit-any -- what a world shows of an instance is the world's own business
export interface GeneContext<P = Record<string, number>, Perception = Record<string, number>, Instance = any> {
  /** Number of the step within the episode, from 0. */
  readonly step: number;
  /** Steps that this episode may last. */
  readonly steps: number;
  /** Number of the episode within the cycle, from 0; in phase `end` the number of episodes that were run. */
  readonly episode: number;
  /** Number of actions of a discrete space: an action is an integer in `[0, actions)`. 0 in other spaces. */
  readonly actions: number;
  /** The action of a discrete space that was taken last, or -1 before the first one, and in other spaces. */
  readonly lastAction: number;
  /** The numbers of the action that was taken last, in any space; empty before the first one. */
  readonly lastActions: readonly number[];
  /** What the last action was worth, as the world says it; 0 before the first one. */
  readonly reward: number;
  /** The sum of all rewards of this episode; in phase `end` of all episodes of the cycle. */
  readonly total: number;
  /** The parameters of the gene's own file, by name, each within its declared range: a list is frozen. */
  readonly parameters: ParameterValues<P>;
  /** What the world shows of itself in this step: numbers by name, or what its `observation` declares. */
  readonly perception: Readonly<Perception>;
  /** What the world shows of the whole episode: what its `inform` gave, frozen; undefined where there is none. */
  readonly instance: Instance;

  /** The next random number in `[0, 1)` of this gene's own stream. */
  random(): number;

  /**
   * The number last given to a signal in this episode (phase `end`: in the last one), or `otherwise` (0) where there is
   * none, or a list.
   */
  signal(name: string, otherwise?: number): number;
  /** The list last given to a signal, likewise, or `otherwise` (the empty list) where there is none, or a number. */
  vector(name: string, otherwise?: readonly number[]): readonly number[];
  /**
   * Gives a signal a number or a list of numbers, of which a frozen copy is kept: every gene can read it from now on to
   * the end of the episode. At most 256 names and 65,536 numbers.
   */
  emit(name: string, value: number | readonly number[]): void;

  /** Adds `weight` to the votes for an action of a discrete space in this step. */
  vote(action: number, weight: number): void;
  /** The votes that an action has in this step. */
  votes(action: number): number;

  /** A number that this gene's file stored, or `otherwise` (0) where there is none, or a list. */
  recall(key: string, otherwise?: number): number;
  /** A list that this gene's file stored, or `otherwise` (the empty list) where there is none, or a number. */
  recallVector(key: string, otherwise?: readonly number[]): readonly number[];
  /** Stores a number or a list of numbers under a key of this gene's file; what exceeds 4,096 numbers in all is dropped. */
  remember(key: string, value: number | readonly number[]): void;

  /**
   * What a point is worth, as the world's `probe` says it; it changes nothing.
   *
   * @param point A finite number, or a list of at most 4,096.
   * @returns Undefined where all probes of the episode are spent, the world has none, or the point is none.
   */
  probe(point: number | readonly number[]): Probed | undefined;
  /** How many probes are left in this episode. */
  readonly probesLeft: number;

  /** The messages that were delivered to this agent before the cycle, in a fixed order. */
  readonly inbox: readonly Message[];
  /** How many other agents this one may write to; they are named by their index. */
  readonly addresses: number;
  /** Sends a message of at most 16 numbers, each up to 1e12 in magnitude; what exceeds the limits is dropped. */
  send(address: number, body: readonly number[]): void;

  /** Whether another gene is active, by its name such as `"src/rl.ts#learn"`. */
  active(gene: string): boolean;

  /** The agent's own genome. It can be changed in the phases `birth` and `end` only. */
  readonly genome: GenomeEditor;
  /** The genomes of the other parents: filled in the phase `birth` only. */
  readonly mates: readonly GenomeView[];
  /** What is recorded of the agent's past, for the phases `birth` and `end`. */
  readonly past: Past;
}

/** What a probe found. */
export interface Probed {
  /** What the point is worth; the world says in which sense. */
  readonly value: number;
  /** How that changes with the point: a number, or a list as long as the point. */
  readonly slope?: number | readonly number[];
}

/** @deprecated The name that `GeneContext` had before; templates that use it go on working. */
export type Life = GeneContext;

/** A message from one agent to another. */
export interface Message {
  /** A number that stands for the sender: equal numbers are equal senders. */
  readonly from: number;
  /** At most 16 finite numbers. */
  readonly body: readonly number[];
}

/**
 * A genome to look at. In the phases `birth` and `end` it shows all that the pool offers; before, an agent's own genome
 * shows the files that it was written with, so that no score depends on what the pool has besides.
 */
export interface GenomeView {
  /** The paths of its files, sorted. */
  files(): readonly string[];
  /** The names of the functions of a file, sorted. */
  functions(file: string): readonly string[];
  /**
   * The numbers that are the parameters of a file, sorted by name, an element of a list as `bits[17]`; before `end`, the
   * range in a file that is off is its value alone.
   */
  parameters(file: string): readonly ParameterRange[];
  /** Whether a file is switched on. */
  fileActive(file: string): boolean;
  /** Whether a function's own flag is on; it counts only while its file is on. */
  functionActive(file: string, name: string): boolean;
  /** The number that a parameter, or an element of a list, is: of a boolean 0 or 1, of a choice its index. */
  parameter(file: string, name: string): number;
  /** The numbers of a list. */
  list(file: string, name: string): readonly number[];
}

/** A genome to change. Everything outside the pool or the ranges is refused with a `RangeError`. */
export interface GenomeEditor extends GenomeView {
  /** Switches a file on or off; the flags of its functions stay. */
  setFile(file: string, active: boolean): void;
  /** Switches a function on or off. */
  setFunction(file: string, name: string, active: boolean): void;
  /** Sets a parameter, or an element of a list; the value is brought into its range, and rounded unless it is real. */
  setParameter(file: string, name: string, value: number): void;
  /** Sets a whole list, each value likewise; there must be as many as the list is long. */
  setList(file: string, name: string, values: readonly number[]): void;
  /** Takes everything over from another genome. */
  copy(from: GenomeView): void;
}

/** What a parameter stands for; in a genome each is a number: a boolean 0 or 1, a choice the index of its option. */
export type ParameterKind = "real" | "integer" | "boolean" | "choice";

/** The range of one numeric gene. */
export interface ParameterRange {
  /** Its name within the file. */
  readonly name: string;
  /** The least value. */
  readonly min: number;
  /** The greatest value. */
  readonly max: number;
  /** The value that a first genome has. */
  readonly default: number;
  /** How a change is measured: in steps of the range, or of its logarithm. */
  readonly scale: "linear" | "log";
  /**
   * What its numbers stand for.
   *
   * @default "real"
   */
  readonly kind?: ParameterKind;
}

/** What the pool holds of a parameter: its range, and that of each element where it is a list. */
export interface PoolParameter extends Omit<ParameterRange, "default"> {
  /** In numbers; of a list one for all elements, or one for each. */
  readonly default: number | readonly number[];
  /** The names of a choice, in their order. */
  readonly options?: readonly string[];
  /** How long a list is; absent: it is none. */
  readonly length?: number;
}

/** What a parameter is to genes: a list is frozen. */
export type ParameterValue = ParameterScalar | readonly ParameterScalar[];

/** A real number or an integer, a boolean, or the name of an option. */
export type ParameterScalar = number | boolean | string;

/**
 * A constant `parameters`, for `as const satisfies ParameterDeclarations`. A declaration is a list where it has a
 * `length`, 1 to 4,096; its default then is one value for all elements, or a list of values.
 */
export type ParameterDeclarations = Readonly<Record<string, ParameterDeclaration>>;

/** One of them. */
export type ParameterDeclaration =
  | (Listed<number> & {
    readonly kind?: "real" | "integer";
    readonly min: number;
    readonly max: number;
    /** @default "linear" */
    readonly scale?: "linear" | "log";
  })
  | (Listed<boolean> & { readonly kind: "boolean" })
  | (Listed<string> & { readonly kind: "choice"; readonly options: readonly string[] });

/**
 * A default, and of a list its length.
 *
 * @internal
 */
interface Listed<Value> {
  readonly default: Value | readonly Value[];
  readonly length?: number;
}

/** The values of declared parameters: what `context.parameters` is, for `P = typeof parameters`. */
export type ParameterValues<P> = { readonly [Name in keyof P]: ValueOf<P[Name]> };

/** @internal */
type ValueOf<D> = D extends { readonly length: number } ? readonly ScalarOf<D>[] : ScalarOf<D>;

type ScalarOf<D> = D extends { readonly kind: "boolean" } ? boolean
  : D extends { readonly kind: "choice"; readonly options: readonly (infer Option)[] } ? Option
  : number;

/** What is recorded of an agent. */
export interface Past {
  /** Scores of the agent's own judged cycles, oldest first; at most 32. */
  readonly scores: readonly number[];
  /** Scores of the cycles since the present genome was taken up, oldest first: the tail of `scores`. */
  readonly present: readonly number[];
  /** Mean score of the best genome that this agent has had: a number, or undefined where there is no `best`. */
  // deno-lint-ignore no-explicit-any -- genes of before compare it without asking
  readonly bestScore: any;
  /** That genome, unless there is none. */
  readonly best: GenomeView | undefined;
}

/**
 * A gene: an exported function of a gene file. Only phase `act` reads what it returns: the first gene that returns an
 * action decides, and those after it are not called. An action is a number in a discrete space, a list of numbers in
 * another one (in a box of one number, the number too). What is missing or out of the space is replaced, and counted:
 * see {@linkcode ActionSpace}. Phases before `act` meet the world as it was perceived, those after it know the reward as
 * well.
 */
// deno-lint-ignore no-explicit-any -- each gene says what its own world shows
export type Gene = (context: GeneContext<any, any, any>) => number | ArrayLike<number> | void;

/** An action as the world is given it: a number of a discrete space, else a frozen list of numbers. */
export type Action = number | readonly number[];

/**
 * What actions there are.
 *
 * - `discrete`: one of so many. What is none is 0.
 * - `multiDiscrete`: a list, each item one of as many as its count. An item that is none is 0.
 * - `box`: a list of `length` numbers, each from `low` to `high`; whole ones where `integer`. What is finite is brought
 *   into its range and rounded; anything else is the `default`, or without one the middle of the range.
 */
export type ActionSpace =
  | { readonly space: "discrete"; readonly names: readonly string[] }
  | { readonly space: "discrete"; readonly count: number }
  | { readonly space: "multiDiscrete"; readonly counts: readonly number[] }
  | {
    readonly space: "box";
    readonly length: number;
    /** One for all numbers, or a list of `length`. */
    readonly low: number | readonly number[];
    readonly high: number | readonly number[];
    readonly integer?: boolean;
    readonly default?: number | readonly number[];
  };

/** What the world needs to begin an episode. */
export interface Setup<Data = WorldData> {
  /** The next random number in `[0, 1)` of the episode: the same for all agents of a cycle. In `begin` and `act` only. */
  random(): number;
  /** The next random number in `[0, 1)` of the layout: the same for all agents of an epoch. Likewise. */
  layout(): number;
  /** The environment's settings by name, as declared in `world.ts`. */
  readonly environment: Readonly<Record<string, number>>;
  /** Steps that the episode may last. */
  readonly steps: number;
  /** How many active genes cost something in each step; genes of phase `birth` cost nothing. */
  readonly genes: number;
  /** Which instance of the problem this episode is of: those to train on count from 0, those to test with come after them; 0 in a world without instances. */
  readonly instance: number;
  /** What is in the files of the template's folder `data`, by their names: plain JSON that is frozen all through. */
  readonly data: Data;
}

/** What is in the files of a template's folder `data`, by their names. */
// deno-lint-ignore no-explicit-any -- what a file holds is the template's own business
export type WorldData = Readonly<Record<string, any>>;

/**
 * A problem to act in, written by the template's author in `world.ts`.
 *
 * All are exported functions of `world.ts`, the last three if it has them; it exports the constant `world`
 * ({@linkcode WorldSettings}) as well. The orchestrator runs the same functions once more when it judges,
 * in a process without permissions, so they must depend on nothing but their arguments.
 */
export interface World<State = unknown, Action = number> {
  /** Makes the state in which an episode begins. */
  begin(setup: Setup): State;
  /**
   * Tells what an agent perceives: finite numbers by name, or what `observation` declares. It changes nothing, since the
   * judge does not call it.
   */
  perceive(state: State): Readonly<Record<string, number | readonly number[]>>;
  /** Applies an action, changes the state, and returns the reward, a finite number: more is better. */
  act(state: State, action: Action): number;
  /** Whether the episode is over before its last step. */
  finished(state: State): boolean;
  /** Judges the episode: a score of at least 0, or its declared objectives, and any further measures by name. */
  judge(state: State): Judgement | ObjectiveJudgement;
  /**
   * Tells genes of the whole episode, once after `begin`: finite numbers, lists and records of them. It changes nothing,
   * since the judge does not call it.
   */
  inform?(state: State): unknown;
  /** Says what a point is worth: a number, or a list of numbers, of the world's own meaning. It changes nothing. */
  // deno-lint-ignore no-explicit-any -- a world that is given lists need not ask whether it is given numbers
  probe?(state: State, point: any): Probed;
  /** What was found, for the user's own program: plain JSON of at most 1 MiB. Called after `judge`, by the judge alone. */
  answer?(state: State): unknown;
}

/**
 * How the state of an episode is drawn, written by the template's author in `view.ts`: it exports this function, and the
 * constant `area` ({@linkcode ViewArea}) if it has one. It is run on a playing of its own after judging, so that no score
 * depends on it.
 */
export interface View<State = unknown> {
  /** What there is to see in a state: at most 2,000 shapes, later ones over earlier ones. It draws no random number. */
  view(state: State): readonly Shape[];
}

/**
 * The part of the world's plane that is seen, in the world's units: a literal constant of `view.ts`. Absent: what all frames
 * of an episode have in them. Both axes have the same scale.
 */
export interface ViewArea {
  /** Its left edge; x grows to the right. */
  readonly x: number;
  /** Its upper edge; y grows downwards, as rows do. */
  readonly y: number;
  /** More than 0. */
  readonly width: number;
  /** More than 0. */
  readonly height: number;
}

/**
 * Something to see. All numbers are finite and up to 1e12 in magnitude, in the world's units unless they say otherwise; texts
 * have at most 200 characters, the lines of a frame at most 20,000 points, and all different shapes of an episode come to at most
 * 64 MiB as JSON.
 */
export type Shape =
  | (ShapeLook & {
    readonly shape: "circle";
    /** Its centre. */
    readonly x: number;
    readonly y: number;
    /** At least 0. */
    readonly radius: number;
  })
  | (ShapeLook & {
    readonly shape: "line";
    /** At least one; the first one again at the end makes it closed. */
    readonly points: readonly (readonly [x: number, y: number])[];
    /** How wide it is drawn. @default a thin line, however large the area is */
    readonly width?: number;
  })
  | (ShapeLook & {
    readonly shape: "cell";
    /** Its upper left corner. */
    readonly x: number;
    readonly y: number;
    /** At least 0. */
    readonly width: number;
    readonly height: number;
  })
  | (ShapeLook & {
    readonly shape: "text";
    /** Where it begins, on the line that it stands on. */
    readonly x: number;
    readonly y: number;
    readonly text: string;
    /** The height of its letters. @default a thirtieth of the area's longer side */
    readonly size?: number;
  });

/**
 * What all shapes may have.
 *
 * @internal
 */
interface ShapeLook {
  /** @default "ink" */
  readonly color?: ShapeColor;
  /** Shown where a pointer rests on it; at most 200 characters. */
  readonly label?: string;
}

/**
 * A colour by its name: `ink` is that of writing, `faint` one for grounds and grids, the others stand out on both of them. Or a
 * whole number from 0 on, for as many groups as there are: the eight colours from `blue` to `brown`, in this order and again.
 * Each of them looks as it should in light and in dark.
 */
export type ShapeColor =
  | "ink"
  | "grey"
  | "faint"
  | "blue"
  | "orange"
  | "green"
  | "red"
  | "purple"
  | "teal"
  | "pink"
  | "brown"
  | number;

/** The judgement of one episode. */
export interface Judgement {
  /** At least 0 and finite; more is better. */
  readonly score: number;
  /** Further finite measures by name, at most 32. */
  readonly measures: Readonly<Record<string, number>>;
}

/** The judgement of one episode in a world that declares objectives. */
export interface ObjectiveJudgement {
  /** Each objective that is declared, by its name: finite, up to 1e12 in magnitude. */
  readonly objectives: Readonly<Record<string, number>>;
  /** How far it breaks what must hold, at least 0. @default 0, which is feasible */
  readonly violation?: number;
  /** Further finite measures by name, at most 32. @default none */
  readonly measures?: Readonly<Record<string, number>>;
}

/** What is to be as small or as large as can be. */
export interface Objective {
  /** Its name, as `judge` gives it. */
  readonly name: string;
  /** Whether less or more is better. */
  readonly sense: "minimise" | "maximise";
}

/** What an episode came to, as the judge hands it on. */
export interface JudgedEpisode {
  /** The first objective, more is better: its sign is turned where it is to be minimised. */
  readonly score: number;
  /** The world's measures, and its objectives as the world gives them. */
  readonly measures: Readonly<Record<string, number>>;
  /** Values of the objectives in the order of their declaration, as the world gives them; absent where none are declared. */
  readonly objectives?: readonly number[];
  /** How far it breaks what must hold; absent where it does not. */
  readonly violation?: number;
}

/** The constant `world` of `world.ts`: read from the syntax tree, never evaluated. */
export interface WorldSettings {
  /** Names of the actions; an action is its index. What no gene decides is action 0. Instead of `action`. */
  readonly actions?: readonly string[];
  /** The space of the actions, instead of `actions`. */
  readonly action?: ActionSpace;
  /** What `perceive` gives: 1 for a number, else the length of a list. Absent: numbers by any names. */
  readonly observation?: Readonly<Record<string, number>>;
  /** What `judge` gives, the one that selection goes by first; absent: a score, to be maximised. 1 to 8. */
  readonly objectives?: readonly Objective[];
  /** Probes of an episode, 1 to 10,000,000; the world exports `probe`. */
  readonly probes?: number;
  /**
   * What genes' random numbers come from: of each evaluation anew, or the same for the same genome and episode.
   *
   * @default "evaluation"
   */
  readonly randomness?: "evaluation" | "genome";
  /** Phases of a step in their order; `act` must be among them, `birth` and `end` must not. */
  readonly phases: readonly string[];
  /** Steps of an episode, 1 to 100,000. */
  readonly steps: number;
  /**
   * Judged episodes of a cycle, 1 to 64. In a world with instances: how many of those to train on an evaluation draws, each
   * at most once and the same for all agents of a cycle, 1 to 1,024.
   *
   * @default In a world with instances all of them, in order.
   */
  readonly episodes?: number;
  /** How many instances the problem has, each 1 to 1,000,000; a number: to train on alone. @default none: episodes are random */
  readonly instances?: number | { readonly train: number; readonly test?: number };
  /** Whether a genome's score is noisy, so that an unchanged one is judged again each cycle. */
  readonly noisy: boolean;
  /** Whether memory lasts for an episode or for the agent's lifetime. */
  readonly memory: "episode" | "lifetime";
  /** Environments by name, each a record of numbers; the configuration chooses, the first is the default. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** One active gene, as the wiring lists it. */
export interface WiredGene {
  /** Its name, such as `"src/rl.ts#learn"`. */
  readonly name: string;
  /** Its function. */
  readonly run: Gene;
  /** The parameters of its file; lists are frozen. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** What `mod.ts` exports: the active genes by phase, sorted by name in each. */
export interface Wiring {
  /** The active genes of each phase, sorted by name. */
  readonly phases: Readonly<Record<string, readonly WiredGene[]>>;
  /** Names of all active genes, those without a phase included, sorted. */
  readonly active: readonly string[];
}

/** What `main.ts` hands to the runtime. */
export interface Agent {
  /** The active genes. */
  readonly wiring: Wiring;
  /** The world that it acts in. */
  // deno-lint-ignore no-explicit-any -- the state is the world's own business
  readonly world: World<any, any> & { readonly world: WorldSettings };
}

/** A world and how it is drawn, as the program that draws holds them. */
export interface ViewedWorld {
  /** The world whose states are drawn. */
  readonly world: Agent["world"];
  /** What its template's `view.ts` exports. */
  // deno-lint-ignore no-explicit-any -- the state is the world's own business
  readonly view: View<any>["view"];
}

/** What was drawn of one episode: each different shape once, so that what stands still is there once. */
export interface EpisodeFrames {
  /** Each shape once. */
  readonly shapes: readonly Shape[];
  /** In the order of their steps, the states of the beginning and of the end among them. */
  readonly frames: readonly Frame[];
}

/** One state of an episode as it is seen. */
export interface Frame {
  /** How many actions had been applied. */
  readonly step: number;
  /** Places of its shapes in the list of the episode's; later ones are drawn over earlier ones. */
  readonly shapes: readonly number[];
}

/** One world to act in: what an episode begins with. */
export interface WorldSeed {
  /** 32 hexadecimal digits. */
  readonly seed: string;
  /** 32 hexadecimal digits. */
  readonly layout: string;
  /** Settings of the environment. */
  readonly environment: Readonly<Record<string, number>>;
  /** Most steps that it may last. */
  readonly steps: number;
  /** Which instance of the problem it is; absent in a world without instances. */
  readonly instance?: number;
}

/** What the pool offers, as an agent may know it: names and ranges. */
export interface PoolCatalogue {
  /** The gene files, sorted by path, each with its genes and their parameters. */
  readonly files: readonly {
    readonly path: string;
    readonly functions: readonly string[];
    readonly parameters: readonly PoolParameter[];
  }[];
}

/** The one line that an agent's process reads. */
export interface AgentRequest {
  /** Of this format. */
  readonly version: 1;
  /** `judged`: the cycle's episodes and then phase `end`; `gestation`: phase `birth` alone. */
  readonly kind: "judged" | "gestation";
  /** Repeated in the reply, so that a reply can't be taken for another's. 32 hexadecimal digits. */
  readonly token: string;
  /** Root of the agent's random streams in this cycle: 32 hexadecimal digits. */
  readonly seed: string;
  /** The worlds of the judged episodes, in order; empty for a gestation. */
  readonly worlds: readonly WorldSeed[];
  /** The bytes of `genome.bin` in base64. */
  readonly genome: string;
  /** What genomes may choose from. */
  readonly pool: PoolCatalogue;
  /** Genomes of the other parents in base64; empty unless this is a gestation. */
  readonly mates: readonly string[];
  /** What is recorded of the agent; genomes in base64. */
  readonly past: {
    readonly scores: readonly number[];
    readonly present: readonly number[];
    /** Null where there is no best. */
    readonly bestScore: number | null;
    /** Base64, or null. */
    readonly best: string | null;
  };
  /** Memory of the lifetime: `[file, key, value]`, empty unless the world says `memory: "lifetime"`. */
  readonly memory: readonly MemoryEntry[];
  /** Mail that has come in, oldest first. */
  readonly inbox: readonly Message[];
  /** How many agents mail can be sent to: addresses are 0 to one less. */
  readonly addresses: number;
  /** Root of genes' random streams in episodes, where these come from the genome: 32 hexadecimal digits. */
  readonly genomeSeed?: string;
  /** Whether it is looked whether the world's probes change it, which nothing else depends on. @default false */
  readonly checks?: boolean;
  /** Most steps to record, in all episodes together, which nothing else depends on. @default none is recorded */
  readonly trace?: number;
}

/** A number or a list that a gene file stored under a key. */
export type MemoryEntry = readonly [file: string, key: string, value: number | readonly number[]];

/** The actions of an episode: numbers, or lists of them; of a box, its numbers in base64 of little-endian Float64. */
export type Evidence = readonly number[] | readonly (readonly number[])[] | string;

/** The one line that an agent's process writes. */
export interface AgentReply {
  /** Of this format. */
  readonly version: 1;
  /** That of the request. */
  readonly token: string;
  /** The actions of each episode, in order. */
  readonly evidence: readonly Evidence[];
  /** The genome that the agent decided on in base64, or null where it is unchanged. */
  readonly genome: string | null;
  /** What memory of the lifetime holds from now on. */
  readonly memory: readonly MemoryEntry[];
  /** Mail that is sent: to which address, and what. */
  readonly outbox: readonly { readonly address: number; readonly body: readonly number[] }[];
  /** How many actions were missing or out of their space; absent: none. */
  readonly invalid?: number;
  /** Whether a gene drew a random number in an episode though the world is not noisy; absent: none did. */
  readonly drew?: true;
  /** Its steps, where they were asked for: fewer than that where they would hold too much. */
  readonly trace?: readonly TracedStep[];
}

/** A step of an episode, as genes took it. */
export interface TracedStep {
  /** Number of the episode, from 0. */
  readonly episode: number;
  /** Number of the step within the episode, from 0. */
  readonly timestep: number;
  /** What was perceived. */
  readonly perception: Readonly<Record<string, number | readonly number[]>>;
  /** The genes in the order in which they were called; where one threw it is the last one. */
  readonly genes: readonly TracedGene[];
  /** The weight of each action, after all votes; absent where there are none. */
  readonly votes?: readonly number[];
  /** The action that was taken; absent where the evaluation has failed before. */
  readonly action?: Action;
  /** Whether that had to be put in the place of one that was missing or out of the space; absent: it was not. */
  readonly invalid?: true;
  /** What it was worth; absent where the evaluation has failed before. */
  readonly reward?: number;
}

/** What a gene did in a step. */
export interface TracedGene {
  /** Its name, such as `"src/rl.ts#learn"`. */
  readonly gene: string;
  /** The phase in which it was called. */
  readonly phase: string;
  /** Time that it took, in milliseconds; 0 in an engine without a clock. */
  readonly ms: number;
  /** Its votes: actions, and by how much the weight of each has changed. */
  readonly votes?: readonly (readonly [action: number, weight: number])[];
  /** Signals that it emitted, in order. */
  readonly emitted?: readonly (readonly [name: string, value: number | readonly number[]])[];
  /**
   * In phase `act`: the number that it returned, null where that is not finite; or the list, as the action was taken from
   * it. Absent where it returned neither.
   */
  readonly returned?: Action | null;
  /** Probes that it made; absent: none. */
  readonly probes?: number;
  /** Random numbers that it drew; absent: none. */
  readonly draws?: number;
}

/** The line that an agent's process writes instead, with exit code 3, when its evaluation failed. */
export interface AgentError {
  /** Of this format. */
  readonly version: 1;
  /** That of the request, or empty where there was none. */
  readonly token: string;
  /** What went wrong. */
  readonly error: {
    /** `stack` and `memory` are limits of the machine: such an end is not reproducible. */
    readonly code: "crash" | "stack" | "memory" | "world" | "request";
    /** One sentence, the same in every engine, such as `src/rl.ts#learn threw a TypeError`. */
    readonly message: string;
    /** What the engine or the gene said; it differs between engines, so nothing may depend on it. */
    readonly detail: string;
  };
  /** The actions up to the failure, of each episode that was begun; empty unless the code is `world`. */
  readonly evidence: readonly Evidence[];
  /** The point over which `probe` failed; absent where it is not what failed. */
  readonly point?: number | readonly number[];
  /** Its steps, where they were asked for: the last one is that in which it failed. */
  readonly trace?: readonly TracedStep[];
}

/** What a genome chooses of a pool's genes, in numbers. */
export interface GeneChoice {
  /** Places of the active genes among all genes of the pool, sorted by file and name; ascending. */
  readonly active: readonly number[];
  /**
   * The numbers of each file of the pool, in the order of the catalogue, those of a list one after another; empty for a
   * file that is switched off.
   */
  readonly parameters: readonly (readonly number[])[];
}

/** A gene as a program holds it that holds all of a pool. */
export interface SharedGene {
  /** Its name, such as `"src/rl.ts#learn"`. */
  readonly name: string;
  /** When it is called; absent: only other genes call it. */
  readonly phase?: string;
  /** Its function. */
  readonly run: Gene;
}

/** All genes of a pool, sorted by file and name, and its world. */
export interface GenePool {
  /** All genes, sorted by file and name. */
  readonly genes: readonly SharedGene[];
  /** The world. */
  readonly world: Agent["world"];
}

/** The first line to a process that many agents share: what all their evaluations have in common. */
export interface SharedInputs {
  /** What genomes may choose from. */
  readonly pool: PoolCatalogue;
  /** The worlds of the judged episodes, in order. */
  readonly worlds: readonly WorldSeed[];
}

/** Each further line: what is one evaluation's own. */
export type HostedRequest = Omit<AgentRequest, "pool" | "worlds"> & { readonly chosen: GeneChoice };

/**
 * A short line to a program that is to serve evaluation after evaluation. As the first line, of kind `resident`, it makes it one; a
 * `heartbeat` asks whether it still answers, `end` asks it to end. Further lines are of type `AgentRequest`.
 */
export interface ResidentRequest {
  /** Of this format. */
  readonly version: 1;
  /** What the line is for. */
  readonly kind: "resident" | "heartbeat" | "end";
  /** Of this start alone in the first line; of this line alone afterwards. */
  readonly nonce: string;
}

/** The line with which a resident answers its first line and each heartbeat. */
export interface ResidentReply {
  /** Of this format. */
  readonly version: 1;
  /** That of its start. */
  readonly resident: string;
  /** That of the line that it answers. */
  readonly nonce: string;
}

/** One line to the judge: what is to be judged. */
export interface JudgeRequest {
  /** Repeated in the reply. */
  readonly token: string;
  /** The worlds of the episodes, in order. */
  readonly worlds: readonly WorldSeed[];
  /** Active genes that cost something, as the orchestrator counts them. */
  readonly genes: number;
  /** The actions of each episode, in order. */
  readonly evidence: readonly Evidence[];
  /** Whether the world failed in the end, so that it is to fail again over the same actions. @default false */
  readonly failed?: boolean;
  /** The point over which its `probe` failed then. */
  readonly point?: number | readonly number[];
  /** Whether its answers are asked for. @default false */
  readonly answer?: boolean;
  /**
   * How many frames are asked for of each episode at most, 1 to 500, sampled evenly: of one the last, else the first and the
   * last among them. The program that draws alone heeds it. @default none
   */
  readonly view?: number;
}

/** One line from the judge, or from the program that draws. */
export type JudgeReply =
  | {
    readonly token: string;
    readonly ok: true;
    readonly judgements: readonly JudgedEpisode[];
    /** What the world's `answer` gave for each episode; absent unless it was asked for. */
    readonly answers?: readonly unknown[];
    /** What was drawn of each episode; absent unless it was asked for. */
    readonly frames?: readonly EpisodeFrames[];
  }
  | { readonly token: string; readonly ok: false; readonly code: string; readonly message: string };
