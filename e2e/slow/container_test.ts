import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { root } from "../evolve.ts";
import { missing } from "../tools.ts";

const isRoot = Deno.uid() === 0;
if (!isRoot) console.error("left out the container: to build a base image and to mount it takes root");
const ignore = !isRoot || await missing("mmdebstrap") || await missing("buildah") || await missing("unshare");

/** What a container gets: the image read-only, a volume, a /tmp; and the uid that the image names, no privilege more. */
const enter = `set -eu
image=$1 volume=$2 user=$3; shift 3
mount --make-rprivate /
mount --bind "$image" "$image"
mount --rbind /dev "$image/dev"
mount -t proc proc "$image/proc"
mount -t tmpfs tmpfs "$image/tmp"
mount --bind "$volume" "$image/data"
mount -o remount,bind,ro "$image"
cd "$image"
exec chroot --userspec="$user" . /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin "$@"`;

async function done(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, stdin: "null" }).output();
  const said = new TextDecoder().decode(stdout);
  if (!success) {
    throw new Error(`${program} ${args.join(" ")}: ${said}${new TextDecoder().decode(stderr)}`.slice(-4000));
  }
  return said.trim();
}

interface Image {
  readonly User: string;
  readonly Entrypoint: string[];
  readonly Cmd: string[];
  readonly Env: string[];
  readonly WorkingDir: string;
  readonly Volumes: Record<string, unknown>;
  readonly Healthcheck: { readonly Test: string[] };
}

/** An image that is built for a test, gone at its end. */
class Built implements AsyncDisposable {
  readonly #folder = Deno.makeTempDirSync({ prefix: "evolve-container-" });
  readonly #store = ["--root", `${this.#folder}/root`, "--runroot", `${this.#folder}/run`, "--storage-driver", "vfs"];
  image!: Image;
  path = "";

  buildah(command: string, ...args: string[]): Promise<string> {
    return done("buildah", [...this.#store, command, ...args]);
  }

  /** Debian with this Deno, and with the certificates that this machine trusts where it names some of its own. */
  async base(): Promise<void> {
    const tar = `${this.#folder}/base.tar`;
    await done("mmdebstrap", ["--quiet", "--variant=minbase", "--include=procps", "bookworm", tar]);
    const name = await this.buildah("from", "scratch");
    await this.buildah("add", "--quiet", name, tar, "/");
    await this.buildah(
      "copy",
      "--quiet",
      name,
      await done("deno", ["eval", "-q", "console.log(Deno.execPath())"]),
      "/usr/bin/deno",
    );
    const certificates = Deno.env.get("DENO_CERT") ?? Deno.env.get("SSL_CERT_FILE");
    if (certificates) {
      await this.buildah("copy", "--quiet", name, certificates, "/etc/certificates.pem");
      await this.buildah("config", "--env", "DENO_CERT=/etc/certificates.pem", name);
    }
    await this.buildah("commit", "--quiet", "--rm", name, "localhost/base");
    await Deno.remove(tar);
  }

  async build(): Promise<void> {
    const how = ["--quiet", "--format", "docker", "--pull=never", "--isolation", "chroot"];
    await this.buildah("bud", ...how, "--build-arg", "BASE=localhost/base", "-t", "localhost/evolve", root);
    this.image = JSON.parse(await this.buildah("inspect", "--type", "image", "localhost/evolve")).Docker.config;
    this.path = await this.buildah("mount", await this.buildah("from", "--pull=never", "localhost/evolve"));
  }

  /** An empty volume, as a container engine makes it: with the owner that the folder has in the image. */
  async volume(): Promise<string> {
    const path = await Deno.makeTempDir({ dir: this.#folder });
    const { uid, gid } = await Deno.stat(`${this.path}/data`);
    await Deno.chown(path, uid, gid);
    return path;
  }

  /** Starts a program as in a container. */
  start(volume: string, ...command: string[]): Deno.ChildProcess {
    const { Env, User } = this.image;
    return new Deno.Command("unshare", {
      args: ["--mount", "sh", "-c", enter, "sh", this.path, volume, User, ...Env, ...command],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  async end(volume: string, ...command: string[]) {
    const { code, stdout, stderr } = await this.start(volume, ...command).output();
    return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.buildah("rm", "--all").catch(() => {});
    await Deno.remove(this.#folder, { recursive: true });
  }
}

Deno.test("a container that is stopped in a cycle goes on to the same population", { ignore }, async (test) => {
  await using built = new Built();
  await test.step("a base image is made", () => built.base());
  await test.step("the image is built", () => built.build());
  const { Entrypoint: evolve, Healthcheck } = built.image, main = ["--run", "main"];
  const init = [...evolve, "init", ...main, "--count", "12", "--seed", "7"];
  const lifecycle = [...evolve, "lifecycle", ...main, "--until", "3"];
  const health = Healthcheck.Test.slice(1);
  const undisturbed = await built.volume(), stopped = await built.volume();

  await test.step("the image says user, volume, entry point, command and health check", () => {
    assertEquals(built.image.User, "10001:10001");
    assertEquals(Object.keys(built.image.Volumes), ["/data"]);
    assertEquals(built.image.Entrypoint, ["/evolve/ops/container/entry"]);
    assertEquals(built.image.Cmd.slice(0, 3), ["start", "--run", "main"]);
    assertEquals(Healthcheck.Test, ["CMD", "/evolve/ops/container/health"]);
  });

  await test.step("the mount is read-only, the uid has no privilege", async () => {
    const { code, said } = await built.end(
      undisturbed,
      "/bin/sh",
      "-c",
      "id -u; touch /evolve/a /etc/a; touch /data/a && rm /data/a",
    );
    assertEquals(code, 0, said);
    assertMatch(said, /^10001\n/);
    assertEquals(said.match(/Read-only file system/g)?.length, 2, said);
  });

  await test.step("the command that the image has begins a run", async () => {
    const volume = await built.volume();
    const child = built.start(volume, ...evolve, ...built.image.Cmd);
    await lineOf(child, /^ *1 /m);
    assertEquals((await built.end(volume, ...health)).said, "run main is at work\n");
    child.kill("SIGTERM");
    assertEquals((await child.status).code, 130);
    const after = await built.end(volume, ...health);
    assertEquals([after.code, after.said], [1, "unhealthy: no step is at work on run main\n"]);
  });

  await test.step("SIGTERM in a cycle, and on", async () => {
    for (const volume of [undisturbed, stopped]) {
      const { code, said } = await built.end(volume, ...init);
      assertEquals(code, 0, said);
    }
    const whole = await built.end(undisturbed, ...lifecycle);
    assertEquals(whole.code, 0, whole.said);
    const child = built.start(stopped, ...lifecycle);
    await lineOf(child, /"type":"cycle.finished".*"cycle":1\b/);
    child.kill("SIGTERM");
    assertEquals((await child.status).code, 130);
    const rest = await built.end(stopped, ...lifecycle);
    assertEquals(rest.code, 0, rest.said);
    assertMatch(rest.said, /"type":"cycle.finished".*"cycle":3\b/);
    const digests = [];
    for (const volume of [undisturbed, stopped]) {
      const { said } = await built.end(volume, ...evolve, "status", ...main, "--format", "ndjson");
      digests.push(/"digest":"(\w+)"/.exec(said)?.[1]);
    }
    assert(digests[0] !== undefined);
    assertEquals(digests[1], digests[0]);
  });

  await test.step("metrics reads a volume that it can't write", async () => {
    const script = 'set -e; "$@"; cat /tmp/evolve.prom';
    const command = [...evolve, "metrics", "--quiet", ...main, "--out", "/tmp/evolve.prom"];
    const { code, said } = await built.end(stopped, "/bin/sh", "-c", script, "sh", ...command);
    assertEquals(code, 0, said);
    assertStringIncludes(said, 'evolve_cycles_total{run="main"} 3\n');
  });
});

/** Waits until a step has written a line; what it writes from then on is read and dropped. */
async function lineOf(child: Deno.ChildProcess, line: RegExp): Promise<void> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout.values({ preventCancel: true })) {
    text += decoder.decode(chunk, { stream: true });
    if (line.test(text)) break;
  }
  if (!line.test(text)) throw new Error(`It ended before ${line}: ${text}${await new Response(child.stderr).text()}`);
  for (const stream of [child.stdout, child.stderr]) void stream.pipeTo(new WritableStream());
}
