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

/** What an address begins with whose server must prove by TLS that it is the right one. */
const proven = "tls://";

/**
 * The servers of a broker: `nats://HOST:PORT` or `tls://HOST:PORT`, several separated by commas.
 *
 * @returns `host:port` of a server on this machine, which may be one without TLS; `tls://host:port` of any other one.
 * @throws {BadValue} If one is no such address.
 */
export function readServers(text: string): readonly string[] {
  const servers = text.split(",").map((one) => readServer(one.trim()));
  if (servers.length > mostServers) throw new BadValue(`must name at most ${mostServers} servers`);
  return [...new Set(servers)];
}

/** What flags may say of servers in the form that they take. */
export function urlOf(server: string): string {
  return isProven(server) ? server : `nats://${server}`;
}

/** Whether a server must prove by TLS that it is the right one. */
export function isProven(server: string): boolean {
  return server.startsWith(proven);
}

/** `host:port` of a server. */
export function addressOf(server: string): string {
  return isProven(server) ? server.slice(proven.length) : server;
}

/** The host of a server, an IPv6 address without its brackets. */
export function hostOf(server: string): string {
  return addressOf(server).replace(/:[0-9]+$/, "").replaceAll(/[[\]]/g, "");
}

/** Whether a host is an address rather than a name. */
export function isAddress(host: string): boolean {
  return host.includes(":") || /^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(host);
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
  const [, scheme, host, port] =
    /^(nats|tls):\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_][A-Za-z0-9._-]*)(?::([0-9]{1,5}))?\/?$/.exec(text) ?? [];
  const number = Number(port ?? defaultPort);
  if (host === undefined || number < 1 || number > 65_535) {
    throw new BadValue("must be nats://HOST:PORT, several separated by commas", "nats://127.0.0.1:4222");
  }
  const name = host.toLowerCase();
  return `${scheme === "tls" || !loopback.has(name) ? proven : ""}${name}:${number}`;
}
