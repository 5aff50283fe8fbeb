/**
 * Processes that attacks are tried in: with one layer on and the others off.
 *
 * @module
 */

import { joinArtifact } from "../../lib/isolation/artifact.ts";
import { bundleCarrier } from "../../lib/toolchain/carrier.ts";
import { launch, type ProcessEnd } from "../../lib/isolation/launch.ts";
import { type CommandLine, Launcher, sandboxFlags } from "../../lib/isolation/launcher.ts";
import { bubblewrap } from "../isolation/installed.ts";
import { madeRequest } from "../runtime/made_agent.ts";

/** Limits that attacks reach soon; that of memory well before that of CPU time, also where the machine is busy. */
export const limits = { memoryMiB: 64, cpuSeconds: 4, wallSeconds: 30, outputKiB: 64, descriptors: 32 };

/** The folder of this process's files: what attacks are after, and the programs that carry them out. */
export const folder: string = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "evolve-attacks-" }));

/** A text that no attack may get to see. */
export const secret = "the secret of another";

/** Files that attacks are after; what they are called in the text of an attack is on the left. */
export const targets: Readonly<Record<string, string>> = {
  SECRET_TEXT: `${folder}/secret.txt`,
  SECRET_JSON: `${folder}/secret.json`,
  SECRET_CODE: `${folder}/secret.js`,
  TO_WRITE: `${folder}/written.txt`,
};

Deno.writeTextFileSync(targets.SECRET_TEXT!, secret);
Deno.writeTextFileSync(targets.SECRET_JSON!, JSON.stringify(secret));
Deno.writeTextFileSync(targets.SECRET_CODE!, `export default ${JSON.stringify(secret)};\n`);
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Puts the paths of {@linkcode targets} into the text of an attack. */
export function aimed(text: string): string {
  return text.replace(/\b(SECRET_TEXT|SECRET_JSON|SECRET_CODE|TO_WRITE)\b/g, (name) => targets[name]!);
}

/** Starts processes under limits. */
export const launcher: Launcher = await Launcher.find(limits);

/** The runtime as every artifact carries it, bundled when it is first needed. */
export function agentCarrier(): Promise<string> {
  return carrier ??= bundleCarrier("agent");
}

let carrier: Promise<string> | undefined;

/** An artifact of genes and a world that neither audit nor bundler has seen. */
export async function handMade(genes: string): Promise<string> {
  return joinArtifact("agent", await agentCarrier(), genes);
}

/** The request of a short evaluation, as a line. */
export const requestLine = `${JSON.stringify(madeRequest({ addresses: 2 }))}\n`;

let programs = 0;

/** Writes a program and gives its path. */
export function placed(program: string): string {
  const path = `${folder}/program-${programs++}.js`;
  Deno.writeTextFileSync(path, program);
  return path;
}

const ban = "--disallow-code-generation-from-strings";

/** All permissions, but no code from strings: the hardened realm's own protection. */
export function hardenedOnly(path: string): CommandLine {
  return {
    program: Deno.execPath(),
    args: ["run", "-A", "-q", "--no-config", "--no-lock", `--v8-flags=${ban}`, path],
  };
}

/** The flags of an agent without the engine's own ban on code from strings. */
export function permissionsOnly(path: string): CommandLine {
  return { program: Deno.execPath(), args: [...sandboxFlags(0).map((flag) => flag.replace(`${ban},`, "")), path] };
}

/** All permissions, under the limits of an agent. */
export function limitsOnly(path: string): CommandLine {
  return launcher.limited([Deno.execPath(), "run", "-A", "-q", "--no-config", "--no-lock", path], limits);
}

/** All permissions, within namespaces; where bubblewrap is missing its trials are left out. */
export function walledOnly(path: string): CommandLine {
  return bubblewrap!.walled(path, ["run", "-A", "-q", "--no-config", "--no-lock"], limits);
}

/**
 * Runs a process to its end, on the request of a short evaluation.
 *
 * @param ready The line by which it says that it is ready, where it does.
 */
export function run(
  command: CommandLine,
  input = requestLine,
  wallMs = limits.wallSeconds * 1000,
  ready?: string,
): Promise<ProcessEnd> {
  return launch(command, new TextEncoder().encode(input), {
    wallMs,
    outputBytes: limits.outputKiB * 1024,
    ready,
  });
}
