/**
 * Keeps the residents of a run: starts, adopts, ends and starts again. There is one keeper a run at a time, and what it
 * is about to do stands in the listing before it does it.
 *
 * @module
 */

import { forgetDead, keepNoProcess } from "../../db/residents.ts";
import { deriveSeed, stream } from "../../runtime/random.ts";
import { refusedStart } from "../evaluate.ts";
import { endAll } from "./end_all.ts";
import { Entry, type Wanted } from "./entry.ts";
import { takeUp } from "./found.ts";
import { disabling, endOf, type ResidentEvent, ResidentEvents } from "./events.ts";
import type { KeeperParts } from "./parts.ts";
import { placeOf, removePlace, wordsOf } from "./place.ts";
import { endGroups } from "./processes.ts";
import { Resident } from "./resident.ts";
import { makePipes } from "./shell.ts";
import { absent, type Order } from "./state.ts";
import { keepResidents } from "./table.ts";

/** For how long all may take to end before they are ended by force, in milliseconds. */
const gracePeriodMs = 5000;

/** Keeps the residents of a run. To be used from the main thread, by the holder of the run's lock. */
export class Keeper {
  readonly #parts: KeeperParts;
  readonly #entries = new Map<string, Entry>();
  readonly #events: ResidentEvents;
  /** Whether back-offs are waited for. */
  #staying = false;
  #closing = false;
  /** What follows from ends and from back-offs that are over. */
  readonly #pending = new Set<Promise<void>>();
  readonly #refused = new AbortController();
  /** Aborted when nothing more is to be started. */
  readonly #stopped: AbortSignal;

  private constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#events = new ResidentEvents(parts.listing);
    this.#stopped = AbortSignal.any([parts.signal, this.refused]);
  }

  /** What happens to residents, until {@linkcode Keeper.close}. */
  get events(): ReadableStream<ResidentEvent> {
    return this.#events.stream;
  }

  /** Aborted, with what the step is to end with, when this machine does not start residents any more. */
  get refused(): AbortSignal {
    return this.#refused.signal;
  }

  /** Takes up what a former keeper has left. */
  static async open(parts: KeeperParts): Promise<Keeper> {
    Deno.mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
    const keeper = new Keeper(parts);
    const { entries, dead } = await takeUp(parts.listing, parts.folder, parts.limits);
    for (const entry of entries) {
      keeper.#entries.set(entry.agent, entry);
      if (entry.resident) keeper.#follow(entry, entry.resident);
    }
    for (const entry of dead) await keeper.#ended(entry, "ended while no supervisor kept it");
    return keeper;
  }

  /** How many of these agents have no process yet. */
  missing(wanted: ReadonlyMap<string, Wanted>): number {
    return [...wanted.keys()].filter((agent) => !this.#entries.get(agent)?.resident).length;
  }

  /** The entries of agents whose resident is up. */
  up(): Entry[] {
    return [...this.#entries.values()].filter(({ state }) => state.phase === "up");
  }

  /**
   * Makes residents be what is wanted: ends those that are not wanted, and those of another build; adopts what is there, and starts what
   * is missing and does not rest. Settles when each of them is up, or is not to be.
   *
   * @param wanted By agent; one that is missing is to have none.
   * @throws {StepFailed} If a resident ends before its program runs, twice: that is the machine's fault.
   */
  async want(wanted: ReadonlyMap<string, Wanted>): Promise<void> {
    for (const agent of wanted.keys()) {
      if (!this.#entries.has(agent)) this.#entries.set(agent, new Entry(agent, absent));
    }
    const orders = new Map<Entry, Order>();
    for (const entry of this.#entries.values()) {
      entry.wanted = wanted.get(entry.agent);
      // What is up stays as it is until its agent has been built anew.
      const stays = entry.resident !== undefined && entry.state.running === entry.wanted?.as;
      const as = stays || entry.wanted?.fresh ? entry.wanted!.as : undefined;
      const order = entry.happen({ type: "wanted", as }, this.#parts.options) ?? this.#rested(entry);
      if (order) orders.set(entry, order);
    }
    const having = (wanted: Order) => [...orders].filter(([, order]) => order === wanted).map(([entry]) => entry);
    await this.#endTogether(having("end"));
    await this.#prepare(having("start"));
    const queue = [...having("adopt"), ...having("start")].values();
    await Promise.all(Array.from({ length: this.#parts.atOnce }, async () => {
      for (const entry of queue) await this.#obey(entry, orders.get(entry)!);
    }));
    await this.settle();
    this.refused.throwIfAborted();
  }

  /** The entry of an agent whose resident runs this artifact and can evaluate now. */
  ready(agent: string, artifact: string): Entry | undefined {
    const entry = this.#entries.get(agent);
    return entry?.state.phase === "up" && entry.resident && entry.wanted?.artifact === artifact ? entry : undefined;
  }

  /** From now on a resident that is backed off is started again when that is over. */
  stay(): void {
    this.#staying = true;
    for (const entry of this.#entries.values()) if (entry.state.phase === "backoff") this.#wake(entry);
  }

  /** Waits until nothing more follows from what has happened, and keeps it. */
  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
    this.#save();
    this.#parts.listing.transaction(() => forgetDead(this.#parts.listing));
  }

  /** Ends all residents, gently, then by force; tells how many there were. */
  async end(): Promise<number> {
    this.#closing = true;
    for (const { timer } of this.#entries.values()) clearTimeout(timer);
    const { occupants } = await endAll(this.#parts.folder, gracePeriodMs);
    this.#save();
    this.#parts.listing.transaction(() => keepNoProcess(this.#parts.listing));
    return occupants.length;
  }

  /** Ends the stream of events. */
  close(): void {
    this.#events.close();
  }

  async #obey(entry: Entry, order: Order): Promise<void> {
    switch (order) {
      case "start":
        if (!entry.place) await this.#prepare([entry]);
        return await this.#start(entry);
      case "adopt":
        return await this.#adopt(entry);
      case "end":
        await entry.resident!.end("was not wanted any more");
        return await entry.over;
      case "backoff":
        if (this.#staying) this.#wake(entry);
    }
  }

  /** Gives starts their nonces and pipes, and records them. */
  async #prepare(entries: readonly Entry[]): Promise<void> {
    const { folder } = this.#parts;
    const starting = entries.filter(({ state, place }) => state.phase === "starting" && !place);
    for (const entry of starting) entry.place = placeOf(folder, crypto.randomUUID());
    for (const entry of starting) entry.changed = true;
    this.#save();
    await makePipes(starting.flatMap(({ place }) => [place!.in, place!.out]));
  }

  async #start(entry: Entry): Promise<void> {
    const { deno, limits, steps, options } = this.#parts;
    const refused = this.#stopped.aborted ? "The step was interrupted." : await entry.wanted?.prove();
    if (refused !== undefined || !entry.wanted) return this.#giveUp(entry);
    const { agent, place, wanted } = entry;
    const resident = entry.resident = Resident.start(place!, { agent, deno, artifact: wanted.path, limits, steps });
    this.#follow(entry, resident);
    // By the time that it is known not to be ready another one may have been started, whose end is not waited for.
    const { over } = entry;
    if (!await resident.isReady(options.startTimeoutSeconds * 1000)) return await over;
    this.#answered(entry, "started", Date.now());
  }

  async #adopt(entry: Entry): Promise<void> {
    const { over, resident } = entry;
    if (!await resident!.answers(this.#parts.options.heartbeatTimeoutSeconds * 1000, true)) return await over;
    this.#answered(entry, "adopted", entry.state.since);
  }

  #answered(entry: Entry, type: "started" | "adopted", at: number): void {
    entry.isSecondTry = false;
    entry.happen({ type: "answered", at }, this.#parts.options);
    this.#events.add(entry, { type });
  }

  /** There is nothing that may be started. */
  #giveUp(entry: Entry): void {
    entry.happen({ type: "wanted", as: undefined }, this.#parts.options);
    this.#excused(entry);
  }

  /** Takes note of an end that leaves no trace. */
  #excused(entry: Entry): Order | undefined {
    if (entry.place) removePlace(entry.place);
    entry.place = entry.resident = undefined;
    const end = { at: Date.now(), random: 0, counts: false };
    return entry.happen({ type: "ended", end, excused: true }, this.#parts.options);
  }

  /** Starts once more what ended before its program ran, which no agent brings about; twice is the machine's refusal. */
  async #unready(entry: Entry, how: string): Promise<void> {
    const words = await wordsOf(entry.place!);
    if (!entry.isSecondTry && !this.#stopped.aborted) {
      entry.isSecondTry = true;
      const order = this.#excused(entry);
      return order && await this.#obey(entry, order);
    }
    if (!this.#stopped.aborted) this.#refused.abort(refusedStart(`A resident ${how}${words && `: ${words}`}`));
    this.#giveUp(entry);
  }

  async #endTogether(entries: readonly Entry[]): Promise<void> {
    const processes = entries.map(({ resident }) => resident?.process).filter((process) => process !== undefined);
    await endGroups(processes, { gracePeriodMs: 0 });
    for (const { resident } of entries) resident?.isGone();
    await Promise.all(entries.map(({ over }) => over));
  }

  #follow(entry: Entry, resident: Resident): void {
    entry.over = resident.ended.then((how) => this.#closing ? undefined : this.#await(this.#judged(entry, how)));
  }

  /** Takes note of an end once it is known whether it counts. */
  async #judged(entry: Entry, how: string): Promise<void> {
    const { resident, verdict } = entry;
    if (entry.state.phase === "starting" && !await resident!.saidReady) return await this.#unready(entry, how);
    await this.#ended(entry, how, await verdict === false);
  }

  async #await(work: Promise<void>): Promise<void> {
    this.#pending.add(work);
    try {
      await work;
    } finally {
      this.#pending.delete(work);
    }
  }

  async #ended(entry: Entry, how: string, excused = false): Promise<void> {
    const { options, seed } = this.#parts;
    const { agent, place, resident, state } = entry;
    const words = place ? await wordsOf(place) : "";
    if (place) removePlace(place);
    const asked = state.phase === "ending";
    entry.place = entry.resident = undefined;
    const random = stream(deriveSeed(seed, "resident", agent, state.restarts))();
    const end = { at: Date.now(), random, counts: resident?.counts ?? false };
    const order = entry.happen({ type: "ended", end, excused }, options);
    if (!asked) this.#events.add(entry, endOf(how, words), resident?.process?.pid ?? null);
    if (order === "disable") this.#events.add(entry, disabling(how, words, options));
    if (order === "backoff") {
      this.#events.add(entry, { type: "backoff", backoffMs: Math.max(0, entry.state.until - Date.now()) });
    }
    // What follows is waited for as a part of this end.
    if (order) await this.#obey(entry, order);
  }

  #wake(entry: Entry): void {
    clearTimeout(entry.timer);
    // A clock that was set back does not make a rest longer.
    const ms = Math.min(entry.state.until - Date.now(), this.#parts.options.maxBackoffSeconds * 1000);
    entry.timer = setTimeout(() => {
      const order = this.#rested(entry);
      if (order) void this.#await(this.#obey(entry, order));
    }, Math.max(0, ms));
  }

  #rested(entry: Entry): Order | undefined {
    if (entry.state.phase !== "backoff" || this.#closing) return undefined;
    const far = entry.state.until > Date.now() + this.#parts.options.maxBackoffSeconds * 1000;
    const at = far ? entry.state.until : Date.now();
    return entry.happen({ type: "rested", at }, this.#parts.options);
  }

  #save(): void {
    const changed = [...this.#entries.values()].filter(({ changed }) => changed);
    if (changed.length === 0) return;
    this.#parts.listing.transaction(() => keepResidents(this.#parts.listing, changed.map((entry) => entry.kept())));
  }
}
