/**
 * A NATS server for tests, with JetStream, on a free port of the loopback.
 *
 * @module
 */

/** The path of the server, if it is installed. */
export const natsServer: string | undefined = find();

function find(): string | undefined {
  const { success, stdout } = new Deno.Command("/bin/sh", { args: ["-c", "command -v nats-server"] }).outputSync();
  if (success) return new TextDecoder().decode(stdout).trim();
  console.warn("left out: tests of evaluators, as there is no nats-server");
}

/** How it is started. */
export interface NatsOptions {
  /** Whether it has JetStream. @default true */
  readonly jetStream?: boolean;
  /** Its largest message in bytes. @default its own */
  readonly maxPayload?: number;
  /** The address where it listens. @default 127.0.0.1 */
  readonly host?: string;
  /** Its port. @default one that is free here */
  readonly port?: number;
  /** Where its messages lie: it is emptied, and left, in the end. @default a folder of its own */
  readonly folder?: string;
  /** What starts a command, such as on another host. @default itself */
  readonly within?: (command: readonly string[]) => readonly string[];
  /** The folder of a broker that `keys` has written: it is started with the configuration there. */
  readonly broker?: string;
}

/** A server, until it is disposed of. */
export class NatsServer implements AsyncDisposable {
  readonly port: number;
  /** Where its messages lie. */
  readonly folder: string;
  readonly #options: NatsOptions;
  #child!: Deno.ChildProcess;

  private constructor(port: number, folder: string, options: NatsOptions) {
    this.port = port;
    this.folder = folder;
    this.#options = options;
  }

  /** Starts one, and waits until it answers. */
  static async start(options: NatsOptions = {}): Promise<NatsServer> {
    const { port = freePort(), folder = await Deno.makeTempDir({ prefix: "evolve-nats-" }) } = options;
    const server = new NatsServer(port, folder, options);
    await server.#spawn();
    return server;
  }

  /** `host:port`. */
  get address(): string {
    return `${this.#options.host ?? "127.0.0.1"}:${this.port}`;
  }

  get url(): string {
    return `nats://${this.address}`;
  }

  /** Kills it, and starts it again on the same port, maybe with an empty disk. */
  async restart({ wipe = false }: { readonly wipe?: boolean } = {}): Promise<void> {
    await this.kill();
    if (wipe) await Deno.remove(`${this.folder}/jetstream`, { recursive: true });
    await this.#spawn();
  }

  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.#child.status;
  }

  signal(name: Deno.Signal): void {
    try {
      this.#child.kill(name);
    } catch {
      // It has ended.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    if (this.#options.folder === undefined) await Deno.remove(this.folder, { recursive: true });
  }

  async #spawn(): Promise<void> {
    const { broker, within = (command) => command } = this.#options;
    const { args: own, cwd } = await (broker === undefined ? this.#plain() : this.#asWritten(broker));
    const [program, ...args] = within([natsServer!, ...own]);
    const child = this.#child = new Deno.Command(program!, {
      args,
      cwd,
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let said = "";
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    (async () => {
      for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
        if (said.length < 65_536) said += text;
        if (said.includes("Server is ready")) resolve();
      }
      reject(new Error(`nats-server has ended: ${said}`));
    })();
    await promise;
  }

  async #plain(): Promise<{ args: string[]; cwd?: string }> {
    const { jetStream = true, maxPayload } = this.#options;
    const config = `${this.folder}/nats.conf`;
    await Deno.writeTextFile(
      config,
      [
        `listen: "${this.address}"`,
        ...(jetStream ? [`jetstream { store_dir: "${this.folder}" }`] : []),
        ...(maxPayload === undefined ? [] : [`max_payload: ${maxPayload}`]),
      ].join("\n"),
    );
    return { args: ["-c", config] };
  }

  /** As on the machine to which the folder was copied. */
  async #asWritten(broker: string): Promise<{ args: string[]; cwd: string }> {
    const { host = "127.0.0.1" } = this.#options;
    for (const { name } of Deno.readDirSync(broker)) {
      await Deno.copyFile(`${broker}/${name}`, `${this.folder}/${name}`);
    }
    return { args: ["-c", "nats-server.conf", "-a", host, "-p", String(this.port)], cwd: this.folder };
  }
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
