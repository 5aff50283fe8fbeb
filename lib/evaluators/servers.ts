/**
 * The addresses of a broker, as `--server` and `--evaluators` take them.
 *
 * @module
 */

import { BadValue, type Flag } from "../step/flags.ts";

/** The port of NATS where an address says none. */
const defaultPort = 4222;

/** How many servers a broker has at most. */
const mostServers = 16;

/** Names of this machine to itself, as addresses write them. */
const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * The servers of a broker: `nats://HOST:PORT`, several separated by commas.
 *
 * Nothing on the way to them is encrypted or authenticated yet, so they must be on this machine.
 *
 * @returns `host:port` of each.
 * @throws {BadValue} If one is no such address, or on another machine.
 */
export function readServers(text: string): readonly string[] {
  const servers = text.split(",").map((one) => readServer(one.trim()));
  if (servers.length > mostServers) throw new BadValue(`must name at most ${mostServers} servers`);
  return [...new Set(servers)];
}

/** `--evaluators` of steps that have others evaluate. */
export const evaluatorsFlag = {
  kind: "parsed",
  parse: readServers,
  brief: "Have evaluators on other machines evaluate: the broker where they are, nats://HOST:PORT[,…].",
  placeholder: "servers",
  optional: true,
} as const satisfies Flag;

function readServer(text: string): string {
  const [, host, port] = /^nats:\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?\/?$/.exec(text) ?? [];
  const number = Number(port ?? defaultPort);
  if (host === undefined || number < 1 || number > 65_535) {
    throw new BadValue("must be nats://HOST:PORT, several separated by commas", "nats://127.0.0.1:4222");
  }
  if (!loopback.has(host.toLowerCase())) throw new BadValue(elsewhere(host, number));
  return `${host.toLowerCase()}:${number}`;
}

function elsewhere(host: string, port: number): string {
  return "must be on this machine (127.0.0.1, localhost or [::1]): what goes to another one is neither encrypted nor " +
    `authenticated yet. Open a tunnel by ssh -N -L ${port}:127.0.0.1:${port} ${host}, and use nats://127.0.0.1:${port}`;
}
