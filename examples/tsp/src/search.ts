/**
 * An iterated local search by the moves, kicks, candidates and acceptance that other genes offer.
 *
 * Each move is evaluated by a probe, but for those that cannot be better: a city is joined to none that is farther than
 * the one it is parted from (neighbour lists and don't-look bits: Bentley 1992; Johnson and McGeoch 1997).
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Which city that was touched is looked at next: the last one, or that which waits longest. */
export const parameters = {
  order: { kind: "choice", options: ["last", "first"], default: "last" },
} as const;

type Searching = GeneContext<typeof parameters, Record<string, never>, {
  readonly distances: readonly (readonly number[])[];
}>;

/**
 * Searches from the tour that was made, or from one by chance, until all probes are spent, and tells the best.
 *
 * @phase act
 */
export function iterate(context: Searching): number[] {
  const search = new Search(context);
  search.descend();
  const best = search.save();
  const kept = search.save();
  let rounds = 0;
  while (search.left && search.kick()) {
    search.descend();
    if (search.length < best.length) {
      search.saveTo(best);
      rounds = 0;
    } else rounds++;
    if (search.accepts(kept.length)) search.saveTo(kept);
    else search.restore(kept);
    if (rounds <= context.signal("patience", PROBES)) continue;
    rounds = 0;
    if (context.signal("anew") === 1) search.begin(shuffled(context));
    else search.restore(best);
    search.saveTo(kept);
  }
  return [...best.tour, ...Array.from({ length: LONGEST - best.tour.length }, () => 0)];
}

/** How many numbers an action has. */
const LONGEST = 105;

/** A tour and its length. */
interface Tour {
  readonly tour: Int32Array;
  length: number;
}

type Six = [number, number, number, number, number, number];

/** A tour that is being changed. */
class Search {
  length = 0;
  /** Whether there are probes left. */
  left = true;
  readonly #tour: Int32Array;
  readonly #at: Int32Array;
  readonly #context: Searching;
  readonly #distances: readonly (readonly number[])[];
  readonly #near: readonly (readonly number[])[];
  readonly #touched: number[] = [];
  readonly #waits: boolean[] = [];
  readonly #first: boolean;
  readonly #two: boolean;
  readonly #longest: number;
  readonly #turned: boolean;
  readonly #inserted: number;
  readonly #worse: number;
  readonly #heat: readonly number[];

  constructor(context: Searching) {
    this.#context = context;
    this.#distances = context.instance.distances;
    const cities = this.#distances.length;
    this.#tour = new Int32Array(cities);
    this.#at = new Int32Array(cities);
    this.#near = candidates(context);
    this.#first = context.parameters.order === "first";
    this.#two = context.signal("twoOpt") === 1;
    this.#longest = context.signal("orOpt");
    this.#turned = context.signal("turned") === 1;
    this.#inserted = context.signal("inserted");
    this.#heat = context.vector("heat");
    this.#worse = context.signal("worse", this.#heat.length > 0 ? 0 : ANY);
    const made = context.vector("tour");
    this.begin(made.length > 0 ? made : shuffled(context));
  }

  /** Begins with a tour, of which all cities are to be looked at. */
  begin(tour: readonly number[]): void {
    this.restore({ tour: Int32Array.from(tour), length: this.#ask(tour) ?? ANY });
    for (const city of tour) this.#touch(city);
  }

  save(): Tour {
    return { tour: this.#tour.slice(), length: this.length };
  }

  saveTo(kept: Tour): void {
    kept.tour.set(this.#tour);
    kept.length = this.length;
  }

  restore({ tour, length }: Tour): void {
    this.#tour.set(tour);
    for (let at = 0; at < tour.length; at++) this.#at[tour[at]!] = at;
    this.length = length;
  }

  /** Whether the search goes on with its tour after one of a length. */
  accepts(length: number): boolean {
    const longer = 1000 * (this.length - length) / length;
    if (longer <= this.#worse) return true;
    const [hot, cold] = this.#heat;
    if (hot === undefined || cold === undefined) return false;
    return this.#context.random() < Math.exp(-longer / (hot * Math.pow(cold / hot, this.#spent())));
  }

  /** Improves the tour until no city that was touched leads to a better one. */
  descend(): void {
    for (let at = 0; at < this.#touched.length && this.left;) {
      const city = this.#first ? this.#touched[at++]! : this.#touched.pop()!;
      this.#waits[city] = false;
      while (this.left && this.#improve(city));
    }
    for (const city of this.#touched) this.#waits[city] = false;
    this.#touched.length = 0;
  }

  /** Changes the tour where no move is better; false where no gene offers how, or no moves to mend it by. */
  kick(): boolean {
    if (!this.#two && this.#longest === 0 && this.#inserted === 0) return false;
    const bridges = this.#context.vector("bridges");
    const reversal = this.#context.signal("reversal");
    if (bridges.length === 0 && reversal === 0) return false;
    if (reversal === 0 || (bridges.length > 0 && this.#context.random() < 0.5)) {
      this.#bridge(bridges[Math.min(bridges.length - 1, Math.floor(bridges.length * this.#spent()))]!);
    } else this.#reversal(reversal);
    return true;
  }

  /** The share of the probes that is spent. */
  #spent(): number {
    return 1 - this.#context.probesLeft / PROBES;
  }

  /** Takes three segments that follow each other in their opposite order. */
  #bridge(span: number): void {
    const cities = this.#tour.length;
    const longest = Math.min(span, Math.floor((cities - 2) / 3));
    const a = this.#tour[this.#below(cities)]!;
    const [first, second, third] = [1 + this.#below(longest), 1 + this.#below(longest), 1 + this.#below(longest)];
    const segments = [
      this.#path(a, 1, first),
      this.#path(a, 1 + first, second),
      this.#path(a, 1 + first + second, third),
    ];
    const [b, b2, c, c2, d, d2] = segments.flatMap((cities) => [cities[0]!, cities.at(-1)!]) as Six;
    const e = this.#step(d2, 1);
    const change = this.#ask([a, b, c2, d]);
    const other = this.#ask([b2, c, d2, e]);
    if (change === undefined || other === undefined) return;
    let at = this.#at[a]!;
    for (const city of [...segments[2]!, ...segments[1]!, ...segments[0]!]) {
      at = at + 1 === cities ? 0 : at + 1;
      this.#put(at, city);
    }
    this.#changed(change + other, [a, b, b2, c, c2, d, d2, e]);
  }

  /** So many cities, the first so many steps from one. */
  #path(city: number, from: number, length: number): number[] {
    return Array.from({ length }, (_, i) => this.#step(city, from + i));
  }

  #reversal(longest: number): void {
    const cities = this.#tour.length;
    const a = this.#tour[this.#below(cities)]!;
    const b = this.#step(a, 1);
    const c = this.#step(b, 1 + this.#below(Math.min(longest, cities - 3)));
    this.#exchangeTwo(a, b, c, this.#step(c, 1), ANY);
  }

  #below(count: number): number {
    return Math.floor(this.#context.random() * count);
  }

  /** Makes the first move that is better: one that joins `a` to a near city in place of one that is next to it. */
  #improve(a: number): boolean {
    for (let way = 1; way >= -1; way -= 2) {
      const b = this.#step(a, way);
      const row = this.#distances[a]!;
      const most = row[b]!;
      for (const c of this.#near[a]!) {
        if (row[c]! >= most || c === a) continue;
        if (this.#two && this.#exchangeTwo(a, b, c, this.#step(c, way), 0)) return true;
        for (let length = 1; length <= this.#longest; length++) {
          if (this.#moveSegment(a, b, c, way, length, this.#turned)) return true;
        }
        if (this.#inserted > 0 && this.#moveSegment(a, b, c, way, 1 + this.#below(this.#inserted), true)) return true;
      }
    }
    return false;
  }

  /** Joins `a` to `c` and `b` to `d`, if that makes the tour longer by less than so much. */
  #exchangeTwo(a: number, b: number, c: number, d: number, below: number): boolean {
    const change = this.#ask([a, b, d, c]);
    if (change === undefined || change >= below) return false;
    this.#exchange(a, b, c, d);
    return this.#changed(change, [a, b, c, d]);
  }

  /** Moves the segment that ends in `a` to between `c` and a city next to it, if that is better. */
  #moveSegment(a: number, b: number, c: number, way: number, length: number, turned: boolean): boolean {
    const cities = this.#tour.length;
    const z = this.#step(a, -way * (length - 1));
    const y = this.#step(z, -way);
    if (c === y || ((this.#at[c]! - this.#at[z]!) * way + cities) % cities < length) return false;
    const next = this.#step(c, way);
    const found = turned && next !== y ? this.#ask([a, b, y, z, next, c]) : 0;
    if (found !== undefined && found < 0) {
      this.#exchange(y, z, c, next);
      this.#exchange(y, c, b, a);
      return this.#changed(found, [a, b, c, next, y, z]);
    }
    const d = this.#step(c, -way);
    const change = c !== b ? this.#ask([a, b, y, z, d, c]) : 0;
    if (change === undefined || change >= 0) return false;
    this.#exchange(y, z, d, c);
    if (d !== b) this.#exchange(y, d, b, a);
    this.#exchange(d, a, z, c);
    return this.#changed(change, [a, b, c, d, y, z]);
  }

  /** What a tour comes to, or a move: see `probe` in `world.ts`. */
  #ask(point: readonly number[]): number | undefined {
    const found = this.#context.probe(point);
    if (found === undefined) this.left = false;
    return found?.value;
  }

  /** Notes what a move came to, and that its cities are to be looked at. */
  #changed(change: number, cities: readonly number[]): true {
    this.length += change;
    for (const city of cities) this.#touch(city);
    return true;
  }

  #touch(city: number): void {
    if (this.#waits[city] === true) return;
    this.#waits[city] = true;
    this.#touched.push(city);
  }

  /** Joins `a` to `c` and `b` to `d` in place of `a` to `b` and `c` to `d`, which follow each other alike. */
  #exchange(a: number, b: number, c: number, d: number): void {
    if (this.#step(a, 1) === b) this.#reverse(this.#at[b]!, this.#at[c]!);
    else this.#reverse(this.#at[a]!, this.#at[d]!);
  }

  /** Turns a path about, or all but it where that is less. */
  #reverse(from: number, to: number): void {
    const tour = this.#tour;
    const cities = tour.length;
    let [i, j, length] = [from, to, (to - from + cities) % cities + 1];
    if (2 * length > cities) [i, j, length] = [(to + 1) % cities, (from - 1 + cities) % cities, cities - length];
    for (let k = length >> 1; k > 0; k--) {
      const [left, right] = [tour[i]!, tour[j]!];
      this.#put(i, right);
      this.#put(j, left);
      i = i + 1 === cities ? 0 : i + 1;
      j = j === 0 ? cities - 1 : j - 1;
    }
  }

  #put(at: number, city: number): void {
    this.#tour[at] = city;
    this.#at[city] = at;
  }

  /** The city that is so many steps on. */
  #step(city: number, steps: number): number {
    const cities = this.#tour.length;
    return this.#tour[(this.#at[city]! + steps + cities) % cities]!;
  }
}

/** Probes of an episode. */
const PROBES = 10_000;

/** More than any change of a tour. */
const ANY = 1e12;

/** The cities that each one may be joined to: without candidates all of them. */
function candidates(context: Searching): readonly (readonly number[])[] {
  const { distances } = context.instance;
  const near = context.vector("near");
  const count = near.length / distances.length;
  const all = Array.from(distances.keys());
  return distances.map((_, city) => count > 0 ? near.slice(city * count, (city + 1) * count) : all);
}

/** A tour by chance (Fisher and Yates). */
function shuffled(context: Searching): number[] {
  const tour = context.instance.distances.map((_, city) => city);
  for (let at = tour.length - 1; at > 0; at--) {
    const other = Math.floor(context.random() * (at + 1));
    [tour[at], tour[other]] = [tour[other]!, tour[at]!];
  }
  return tour;
}
