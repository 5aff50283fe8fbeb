/**
 * What the steps declare, as the pipelines say it.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import type { Flag } from "../../lib/step/flags.ts";
import { read } from "../docs_pages.ts";
import { stepNames } from "./evolve_script.ts";

/** What can be typed for a flag or an argument. */
export interface Value {
  readonly name: string;
  /** The words that it may be; none: anything. */
  readonly words: readonly string[];
  /** Whether it may be the path of a file or a folder. */
  readonly isPath: boolean;
  /** Whether it is the name of a run. */
  readonly isRun: boolean;
}

/** A flag as it is typed. */
export interface TypedFlag {
  /** Such as `--log-level`. */
  readonly flag: string;
  readonly brief: string;
  /** Whether it may be there several times. */
  readonly isRepeated: boolean;
  /** Absent: it has none. */
  readonly value?: Value;
}

/** A step as it is typed. */
export interface TypedStep {
  readonly name: string;
  readonly brief: string;
  readonly flags: readonly TypedFlag[];
  /** Its arguments; absent: it has none. */
  readonly argument?: Value;
}

interface Declared {
  readonly name: string;
  readonly brief: string;
  readonly flags: Readonly<Record<string, Flag>>;
  readonly positional?: { readonly placeholder: string; readonly of?: string };
}

/** All steps by name, each with its flags, without those that are hidden. */
export async function declarations(): Promise<TypedStep[]> {
  const { imports } = JSON.parse(await read("deno.json")) as { imports: Record<string, string> };
  const whole = (path: string) => path.startsWith("./") ? new URL(path, `file://${projectRoot}/`).href : path;
  const stand = whole("./tests/bin/declaring.ts");
  const map = {
    ...Object.fromEntries(Object.entries(imports).map(([name, path]) => [whole(name), whole(path)])),
    [whole("./lib/step/step.ts")]: stand,
    [whole("./lib/step/arguments.ts")]: stand,
  };
  const file = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(file, JSON.stringify({ imports: map }));
    const steps = await stepNames();
    const script = steps.map((name) => `await import(${JSON.stringify(whole(`./pipelines/${name}.ts`))});`).join("\n");
    const main = `data:text/javascript,${encodeURIComponent(script)}`;
    const args = ["run", "-q", "-A", "--no-check", `--import-map=${file}`, main];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: projectRoot }).output();
    if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
    return (JSON.parse(new TextDecoder().decode(stdout)) as Declared[]).map(typedStep);
  } finally {
    await Deno.remove(file);
  }
}

function typedStep({ name, brief, flags, positional }: Declared): TypedStep {
  const typed = Object.entries(flags).filter(([, { hidden }]) => !hidden).flatMap(([name, flag]) =>
    typedFlags(name, flag)
  );
  const help = { flag: "--help", brief: "Print help information and exit.", isRepeated: false };
  return {
    name,
    brief,
    flags: [...typed, help].sort((a, b) => a.flag < b.flag ? -1 : 1),
    ...(positional && { argument: valueOf(positional.placeholder, []) }),
  };
}

function typedFlags(name: string, flag: Flag): TypedFlag[] {
  const words = kebab(name);
  const { brief } = flag;
  if (flag.kind !== "boolean") {
    const isRun = "parse" in flag && String(flag.parse) === "runName";
    const value = { ...valueOf(flag.placeholder ?? words, flag.kind === "enum" ? flag.values : []), isRun };
    return [{ flag: `--${words}`, brief, isRepeated: flag.kind === "parsed" && flag.variadic === true, value }];
  }
  const plain = { flag: `--${words}`, brief, isRepeated: false };
  const negated = { flag: `--no-${words}`, brief: `Not: ${brief}`, isRepeated: false };
  return flag.withNegated === false ? [plain] : [plain, negated];
}

/** What takes words and paths offers its words; of a list such as `js|ts|file.js` those that are no placeholders. */
function valueOf(placeholder: string, values: readonly string[]): Value {
  const isPath = /file|folder|genome/.test(placeholder);
  const told = placeholder.includes("|") ? placeholder.split("|").filter((word) => !/file|^id$/.test(word)) : [];
  return { name: placeholder, words: values.length > 0 ? values : told, isPath, isRun: false };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
