/**
 * The certificate that a server shows, to say what is wrong with it: Deno's TLS says of each that it could not be verified.
 *
 * @module
 */

import { X509Certificate } from "node:crypto";
import { connect as connectSocket } from "node:net";
import { connect as connectTls } from "node:tls";
import { addressOf, hostOf } from "./servers.ts";

/** How long it is waited for, in milliseconds. */
const timeoutMs = 5000;

/**
 * Why a certificate does not hold now that the authority has signed; undefined where it does, where another one has signed it,
 * or where it can't be seen.
 *
 * Needs net permission for the server. Nothing is sent to it.
 *
 * @param authority As PEM.
 */
export async function periodProblem(server: string, authority: string): Promise<string | undefined> {
  const raw = await shownCertificate(server).catch(() => undefined);
  if (!raw) return undefined;
  try {
    const certificate = new X509Certificate(raw);
    if (!certificate.verify(new X509Certificate(authority).publicKey)) return undefined;
    const [from, until] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
    const now = new Date();
    if (now > until) return `it has expired at ${until.toISOString()}`;
    if (now < from) return `it is not valid before ${from.toISOString()}`;
  } catch {
    // It is none.
  }
  return undefined;
}

/** A server of NATS says what it is first, and begins with TLS then. */
function shownCertificate(server: string): Promise<Uint8Array | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | undefined>();
  const port = Number(addressOf(server).split(":").at(-1));
  const socket = connectSocket(port, hostOf(server));
  const timer = setTimeout(() => reject(new Error("It does not answer")), timeoutMs);
  socket.once("error", reject);
  socket.once("data", () => {
    const tls = connectTls({ socket, host: hostOf(server), rejectUnauthorized: false }, () => {
      resolve(tls.getPeerCertificate().raw);
    });
    tls.once("error", reject);
  });
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
