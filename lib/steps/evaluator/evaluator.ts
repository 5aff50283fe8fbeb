/**
 * Evaluates for supervisors on any machine that reach the same broker.
 *
 * @module
 */

import { Broker, type JoinOptions } from "../../evaluators/broker.ts";
import { Contents } from "../../evaluators/contents.ts";
import { credentialFiles } from "../../evaluators/credentials.ts";
import { Identity } from "../../evaluators/identity.ts";
import { engineName, protocolVersion } from "../../evaluators/names.ts";
import type { EvaluatorPresence } from "../../evaluators/presence.ts";
import { Launcher } from "../../isolation/launcher.ts";
import { Left } from "../../isolation/left.ts";
import type { IsolationName } from "../../isolation/names.ts";
import { sandboxFor } from "../../isolation/sandbox.ts";
import { defaultConfig } from "../../run/config_defaults.ts";
import { loadVerifier, type Verifier } from "../../signing/sign.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { isFile } from "../../util/files.ts";
import { StepFailed } from "../../util/issue.ts";
import { sentence } from "../../util/text.ts";
import { BrokerLost } from "./broker_lost.ts";
import { Here, pause } from "./here.ts";
import { ownFolder, renewFolder } from "./own_folder.ts";
import { Preparations } from "./preparations.ts";
import { selfTest } from "./self_test.ts";
import { Session, type SessionParts } from "./session.ts";
import { Tally } from "./tally.ts";

/** How long is waited before the first and at most before further attempts to connect again, in milliseconds. */
const [firstPauseMs, mostPauseMs] = [100, 5000];

/** How often it looks whether a supervisor has been there, in milliseconds. */
const emptyMs = 500;

/** How often it says what it has done, in milliseconds. */
const toldEveryMs = 60_000;

/** What an evaluator is told. */
export interface EvaluatorFlags {
  readonly server: readonly string[];
  readonly name: string | undefined;
  readonly concurrency: number | undefined;
  readonly isolation: IsolationName;
}

/**
 * Takes evaluations from a broker, runs them and replies, until it is told to end.
 *
 * Needs net permission for the broker, read permission for the public key and the evaluators' keys, read and write permission for
 * `workspace/evaluators`, run permission for `/bin/sh` and sys permission for the machine's name.
 *
 * @throws {StepFailed} If there is no key or no broker, this machine can't run agents in that way, or the name is taken.
 */
export async function evaluator(step: StepContext, flags: EvaluatorFlags): Promise<Counts> {
  const { isolation, concurrency = navigator.hardwareConcurrency } = flags;
  const host = Deno.hostname();
  const name = flags.name ?? nameFor(host);
  const keys = `${step.paths.brokerKeys}/evaluator`;
  const verifier = await verifierAt([step.paths.publicKey, `${keys}/${credentialFiles.signing}`]);
  const { limits } = defaultConfig;
  const launcher = await Launcher.find(limits);
  const sandbox = await sandboxFor(isolation, limits, launcher);
  const options = { servers: flags.server, name: `evaluator ${name}`, keys, whileEmpty: whileEmpty(step) };
  const broker = await joined(options);
  await using folder = await ownFolder(`${step.paths.workspace}/evaluators`, name);
  const { path } = folder;
  await selfTest({ isolation, launcher, sandbox, limits, folder: path });
  const parts = { name: isolation, launcher, sandbox, verifier, contents: new Contents(path), folder: path };
  await using preparations = new Preparations({ ...parts, concurrency });
  const tally = new Tally();
  const since = new Date().toISOString();
  const identity = await Identity.draw(name);
  const tell = (): EvaluatorPresence => ({
    version: protocolVersion,
    name,
    instance: identity.instance,
    host,
    cores: navigator.hardwareConcurrency,
    engine: engineName(),
    isolation,
    slots: concurrency,
    evaluations: tally.evaluations,
    msPerEvaluation: tally.msPerEvaluation,
    since,
  });
  step.details.isolation = isolation;
  await serveAll(broker, options, step, {
    identity,
    preparations,
    here: new Here(tell, step.say),
    tally,
    say: step.say,
    onNamed: once(() => {
      step.emit({
        type: "evaluator.ready",
        id: null,
        ok: true,
        evaluator: name,
        engine: engineName(),
        slots: concurrency,
      });
      step.say(`${name} is ready: ${concurrency} at once, ${isolation}, ${flags.server.join(", ")}.`);
    }),
    onRenewed: renewing(step, tally, () => renewFolder(folder)),
  });
  return { updates: tally.evaluations, evaluations: tally.evaluations, batches: tally.batches };
}

/** A connection as soon as there is anything at the broker; undefined where it is told to end before. */
async function joined(options: JoinOptions): Promise<Broker | undefined> {
  try {
    return await Broker.join(options);
  } catch (error) {
    if (error instanceof Left) return undefined;
    throw error;
  }
}

/** Waits for the first supervisor, and says so once. */
function whileEmpty({ signal, say }: StepContext): () => Promise<void> {
  const tell = once(() =>
    say("waits for the first `deno task supervise --evaluators`, which makes the streams of this broker.")
  );
  return async () => {
    tell();
    await pause(emptyMs, signal);
    if (signal.aborted) throw new Left();
  };
}

/** Works over one connection after the other, until it is told to end. */
async function serveAll(
  first: Broker | undefined,
  options: JoinOptions,
  { signal, say }: StepContext,
  parts: SessionParts,
): Promise<void> {
  for (let broker = first; broker; broker = await connectAgain(options, signal, say)) {
    await using connected = broker;
    try {
      return await new Session(connected, parts).serve(signal);
    } catch (error) {
      if (!(error instanceof BrokerLost)) throw error;
      say(`lost the broker: ${sentence(error.message)} Tries to connect again until it is there.`);
    }
  }
}

/** A new connection, as soon as there can be one; undefined where it is told to end before. */
async function connectAgain(
  options: JoinOptions,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<Broker | undefined> {
  let told = "broker.unreachable";
  for (let ms = firstPauseMs; !signal.aborted; ms = Math.min(2 * ms, mostPauseMs)) {
    await pause(ms * (0.5 + Math.random()), signal);
    try {
      const broker = await joined(options);
      if (broker) say("is connected again.");
      return broker;
    } catch (error) {
      if (!(error instanceof StepFailed && error.issue.code.startsWith("broker."))) throw error;
      // What a person can see to is said, once.
      if (error.issue.code !== told) say(error.message);
      told = error.issue.code;
    }
  }
  return undefined;
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

/** Keeps the folder, and says now and then what was done. */
function renewing({ say }: StepContext, tally: Tally, renew: () => void): () => void {
  let toldAt = performance.now(), told = 0;
  return () => {
    renew();
    const { evaluations, msPerEvaluation } = tally;
    if (performance.now() - toldAt < toldEveryMs || evaluations === told) return;
    say(`${evaluations} evaluations, ${msPerEvaluation} ms each of late.`);
    [toldAt, told] = [performance.now(), evaluations];
  };
}

/** By the first key that is there. */
async function verifierAt(paths: readonly string[]): Promise<Verifier> {
  const path = paths.find(isFile);
  if (path !== undefined) return await loadVerifier(path);
  throw new StepFailed({
    code: "evaluator.key",
    message:
      "Cannot evaluate as the public key of the project must be here, since only what it has signed is run: copy " +
      "workspace/keys/public/signing.json, or workspace/keys/nats/evaluator with the keys for a broker, from where the " +
      "runs are to the same place here.",
    path: paths[0],
  });
}

/** A name that no other evaluator draws: that of the machine, and some digits. */
function nameFor(host: string): string {
  const own = host.split(".")[0]!.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+/, "").slice(0, 40) || "evaluator";
  return `${own}-${crypto.randomUUID().slice(0, 8)}`;
}
