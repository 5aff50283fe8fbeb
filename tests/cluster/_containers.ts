/**
 * Services of compose files, run without an engine of containers: each in namespaces of its own by bubblewrap, with this project
 * in the place of the image.
 *
 * @module
 */

import { parse } from "@std/yaml";
import { projectRoot } from "../../lib/run/paths.ts";
import { natsServer } from "../evaluators/nats.ts";
import { begin, type Running } from "../step/_run.ts";

/** A service, as `docker-compose config` writes it. */
export interface Service {
  readonly image: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly network_mode?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
}

/** What an entry point is where a service names none: those of the images. */
const entryPoints: Readonly<Record<string, readonly string[]>> = {
  evolve: ["/evolve/ops/container/entry"],
  nats: [natsServer ?? "nats-server"],
};

/** The services of compose files, merged by docker-compose. @param paths Within the project. */
export async function merged(...paths: string[]): Promise<Readonly<Record<string, Service>>> {
  const folder = await Deno.makeTempDir();
  for (const path of paths) {
    // Debian's version is of before projects had names.
    const text = (await Deno.readTextFile(`${projectRoot}/${path}`)).replace(/^name: .*\n/m, "");
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
  const args = [...paths.flatMap((path) => ["-f", path]), "config"];
  const { success, stdout, stderr } = await new Deno.Command("docker-compose", { args, cwd: folder }).output();
  await Deno.remove(folder, { recursive: true });
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return (parse(decoder.decode(stdout)) as { readonly services: Readonly<Record<string, Service>> }).services;
}

/** A project of compose files, until it is disposed of. */
export class Containers implements AsyncDisposable {
  readonly services: Readonly<Record<string, Service>>;
  readonly #folder = Deno.makeTempDirSync({ prefix: "evolve-containers-" });
  readonly #all: Running[] = [];
  /** Process whose network a service has, by the name of that. */
  readonly #pids = new Map<string, number>();
  #count = 0;

  constructor(services: Readonly<Record<string, Service>>) {
    this.services = services;
    for (const name of ["runs", "workspace"]) Deno.mkdirSync(`${projectRoot}/${name}`, { recursive: true });
  }

  /** Where a volume lies. */
  volume(name: string): string {
    const path = `${this.#folder}/${name}`;
    Deno.mkdirSync(path, { recursive: true });
    return path;
  }

  /** Starts a container of a service, maybe with a command of another wording. */
  up(name: string, change = (command: readonly string[]) => command): Running {
    const service = this.services[name]!;
    const { image, entrypoint = entryPoints[image.split(":")[0]!]!, command = [] } = service;
    const line = ["bwrap", ...this.#rootOf(service), "--", ...entrypoint, ...change(command)];
    const [program, ...args] = this.#inNetwork(name, service, line);
    const container = begin(args, undefined, program);
    this.#pids.set(name, container.child.pid);
    this.#all.push(container);
    return container;
  }

  /** Sends what runs in a container a signal. */
  async signal({ child }: Running, name: "TERM" | "KILL"): Promise<void> {
    await new Deno.Command("pkill", { args: [`-${name}`, "-P", String(child.pid)] }).output();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const container of this.#all.toReversed()) {
      await this.signal(container, "KILL");
      await container.ended;
    }
    await Deno.remove(this.#folder, { recursive: true });
  }

  #rootOf({ volumes = [], tmpfs = [] }: Service): string[] {
    const places = new Map(volumes.map((volume) => {
      const [source, path, mode] = volume.split(":") as [string, string, string];
      return [path, [mode === "ro" ? "--ro-bind" : "--bind", this.volume(source)]];
    }));
    // The image has it as a volume.
    if (!places.has("/data")) places.set("/data", ["--bind", this.volume(`anonymous-${++this.#count}`)]);
    const [how, data] = places.get("/data")! as [string, string];
    const links = ["runs", "workspace"].flatMap((name) => {
      Deno.mkdirSync(`${data}/${name}`, { recursive: true });
      return [how, `${data}/${name}`, `/evolve/${name}`];
    });
    return [
      ...["--unshare-ipc", "--unshare-uts", "--die-with-parent", "--cap-drop", "ALL", "--clearenv"],
      ...["bin", "lib", "lib64", "sbin"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]),
      ...["usr", "etc"].flatMap((name) => ["--ro-bind", `/${name}`, `/${name}`]),
      ...["--dev", "/dev", "--proc", "/proc", "--ro-bind", Deno.execPath(), "/opt/deno/deno"],
      ...["--ro-bind", projectRoot, "/evolve"],
      ...[...places].flatMap(([path, [how, from]]) => [how!, from!, path]),
      ...links,
      ...tmpfs.flatMap((path) => ["--tmpfs", path]),
      ...["--setenv", "PATH", "/opt/deno:/usr/local/bin:/usr/bin:/bin:/usr/sbin", "--setenv", "HOME", "/tmp"],
      ...["--chdir", "/evolve"],
    ];
  }

  #inNetwork(name: string, { network_mode }: Service, line: readonly string[]): [string, ...string[]] {
    const of = network_mode?.match(/^service:(.*)$/)?.[1];
    if (of) return ["nsenter", `--net=/proc/${this.#pids.get(of)}/ns/net`, ...line];
    return ["unshare", "--net", "/bin/sh", "-c", 'ip link set lo up && echo up && exec "$@"', name, ...line];
  }
}
