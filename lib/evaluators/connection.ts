/**
 * A connection to a broker, which TLS proves to be the right one, and an nkey to be one that may; or why there is none.
 *
 * @module
 */

import { connect, type ConnectionOptions, type NatsConnection, nkeyAuthenticator } from "@nats-io/transport-node";
import { StepFailed } from "../util/issue.ts";
import { type Credentials, credentialsIn } from "./credentials.ts";
import { inboxesOf, type Role } from "./names.ts";
import { addressOf, hostOf, isAddress, isProven } from "./servers.ts";
import { periodProblem } from "./shown_certificate.ts";
import { wordsOf } from "./words.ts";

/** How long one attempt to connect may take, in milliseconds. */
const timeoutMs = 5000;

/** How a broker is reached. */
export interface Access {
  /** Each server of it, as `readServers()` gives them. */
  readonly servers: readonly string[];
  /** What the connection is called in the server's lists. */
  readonly name: string;
  readonly role: Role;
  /** The folder of the role's keys; absent: as if there were none. */
  readonly keys?: string;
}

/**
 * Connects to the first server that lets it in.
 *
 * Needs net permission for the servers, and read permission for the keys.
 *
 * @throws {StepFailed} If there is none.
 */
export async function connectAs(access: Access): Promise<NatsConnection> {
  const credentials = access.keys === undefined ? undefined : await credentialsIn(access.keys);
  let first: StepFailed | undefined;
  for (const server of access.servers) {
    if (isProven(server) && !credentials) {
      first ??= lacking(server, "what goes to another machine is encrypted and authenticated by them");
      continue;
    }
    for (const withTls of isProven(server) || !credentials ? [true] : [true, false]) {
      try {
        return await connect(optionsOf(server, access, { credentials, withTls }));
      } catch (error) {
        const refusal = await refusalOf(server, error, credentials);
        // A server of this machine may be one without.
        if (!isProven(server) && refusal.issue.code === "broker.plain") continue;
        first ??= refusal;
        break;
      }
    }
  }
  throw first!;
}

function optionsOf(
  server: string,
  { name, role }: Access,
  { credentials, withTls }: { readonly credentials: Credentials | undefined; readonly withTls: boolean },
): ConnectionOptions {
  const host = hostOf(server);
  return {
    servers: [addressOf(server)],
    // Addresses that the client looked up by itself would need a permission each.
    resolve: false,
    name,
    timeout: timeoutMs,
    // What is lost is set up anew by a new connection: so there is one way, whatever was lost.
    reconnect: false,
    inboxPrefix: inboxesOf(role),
    ...(credentials && {
      authenticator: nkeyAuthenticator(credentials.seed),
      // Without `host` node compares with "localhost" where the server is named by its address: each of them would do.
      ...(withTls && { tls: { ca: credentials.authority, host, ...(isAddress(host) ? {} : { servername: host }) } }),
    }),
  } as ConnectionOptions;
}

/** A kind of refusal. */
interface Refusal {
  readonly code: string;
  /** What the client, or TLS, says of it: code and words. */
  readonly pattern: RegExp;
  /** What must be so, after "as". */
  readonly demand: (host: string, words: string) => string;
}

const restart = "bring workspace/keys/nats/broker to the broker, and restart that";
const start = "start the broker with the configuration that `deno task keys` has written";

const refusals: readonly Refusal[] = [
  {
    code: "broker.host",
    pattern: /ERR_TLS_CERT_ALTNAME_INVALID|altnames/i,
    demand: (host) =>
      `the certificate that it shows must name ${host}. Use a name or an address that it has, or run ` +
      `\`deno task keys --renew --host ${host}\` where the runs are, ${restart}.`,
  },
  {
    code: "broker.authority",
    pattern: /UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_SIGNATURE|UnknownIssuer|BadSignature/i,
    demand: (_host, words) =>
      `the certificate that it shows must be signed by the authority of the keys here: ${words}. Copy the folder of ` +
      `these keys again, or ${start}.`,
  },
  {
    code: "broker.plain",
    pattern: /does not support 'tls'/i,
    demand: () => `it must prove by TLS that it is the right one, and has none; ${start}.`,
  },
  {
    code: "broker.refused",
    pattern: /authorization violation|authentication|nkey|seed/i,
    demand: (_host, words) =>
      `it must know the key that is here: ${words}. Copy the folder of these keys again, or ${start}.`,
  },
];

async function refusalOf(server: string, error: unknown, credentials: Credentials | undefined): Promise<StepFailed> {
  const words = wordsOf(error);
  const said = `${(error as { readonly code?: unknown }).code} ${words}`;
  const refusal = refusals.find(({ pattern }) => pattern.test(said));
  if (!refusal) return unreachable(server, words);
  if (!credentials) return lacking(server, "it demands them");
  const { code, demand } = refusal;
  const period = code === "broker.authority" ? await periodProblem(server, credentials.authority) : undefined;
  if (period) return expired(server, period);
  return new StepFailed({ code, message: `Cannot use the broker at ${server} as ${demand(hostOf(server), words)}` });
}

function expired(server: string, period: string): StepFailed {
  return new StepFailed({
    code: "broker.expired",
    message:
      `Cannot use the broker at ${server} as the certificate that it shows must be valid now: ${period}. Look at ` +
      `the clocks of both machines, or run \`deno task keys --renew\` where the runs are, ${restart}.`,
  });
}

function lacking(server: string, why: string): StepFailed {
  return new StepFailed({
    code: "broker.keys",
    message:
      `Cannot use the broker at ${server} as there must be keys for it here, since ${why}. Run \`deno task keys\` ` +
      "where the runs are, and copy workspace/keys/nats/evaluator to the same place on machines of evaluators.",
  });
}

function unreachable(server: string, words: string): StepFailed {
  return new StepFailed({
    code: "broker.unreachable",
    message:
      `Cannot connect to the broker at ${server} as there must be a NATS server that lets this in: ${words}. Start one ` +
      "with `nats-server -js`, or correct the address.",
  });
}
