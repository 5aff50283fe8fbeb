/** A run in a temporary folder whose kit is written by hand, so that what is cut from it can do what no gene may. */

import type { AnyRecord } from "../../../lib/records/record.ts";
import { sha256 } from "../../../lib/util/hash.ts";
import { agentId } from "../../../lib/run/id.ts";
import { Listing, type Row } from "../../../lib/db/listing.ts";
import { type RunPaths, runPaths } from "../../../lib/run/paths.ts";
import { buildHash, buildKey } from "../../../lib/db/build_key.ts";
import { keepRuntime } from "../../../lib/db/known_runtime.ts";
import { putStatement } from "../../../lib/db/signed_statements.ts";
import { reachOf } from "../../../lib/genome/reach.ts";
import { wire } from "../../../lib/wiring/wiring.ts";
import type { Kit } from "../../../lib/toolchain/kit.ts";
import { judgeName, kitName } from "../../../lib/toolchain/programs.ts";
import { ensureKeys } from "../../../lib/signing/keys.ts";
import { buildPolicy } from "../../../lib/toolchain/policy.ts";
import { manifestPath } from "../../../lib/template/pool_store.ts";
import { runtimeHash } from "../../../lib/wiring/runtime_hash.ts";
import { loadSigner } from "../../../lib/signing/sign.ts";
import { programPath } from "../../../lib/signing/store.ts";
import { controlGenome } from "../../../lib/genome/control.ts";
import { toBytes } from "../../../lib/runtime/genome_bytes.ts";
import type { Pool, WorldDraw } from "../../../lib/genome/pool.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import type { IsolationName } from "../../../lib/isolation/names.ts";
import type { Counts, StepContext } from "../../../lib/step/context.ts";
import { Stages } from "../../../lib/step/stages.ts";
import { supervise } from "../../../lib/steps/supervise/supervise.ts";

const poolHash = "a".repeat(64);
const worldHash = "b".repeat(64);
/** What the runtime is bundled to. */
export const madeRuntime = "d".repeat(64);

/** How many agents a run may have. */
const mostAgents = 64;

/** What the body of every gene begins with: `request`, the honest `reply` to it, and `say` to write a line. */
const prelude = `
Deno.stdout.writeSync(new TextEncoder().encode("ready\\n"));
const chunks = [], buffer = new Uint8Array(65536);
let text = "";
const decoder = new TextDecoder();
for (let n; (n = Deno.stdin.readSync(buffer)) !== null;) text += decoder.decode(buffer.subarray(0, n), { stream: true });
const request = JSON.parse(text);
const write = (text) => {
  let left = new TextEncoder().encode(text);
  while (left.length > 0) left = left.subarray(Deno.stdout.writeSync(left));
};
const say = (value) => write(JSON.stringify(value) + "\\n");
const reply = {
  version: 1, token: request.token, evidence: request.worlds.map((world) => Array(world.steps).fill(1)),
  genome: null, memory: [], outbox: [],
};
`;

/** Behaviours of agents, each the text of a gene that is a whole program, after {@linkcode prelude}. */
export const behaviours = {
  honest: "say(reply);",
  throws: 'throw new Error("no \\u001b[31mluck");',
  tells: 'say({ version: 1, token: request.token, error: { code: "crash", message: "src/a.ts#run threw a TypeError", ' +
    'detail: "x is not a function" }, evidence: [] }); Deno.exit(3);',
  fails: 'say({ version: 1, token: request.token, error: { code: "world", message: "world.ts#act threw a TypeError", ' +
    'detail: "" }, evidence: [[1, 1]] }); Deno.exit(3);',
  failsWorld:
    'say({ version: 1, token: request.token, error: { code: "world", message: "world.ts#act threw a TypeError", ' +
    'detail: "" }, evidence: [[1, 666]] }); Deno.exit(3);',
  loops: "for (;;);",
  heap: "const all = []; for (;;) all.push(new Array(100000).fill(all.length));",
  buffers: "const all = []; for (;;) all.push(new Uint8Array(50_000_000).fill(1));",
  crowds: 'new Worker("data:text/javascript,setInterval(() => {}, 1e9)", { type: "module" });',
  waits: "await new Promise((done) => setTimeout(done, 1e8));",
  floods: 'for (;;) write("x\\n".repeat(1000));',
  opens:
    'for (let i = 0; i < 50; i++) new Worker("data:text/javascript,setInterval(() => {}, 1e9)", { type: "module" });',

  endless: 'for (;;) write("x".repeat(1000));',
  errors: "const line = new Uint8Array(60000).fill(65); for (;;) Deno.stderr.writeSync(line);",
  garbage: "write(String.fromCharCode(0, 1, 2, 200) + '\\n');",
  silent: "",
  twice: "say(reply); say(reply);",
  forges: 'say({ ...reply, token: "0".repeat(32) });',
  // In a race there is no one to write to.
  balks: 'if (request.addresses === 0) throw new Error("no race"); say(reply);',
  stalls: "if (request.addresses === 0) for (;;); say(reply);",
  fades: "if (request.addresses === 0) for (const one of reply.evidence) one.length = 1; say(reply);",
  cheats: "reply.evidence[0][0] = 13; say(reply);",
  breaksWorld: "reply.evidence[0][0] = 7; say(reply);",
  endsJudge: "reply.evidence[0][0] = 666; say(reply);",
  changes: 'if (request.genome.length < 200) reply.genome = btoa(atob(request.genome) + "!"); say(reply);',
  remembers:
    'reply.memory = [["src/a.ts", "n", request.memory.length === 0 ? 1 : request.memory[0][2] + 1]]; say(reply);',
  writes: "reply.outbox = [...Array(request.addresses).keys()].map((address) => ({ address, body: [address, 7] })); " +
    "say(reply);",
  pries: `const tried = {
    read: () => Deno.readTextFileSync("/etc/hostname"), write: () => Deno.writeTextFileSync("/tmp/pried", ""),
    env: () => Deno.env.get("HOME"), run: () => new Deno.Command("/bin/true").outputSync(),
    sys: () => Deno.hostname(), kill: () => Deno.kill(Deno.ppid), net: () => Deno.listen({ port: 0 }),
    eval: () => eval("1"), storage: () => localStorage.setItem("a", "b"),
  };
  const refused = Object.keys(tried).filter((name) => { try { tried[name](); } catch { return true; } });
  if (refused.length < Object.keys(tried).length) throw new Error("it can do more than " + refused);
  say(reply);`,
} as const;

/** The name of a behaviour. */
export type Behaviour = keyof typeof behaviours;

const judge = `
Deno.stdout.writeSync(new TextEncoder().encode("ready\\n"));
let text = "";
const buffer = new Uint8Array(65536), decoder = new TextDecoder();
const verdict = ({ token, evidence, genes, failed }) => {
  const all = evidence.flat();
  if (all.includes(7)) return { token, ok: false, code: "world", message: "world.ts#judge must give a score" };
  if (failed && !all.includes(666)) return { token, ok: false, code: "evidence", message: "the world does not fail" };
  if (all.includes(13)) return { token, ok: false, code: "evidence", message: "13 is no action" };
  if (all.includes(666)) Deno.exit(1);
  const judgements = evidence.map((one, i) => ({ score: one.length + i, measures: { genes, length: one.length } }));
  return { token, ok: true, judgements };
};
for (let n; (n = Deno.stdin.readSync(buffer)) !== null;) {
  text += decoder.decode(buffer.subarray(0, n), { stream: true });
  const lines = text.split("\\n");
  text = lines.pop();
  for (const line of lines) Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(verdict(JSON.parse(line))) + "\\n"));
}
`;

/** What differs between made runs. */
export interface MadeOptions {
  readonly noisy?: boolean;
  /** What its world draws, where it is not noisy. */
  readonly worldDraws?: readonly WorldDraw[];
  readonly memory?: "episode" | "lifetime";
  readonly episodes?: number;
  /** What the control does. @default "honest" */
  readonly control?: Behaviour;
  /** Parts of `config.json`. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A run with grown, built agents in an open cycle 1. */
export class MadeRun {
  readonly paths: RunPaths;
  readonly records: AnyRecord[] = [];
  /** Tells the step whether it was interrupted. */
  signal: Pick<AbortSignal, "aborted"> = new AbortController().signal;
  concurrency = 2;
  isolation: IsolationName | undefined;
  readonly #behaviours: Behaviour[] = [];
  readonly #options: MadeOptions;

  constructor(root: string, options: MadeOptions = {}) {
    this.paths = madePaths(root);
    this.#options = options;
  }

  static async make(agents: readonly Behaviour[], options: MadeOptions = {}): Promise<MadeRun> {
    const run = new MadeRun(await Deno.makeTempDir({ prefix: "evolve-supervise-" }), options);
    const { paths } = run;
    for (const folder of [paths.agents, paths.store, `${paths.template}/pools`]) {
      await Deno.mkdir(folder, { recursive: true });
    }
    await ensureKeys(paths);
    await Deno.writeTextFile(manifestPath(paths, poolHash), JSON.stringify(poolOf(options)));
    if (options.config) await Deno.writeTextFile(paths.config, JSON.stringify(options.config));
    using listing = Listing.open(paths.listing, { create: true });
    keepRuntime(listing, await runtimeHash(), madeRuntime);
    for (const [key, value] of [["seed", "7"], ["pool", poolHash], ["size", `${agents.length}`]] as const) {
      listing.setMeta(key, value);
    }
    await run.#store(listing, judgeName, judge);
    await run.#sign(listing, controlGenome(poolOf(options)), { version: 1, files: [] });
    for (const [index, behaviour] of agents.entries()) await run.add(listing, index, behaviour);
    listing.run("INSERT INTO cycles (cycle, state) VALUES (1, 'open')");
    return run;
  }

  /** Adds an agent whose one gene is a program of its own. */
  async add(listing: Listing, index: number, behaviour: Behaviour): Promise<string> {
    const id = agentId("7", "init", index);
    const genome = toBytes(genomeOf(index));
    this.#behaviours[index] = behaviour;
    await this.#store(listing, kitName(poolHash), this.#kit());
    const { genomeHash, reach, key, hash } = await this.#sign(listing, genome, genomeOf(index));
    listing.putBlob(genomeHash, "genome", genome);
    await Deno.mkdir(`${this.paths.agents}/${id}`);
    await Deno.writeFile(`${this.paths.agents}/${id}/genome.bin`, genome);
    listing.run(
      `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, genome_hash, code_hash, genome_ok, stamp,
          reach, build_key, built_from, build_hash, energy)
        VALUES (?, ?, 'active', 'init', 'adult', 0, 0, ?, ?, 1, 'code genome', ?, ?, ?, ?, 100)`,
      index,
      id,
      genomeHash,
      poolHash,
      reach,
      key,
      `${genomeHash}:${reach}:${madeRuntime}`,
      hash,
    );
    return id;
  }

  /** Signs for an agent's genome that it is built as something else, and lists it so. */
  async misstate(index: number): Promise<void> {
    using listing = this.listing();
    const { id, genome_hash } = this.agent(index);
    const hash = await sha256("something else");
    await this.#state(listing, hash, genome_hash as string);
    listing.run("UPDATE agents SET build_hash = ? WHERE id = ?", hash, id as string);
  }

  /** A kit whose carrier does nothing but call the one gene of an agent; the control has none, and a behaviour all the same. */
  #kit(): string {
    const programs = [this.#options.control ?? "honest" as Behaviour, ...this.#behaviours];
    const parts = programs.map((behaviour, i) => ({
      text: `async function run${i - 1 < 0 ? "Control" : i - 1}() {\n${prelude}${behaviours[behaviour]}\n}\n`,
      module: "src/a.ts",
      needs: [],
    }));
    const names = programs.map((_, i) => i === 0 ? "runControl" : `run${i - 1}`);
    return JSON.stringify(
      {
        carrier: `var carrier = { start(load) {
        load(({ wiring, world }) => (wiring.phases.act ? wiring.phases.act[0].run : world.act)());
      } };`,
        module: "",
        pool: {
          parts,
          places: Object.fromEntries(names.map((name, place) => [name, place])),
          genes: Object.fromEntries(names.map((name) => [`src/a.ts#${name}`, name])),
          world: { text: "{ act: runControl }", names: ["runControl"] },
        },
      } satisfies Kit,
    );
  }

  async #sign(listing: Listing, bytes: Uint8Array, genome: Genome) {
    const pool = poolOf(this.#options);
    const genomeHash = await sha256(bytes);
    const reach = await reachOf(genome, pool);
    const key = await buildKey(wire(genome, pool), reach);
    const hash = await buildHash(key, madeRuntime);
    await this.#state(listing, hash, genomeHash);
    return { genomeHash, reach, key, hash };
  }

  async #store(listing: Listing, name: string, program: string): Promise<void> {
    const artifact = await sha256(program);
    const place = programPath(this.paths.store, artifact);
    await Deno.mkdir(place.slice(0, place.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(place, program);
    listing.run("DELETE FROM statements WHERE genome = ?", name);
    await this.#state(listing, artifact, name);
  }

  async #state(listing: Listing, artifact: string, genome: string): Promise<void> {
    const statement = { artifact, genome, runtime: madeRuntime, world: worldHash, policy: buildPolicy };
    const signature = await (await loadSigner(this.paths.privateKey)).sign(statement);
    putStatement(listing, { ...statement, signature });
  }

  /** Supervises, and gives the counts and the records of just this time. */
  async supervise(ids?: ReadonlySet<string>): Promise<{ counts: Counts; records: AnyRecord[] }> {
    this.records.length = 0;
    const counts = await supervise(madeStep(this, ids), { concurrency: this.concurrency, isolation: this.isolation });
    return { counts, records: [...this.records] };
  }

  /** Opens the next cycle, as `select` and `scan` would. */
  nextCycle(): void {
    using listing = this.listing();
    listing.run("UPDATE cycles SET state = 'closed'");
    listing.run("INSERT INTO cycles (cycle, state) SELECT max(cycle) + 1, 'open' FROM cycles");
  }

  listing(): Listing {
    return Listing.open(this.paths.listing);
  }

  /** Rows of a query. */
  rows(sql: string): Row[] {
    using listing = this.listing();
    return listing.all(sql).map((row) => ({ ...row }));
  }

  /** The row of the agent that was added as the `index`th. */
  agent(index: number): Record<string, unknown> {
    return this.rows(`SELECT * FROM agents WHERE ordinal = ${index}`)[0]!;
  }

  /** Outcomes of all evaluations in the order of the agents. */
  outcomes(): unknown[] {
    return this.rows("SELECT e.outcome FROM evaluations e JOIN agents a ON a.id = e.agent ORDER BY e.cycle, a.ordinal")
      .map((row) => row.outcome);
  }

  /** SHA-256 of the `genome.bin` of each agent, in their order. */
  async genomes(): Promise<string[]> {
    const ids = this.rows("SELECT id FROM agents ORDER BY ordinal").map((row) => row.id as string);
    return await Promise.all(
      ids.map(async (id) => sha256(await Deno.readFile(`${this.paths.agents}/${id}/genome.bin`))),
    );
  }

  /** All that a run came to, apart from times: equal runs have equal texts. */
  async digest(): Promise<string> {
    const tables = [
      "SELECT * FROM agents ORDER BY ordinal",
      `SELECT cycle, agent, kind, genome_hash, build_hash, inputs, outcome, message, score, scores, measures,
        evidence_hash, genome_after, reproducible FROM evaluations ORDER BY cycle, agent, kind`,
      "SELECT * FROM inboxes ORDER BY agent, position",
      "SELECT * FROM outbox ORDER BY cycle, sender, line",
      "SELECT * FROM memories ORDER BY agent",
      "SELECT * FROM cycles ORDER BY cycle",
      "SELECT hash, kind FROM blobs ORDER BY hash",
      "SELECT * FROM pending_files",
    ];
    return JSON.stringify([tables.map((sql) => this.rows(sql)), await this.genomes()]);
  }
}

/** A step that keeps its records in memory. */
export function madeStep(run: MadeRun, ids?: ReadonlySet<string>): StepContext {
  const silent = () => {};
  return {
    name: "supervise",
    paths: run.paths,
    args: [],
    workers: 2,
    format: "ndjson",
    forPeople: false,
    quiet: false,
    logLevel: "error",
    signal: run.signal as AbortSignal,
    ids,
    durations: {},
    details: {},
    stages: new Stages(),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    emit: (record) => void run.records.push({ ...record }),
    print: silent,
    progress: silent,
    say: silent,
  };
}

function madePaths(root: string): RunPaths {
  const { root: from, ...paths } = runPaths("made");
  const moved = Object.entries(paths).map(([key, path]) => [
    key,
    path?.startsWith(from) ? root + path.slice(from.length) : path,
  ]);
  const keys = `${root}/workspace/keys`;
  return {
    ...Object.fromEntries(moved) as Omit<RunPaths, "root">,
    root,
    privateKey: `${keys}/private/signing.json`,
    publicKey: `${keys}/public/signing.json`,
    brokerKeys: `${keys}/nats`,
  };
}

function genomeOf(index: number): Genome {
  const functions = { [`run${index}`]: true };
  return { version: 1, files: [{ path: "src/a.ts", active: true, functions, parameters: { x: index } }] };
}

function poolOf({ noisy = true, worldDraws, memory = "episode", episodes = 2 }: MadeOptions): Pool {
  const functions = Array.from({ length: mostAgents }, (_, i) => `run${i}`).sort()
    .map((name) => ({ name, phase: "act", line: 1, lines: 1, complexity: 1, calls: [] }));
  const parameters = [{ name: "x", min: 0, max: 100, default: 0, scale: "linear" as const }];
  return {
    hash: poolHash,
    worldHash,
    ...(worldDraws && { worldDraws }),
    worldSource: "d".repeat(64),
    files: [{
      path: "src/a.ts",
      hash: "c".repeat(64),
      tokens: "c".repeat(64),
      imports: [],
      functions,
      parameters,
      lines: 9,
    }],
    world: {
      actions: ["stay", "go"],
      phases: ["act"],
      steps: 5,
      episodes,
      noisy,
      memory,
      environments: { plain: { food: 1 }, poor: { food: 0 } },
    },
  };
}
