/**
 * What genes see of genomes: views of any, an editor of their own.
 *
 * @module
 */

import type { GenomeEditor, GenomeView, ParameterRange } from "./contract.ts";
import type { Catalogue } from "./catalogue.ts";
import { closeInstances } from "./freeze.ts";
import { copyOf, equal, type Genotype, readGenotype, writeGenotype } from "./genotype.ts";
import { inRange } from "./parameters.ts";

/** A genome to look at: it is decoded when it is looked at first. */
export class View implements GenomeView {
  readonly #text: string;
  #catalogue: Catalogue;
  #genes: Genotype | undefined;

  /**
   * @param text The genome's bytes in base64.
   * @param catalogue What it is read against.
   */
  constructor(text: string, catalogue: Catalogue) {
    this.#text = text;
    this.#catalogue = catalogue;
  }

  files(): readonly string[] {
    return this.#catalogue.paths;
  }

  functions(file: string): readonly string[] {
    return this.#catalogue.files[this.#catalogue.file(file)]!.functions;
  }

  parameters(file: string): readonly ParameterRange[] {
    return this.#catalogue.files[this.#catalogue.file(file)]!.ranges;
  }

  fileActive(file: string): boolean {
    return View.genes(this)[this.#catalogue.file(file)]!.active;
  }

  functionActive(file: string, name: string): boolean {
    const at = this.#catalogue.file(file);
    return View.genes(this)[at]!.functions[this.#catalogue.function(at, name)]!;
  }

  parameter(file: string, name: string): number {
    const at = this.#catalogue.file(file);
    return View.genes(this)[at]!.numbers[this.#catalogue.number(at, name)]!;
  }

  list(file: string, name: string): readonly number[] {
    const at = this.#catalogue.file(file);
    const { from, to } = this.#catalogue.list(at, name);
    return Object.freeze(View.genes(this)[at]!.numbers.slice(from, to));
  }

  /** The genes of a view, which only the runtime asks for: the class is out of genes' reach. */
  static genes(view: GenomeView): Genotype {
    if (typeof view !== "object" || view === null || !(#genes in view)) {
      throw new RangeError("Cannot read a genome that the runtime did not hand out");
    }
    return view.#genes ??= readGenotype(view.#text, view.#catalogue);
  }

  /** Reads a view's genome anew, against another catalogue. */
  static widen(view: View, catalogue: Catalogue): void {
    view.#catalogue = catalogue;
    view.#genes = undefined;
  }
}

/**
 * The agent's own genome. Until it is opened it shows what the genome itself says and the reached modules offer, so that
 * nothing in a pool but these can come into a score; from then on it can be changed, against the whole pool.
 */
export class Editor extends View implements GenomeEditor {
  #pool: Catalogue | undefined;
  #original: Genotype | undefined;

  setFile(file: string, active: boolean): void {
    const { genes, pool } = this.#edited();
    genes[pool.file(file)]!.active = flag(active);
  }

  setFunction(file: string, name: string, active: boolean): void {
    const { genes, pool } = this.#edited();
    const at = pool.file(file);
    genes[at]!.functions[pool.function(at, name)] = flag(active);
  }

  setParameter(file: string, name: string, value: number): void {
    const { genes, pool } = this.#edited();
    const at = pool.file(file);
    const place = pool.number(at, name);
    genes[at]!.numbers[place] = inRange(number(value), pool.files[at]!.ranges[place]!);
  }

  setList(file: string, name: string, values: readonly number[]): void {
    const { genes, pool } = this.#edited();
    const at = pool.file(file);
    const { from, to } = pool.list(at, name);
    if (!Array.isArray(values) || values.length !== to - from) {
      throw new RangeError("Cannot set a list to anything but a list of its length");
    }
    const { ranges } = pool.files[at]!;
    const taken: number[] = [];
    for (let i = from; i < to; i++) taken.push(inRange(number(values[i - from]), ranges[i]!));
    for (let i = from; i < to; i++) genes[at]!.numbers[i] = taken[i - from]!;
  }

  copy(from: GenomeView): void {
    const { genes } = this.#edited();
    const other = copyOf(View.genes(from));
    for (let at = 0; at < genes.length; at++) genes[at] = other[at]!;
  }

  /** Lets the genome be changed from now on, to anything that the pool offers. */
  static open(editor: Editor, pool: Catalogue): void {
    editor.#pool = pool;
    View.widen(editor, pool);
  }

  /** What the genes made of it: canonical bytes in base64, or null where it is what it was. */
  static result(editor: Editor): string | null {
    if (editor.#pool === undefined || editor.#original === undefined) return null;
    const genes = View.genes(editor);
    return equal(genes, editor.#original) ? null : writeGenotype(genes, editor.#pool);
  }

  #edited(): { readonly genes: Genotype; readonly pool: Catalogue } {
    if (!this.#pool) throw new RangeError("Cannot change the genome outside the phases birth and end");
    const genes = View.genes(this);
    this.#original ??= copyOf(genes);
    return { genes, pool: this.#pool };
  }
}

function number(value: unknown): number {
  if (typeof value !== "number" || Number.isNaN(value)) throw new RangeError("Cannot set a parameter to no number");
  return value;
}

function flag(value: boolean): boolean {
  if (typeof value !== "boolean") throw new RangeError("Cannot set a flag to anything but true or false");
  return value;
}

closeInstances(View);
closeInstances(Editor);
