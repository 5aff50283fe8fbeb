/**
 * Finds short tours: 2-opt and or-opt with neighbour lists and don't-look bits within an iterated local search, by
 * double bridges of near segments (Martin, Otto and Felten 1991; Johnson and McGeoch 1997).
 *
 * @module
 */

/** A tour and its length. */
export interface Found {
  readonly tour: readonly number[];
  readonly length: number;
}

/** Neighbours a city is tried with, the longest segment that is moved, and of a double bridge. */
const most = { neighbours: 10, segment: 3, bridge: 30 } as const;

/**
 * The best tour that one run finds.
 *
 * @param distances Whole numbers, symmetric.
 * @param moves How many moves it evaluates.
 * @param random Gives numbers in `[0, 1)`.
 */
export function solve(distances: readonly (readonly number[])[], moves: number, random: () => number): Found {
  const search = new Search(distances, random);
  search.descend();
  let best = search.save();
  let length = search.length;
  const kept = { tour: best, length };
  while (search.moves < moves) {
    search.kick();
    search.descend();
    if (search.length < length) [best, length] = [search.save(), search.length];
    // What is a little worse goes on, so that the search does not stay in one valley.
    if (search.length <= kept.length || random() < Math.exp((kept.length - search.length) / (length * 0.0003))) {
      [kept.tour, kept.length] = [search.save(), search.length];
    } else search.restore(kept.tour, kept.length);
  }
  return { tour: [...best], length };
}

class Search {
  length = 0;
  moves = 0;
  readonly #n: number;
  readonly #d: Float64Array;
  readonly #near: Int32Array;
  readonly #tour: Int32Array;
  readonly #at: Int32Array;
  readonly #queue: number[] = [];
  readonly #queued: Uint8Array;
  readonly #random: () => number;

  constructor(distances: readonly (readonly number[])[], random: () => number) {
    const n = this.#n = distances.length;
    this.#random = random;
    this.#d = Float64Array.from(distances.flat());
    this.#near = Int32Array.from(
      distances.flatMap((row, a) =>
        row.map((_, b) => b).filter((b) => b !== a).sort((b, c) => row[b]! - row[c]!).slice(0, most.neighbours)
      ),
    );
    const order = Array.from({ length: n }, (_, i) => ({ i, key: random() })).sort((a, b) => a.key - b.key);
    this.#tour = Int32Array.from(order, ({ i }) => i);
    this.#at = new Int32Array(n);
    this.#queued = new Uint8Array(n);
    this.#place();
    for (const city of this.#tour) this.#push(city);
    for (let i = 0; i < n; i++) this.length += this.#way(this.#tour[i]!, this.#tour[(i + 1) % n]!);
  }

  save(): Int32Array {
    return this.#tour.slice();
  }

  restore(tour: Int32Array, length: number): void {
    this.#tour.set(tour);
    this.#place();
    this.length = length;
  }

  /** Improves the tour until no city that was touched leads to a better one. */
  descend(): void {
    for (let city = this.#queue.pop(); city !== undefined; city = this.#queue.pop()) {
      this.#queued[city] = 0;
      while (this.#improve(city));
    }
  }

  /** Turns three segments that follow each other about in their order: a double bridge. */
  kick(): void {
    const n = this.#n;
    const longest = Math.min(most.bridge, Math.floor((n - 1) / 3));
    const from = Math.floor(this.#random() * n);
    const lengths = [0, 0, 0].map(() => 1 + Math.floor(this.#random() * longest));
    const at = (place: number) => this.#tour[(from + place) % n]!;
    const segments: number[][] = [];
    let place = 1;
    for (const length of lengths) {
      segments.push(Array.from({ length }, (_, i) => at(place + i)));
      place += length;
    }
    const ends = [at(0), ...segments.flatMap((one) => [one[0]!, one.at(-1)!]), at(place)];
    const [a, b, b2, c, c2, d, d2, e] = ends as [number, number, number, number, number, number, number, number];
    this.length += this.#way(a, d) + this.#way(d2, c) + this.#way(c2, b) + this.#way(b2, e) -
      this.#way(a, b) - this.#way(b2, c) - this.#way(c2, d) - this.#way(d2, e);
    this.moves++;
    place = 1;
    for (const city of segments.reverse().flat()) this.#put((from + place++) % n, city);
    for (const city of ends) this.#push(city);
  }

  /** Makes the first move that is better: one that joins `a` to a near city in place of one that is next to it. */
  #improve(a: number): boolean {
    for (let way = 1; way >= -1; way -= 2) {
      const b = this.#step(a, way);
      const ab = this.#way(a, b);
      for (let i = 0; i < most.neighbours; i++) {
        const c = this.#near[a * most.neighbours + i]!;
        const gain = ab - this.#way(a, c);
        if (gain <= 0) break;
        if (this.#exchangeTwo(a, b, c, way, gain) || this.#moveSegment(a, b, c, way, gain)) return true;
      }
    }
    return false;
  }

  #exchangeTwo(a: number, b: number, c: number, way: number, gain: number): boolean {
    const d = this.#step(c, way);
    this.moves++;
    const change = this.#way(b, d) - this.#way(c, d) - gain;
    if (change >= 0) return false;
    this.#exchange(a, b, c, d);
    this.length += change;
    this.#touch(a, b, c, d);
    return true;
  }

  /** Moves the segment that ends in `a` to between `c` and a city next to it. */
  #moveSegment(a: number, b: number, c: number, way: number, gain: number): boolean {
    const n = this.#n;
    for (let length = 1; length <= most.segment; length++) {
      const z = this.#step(a, -way * (length - 1));
      const y = this.#step(z, -way);
      if (c === y || ((this.#at[c]! - this.#at[z]!) * way + n) % n < length) return false;
      const closed = gain + this.#way(y, z) - this.#way(b, y);
      for (const side of [way, -way]) {
        const d = this.#step(c, side);
        if (d === y && side === way || side === -way && c === b) continue;
        this.moves++;
        const change = this.#way(z, d) - this.#way(c, d) - closed;
        if (change >= 0) continue;
        if (side === way) {
          this.#exchange(y, z, c, d);
          this.#exchange(y, c, b, a);
        } else {
          this.#exchange(y, z, d, c);
          if (d !== b) this.#exchange(y, d, b, a);
          this.#exchange(d, a, z, c);
        }
        this.length += change;
        this.#touch(a, b, c, d, y, z);
        return true;
      }
    }
    return false;
  }

  /** Joins `a` to `c` and `b` to `d` in place of `a` to `b` and `c` to `d`, which follow each other alike. */
  #exchange(a: number, b: number, c: number, d: number): void {
    if (this.#step(a, 1) === b) this.#reverse(this.#at[b]!, this.#at[c]!);
    else this.#reverse(this.#at[a]!, this.#at[d]!);
  }

  /** Turns a path about, or all but it where that is less. */
  #reverse(from: number, to: number): void {
    const n = this.#n;
    let length = (to - from + n) % n + 1;
    let [i, j] = [from, to];
    if (2 * length > n) [i, j, length] = [(to + 1) % n, (from - 1 + n) % n, n - length];
    for (let k = length >> 1; k > 0; k--) {
      const [left, right] = [this.#tour[i]!, this.#tour[j]!];
      this.#put(i, right);
      this.#put(j, left);
      i = i + 1 === n ? 0 : i + 1;
      j = j === 0 ? n - 1 : j - 1;
    }
  }

  #step(city: number, steps: number): number {
    return this.#tour[(this.#at[city]! + steps + this.#n) % this.#n]!;
  }

  #way(a: number, b: number): number {
    return this.#d[a * this.#n + b]!;
  }

  #put(place: number, city: number): void {
    this.#tour[place] = city;
    this.#at[city] = place;
  }

  #place(): void {
    this.#tour.forEach((city, place) => this.#at[city] = place);
  }

  #touch(...cities: readonly number[]): void {
    for (const city of cities) this.#push(city);
  }

  #push(city: number): void {
    if (this.#queued[city]) return;
    this.#queued[city] = 1;
    this.#queue.push(city);
  }
}
