/**
 * A NATS server with JetStream for tests; those that need it are left out where Debian's package `nats-server` is missing.
 *
 * @module
 */

import { hasProgram } from "../has_program.ts";

/** Whether tests need to be left out, as there is no such server. */
export const noNats = !["nats-server"].some(hasProgram);

/** How a server is started. */
export interface NatsOptions {
  /** Whether it has JetStream. @default true */
  readonly jetstream?: boolean;
}

/** A server on a free port of the loopback, with its store in a temporary folder. */
export class NatsServer implements AsyncDisposable {
  readonly #store: string;
  readonly #options: NatsOptions;
  #child: Deno.ChildProcess | undefined;
  #port = -1;

  private constructor(store: string, options: NatsOptions) {
    this.#store = store;
    this.#options = options;
  }

  static async start(options: NatsOptions = {}): Promise<NatsServer> {
    const server = new NatsServer(await Deno.makeTempDir({ prefix: "evolve-nats-" }), options);
    await server.#start();
    return server;
  }

  /** `host:port`. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** What a flag is given. */
  get url(): string {
    return `nats://${this.address}`;
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    child.kill("SIGKILL");
    await child.status;
    await child.stderr.cancel().catch(() => {});
  }

  /** Ends it at once and starts it on the same port. @param wipe Whether its disk is emptied meanwhile. */
  async restart({ wipe = false } = {}): Promise<void> {
    await this.kill();
    if (wipe) await Deno.remove(this.#store, { recursive: true });
    await this.#start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await Deno.remove(this.#store, { recursive: true }).catch(() => {});
  }

  async #start(): Promise<void> {
    const { jetstream = true } = this.#options;
    const child = this.#child = new Deno.Command("nats-server", {
      args: ["-a", "127.0.0.1", "-p", `${this.#port}`, ...(jetstream ? ["-js", "-sd", this.#store] : [])],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let said = "";
    const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
    while (!said.includes("Server is ready")) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`nats-server ended: ${said}`);
      said += value;
    }
    this.#port = Number(/Listening for client connections on 127\.0\.0\.1:(\d+)/.exec(said)![1]);
    // What it says from now on is for no one; unread it would wait for a reader.
    void (async () => {
      while (!(await reader.read().catch(() => ({ done: true }))).done);
    })();
  }
}
