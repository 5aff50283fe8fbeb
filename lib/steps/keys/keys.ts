/**
 * Keys of a broker: what it, supervisors and evaluators need to know each other.
 *
 * @module
 */

import { X509Certificate } from "node:crypto";
import { nkeys } from "@nats-io/transport-node";
import { credentialFiles } from "../../evaluators/credentials.ts";
import { type Role, roles } from "../../evaluators/names.ts";
import type { RunPaths } from "../../run/paths.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { isFile, readTextLimitedSync } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import {
  certificatePem,
  type Certified,
  certifiedPem,
  newAuthority,
  newServer,
  type Period,
  readCertified,
} from "./certificate.ts";
import { KeyFiles, mostBytes } from "./key_files.ts";
import { accessConfig, brokerFiles, mainConfig } from "./nats_config.ts";

/** What `keys` is asked for. */
export interface KeysFlags {
  /** Names and addresses of the broker's machine besides those of the loopback; absent: as they are. */
  readonly host: readonly string[] | undefined;
  /** For how many days a new certificate holds. */
  readonly days: number;
  /** Whether the broker's certificate is made anew. */
  readonly renew: boolean;
  /** Whether all is made anew. */
  readonly replace: boolean;
}

/** Names and addresses that each certificate has. */
const loopback = ["localhost", "127.0.0.1", "::1"];

const dayMs = 24 * 3_600_000;

/** A clock may be behind by as much. */
const backdatedMs = 2 * dayMs;

/** For how many days an authority holds: as long as what it has signed may. */
const authorityDays = 7300;

/** What the certificate of a broker says. */
export interface Held {
  /** Names and addresses of the broker's machine. */
  readonly hosts: readonly string[];
  /** How long it holds. */
  readonly until: Date;
}

/** What was made, and what is there by now. */
export interface MadeKeys extends Held {
  /** The files that were written, by their paths within the folder. */
  readonly written: readonly string[];
}

/**
 * Makes what is missing of the keys of a broker, makes anew what it is asked to, and tells a person what to do with it.
 *
 * Needs read permission for the public signing key, and read and write permission for the keys of brokers.
 *
 * @throws {Misuse} As {@linkcode makeKeys}.
 */
export async function keys(step: StepContext, flags: KeysFlags): Promise<Counts> {
  const made = await makeKeys(step.paths, flags);
  const { written, hosts, until } = made;
  step.emit({ type: "keys.ready", id: null, ok: true, written, hosts, until: until.toISOString() });
  tell(step, made);
  return { updates: written.length };
}

/**
 * Makes what is missing of the keys of a broker, and makes anew what it is asked to.
 *
 * Needs read permission for the public signing key, and read and write permission for the keys of brokers.
 *
 * @param now Milliseconds since 1970.
 * @throws {Misuse} If there is no signing key, a key is damaged, or the certificate lacks a host and is not to be renewed.
 */
export async function makeKeys(
  { brokerKeys, publicKey }: Pick<RunPaths, "brokerKeys" | "publicKey">,
  flags: KeysFlags,
  now = Date.now(),
): Promise<MadeKeys> {
  const signing = signingKey(publicKey);
  const files = new KeyFiles(brokerKeys);
  const users = { supervisor: nkeyOf("supervisor", files, flags), evaluator: nkeyOf("evaluator", files, flags) };
  const authority = await authorityOf(files, flags, now);
  const { hosts, until } = await certificateOf(files, authority, { ...flags, now });
  for (const role of roles) files.write(`${role}/${credentialFiles.authority}`, certificatePem(authority.certificate));
  files.write(`evaluator/${credentialFiles.signing}`, signing);
  files.write(`broker/${brokerFiles.access}`, accessConfig(users, hosts.length === loopback.length));
  if (files.read(`broker/${brokerFiles.main}`) === undefined) files.write(`broker/${brokerFiles.main}`, mainConfig());
  return { written: files.written, hosts, until };
}

function tell({ say, paths }: StepContext, { hosts, until, written }: MadeKeys): void {
  const folder = paths.brokerKeys.slice(paths.root.length + 1);
  say(`the certificate names ${hosts.join(", ")}, and holds until ${until.toISOString().slice(0, 10)}.`);
  if (written.length === 0) return say(`all of ${folder} is there already.`);
  say(`start the broker by \`cd ${folder}/broker && nats-server -c ${brokerFiles.main}\`, or again if it runs.`);
  if (written.some((path) => path.startsWith("evaluator/"))) {
    say(`copy ${folder}/evaluator to the same place on each machine of evaluators.`);
  }
}

function signingKey(path: string): string {
  if (isFile(path)) return readTextLimitedSync(path, mostBytes);
  throw new Misuse({
    code: "keys.missing",
    message:
      "Cannot make keys of a broker as there must be the project's signing key, which evaluators know programs " +
      "by; run `deno task key` first.",
    path,
  });
}

/** The public nkey of a role. */
function nkeyOf(role: Role, files: KeyFiles, { replace }: KeysFlags): string {
  const path = `${role}/${credentialFiles.seed}`;
  const there = replace ? undefined : files.read(path);
  if (there === undefined) {
    const pair = nkeys.createUser();
    files.write(path, `${new TextDecoder().decode(pair.getSeed())}\n`);
    return pair.getPublicKey();
  }
  try {
    return nkeys.fromSeed(new TextEncoder().encode(there.trim())).getPublicKey();
  } catch {
    throw damaged(files, path);
  }
}

async function authorityOf(files: KeyFiles, { replace }: KeysFlags, now: number): Promise<Certified> {
  const path = "authority/authority.pem";
  const there = replace ? undefined : files.read(path);
  if (there !== undefined) return await readCertified(there).catch(() => Promise.reject(damaged(files, path)));
  const made = await newAuthority("Evolve evaluators", period(authorityDays, now));
  files.write(path, await certifiedPem(made));
  return made;
}

async function certificateOf(
  files: KeyFiles,
  authority: Certified,
  flags: KeysFlags & { readonly now: number },
): Promise<Held> {
  const path = `broker/${brokerFiles.certificate}`;
  const there = files.read(path);
  const held = there === undefined ? undefined : heldBy(there) ?? fail(damaged(files, path));
  const wanted = [...new Set([...loopback, ...(flags.host ?? held?.hosts ?? [])])];
  if (held && !flags.renew && !flags.replace) {
    const lacking = wanted.filter((host) => !held.hosts.includes(host));
    if (lacking.length === 0) return held;
    throw new Misuse({
      code: "keys.host",
      message: `Cannot keep the certificate of the broker as it must name ${lacking.join(", ")}, and does not; add ` +
        "--renew, which makes another one, and leaves all other keys as they are.",
    });
  }
  const { from, until } = period(flags.days, flags.now);
  files.write(path, await certifiedPem(await newServer(authority, wanted, { from, until })));
  return { hosts: wanted, until };
}

/** What a certificate says; undefined if it is none. */
function heldBy(text: string): Held | undefined {
  try {
    const { subjectAltName, validTo } = new X509Certificate(text);
    const hosts = subjectAltName!.split(", ").map((one) => one.replace(/^(DNS|IP Address):/, ""));
    return { hosts, until: new Date(validTo) };
  } catch {
    return undefined;
  }
}

/** In whole seconds, as certificates have them. */
function period(days: number, now: number): Period {
  const second = Math.floor(now / 1000) * 1000;
  return { from: new Date(second - backdatedMs), until: new Date(second + days * dayMs) };
}

function damaged(files: KeyFiles, path: string): Misuse {
  return new Misuse({
    code: "keys.damaged",
    message: "Cannot use a key of the broker as it must be one that `deno task keys` has written; restore it, or run " +
      "`deno task keys --replace`, after which all that was handed out before is of no use.",
    path: files.pathOf(path),
  });
}

function fail(error: Error): never {
  throw error;
}
