import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Run } from "../evolve.ts";

/** A store that checks signatures, behind a relay that sees the heads of requests. */
class Store implements AsyncDisposable {
  readonly folder = Deno.makeTempDirSync();
  /** The heads of all requests so far. */
  readonly heads: string[] = [];
  readonly #process: Deno.ChildProcess;
  #relay: Deno.TcpListener | undefined;

  constructor() {
    this.#process = new Deno.Command("deno", {
      args: ["run", "-q", "--no-prompt", "-P=s3_store", "s3_store.ts", this.folder],
      stdout: "piped",
    }).spawn();
  }

  /** Where it is to be found. */
  async listen(): Promise<string> {
    const reader = this.#process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const port = Number((await reader.read()).value);
    this.#relay = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#serve(this.#relay, port);
    return `http://127.0.0.1:${this.#relay.addr.port}`;
  }

  async #serve(relay: Deno.TcpListener, port: number): Promise<void> {
    for await (const client of relay) {
      const server = await Deno.connect({ hostname: "127.0.0.1", port });
      server.readable.pipeTo(client.writable).catch(() => {});
      client.readable.pipeThrough(this.#watch()).pipeTo(server.writable).catch(() => {});
    }
  }

  /** Sees where a head begins and ends by the lengths that heads tell of their bodies. */
  #watch(): TransformStream<Uint8Array, Uint8Array> {
    let text = "", body = 0;
    const decoder = new TextDecoder("latin1");
    return new TransformStream({
      transform: (chunk, controller) => {
        controller.enqueue(chunk);
        // A character a byte, so that lengths are those of bytes.
        text += decoder.decode(chunk);
        for (;;) {
          const skipped = Math.min(body, text.length);
          text = text.slice(skipped);
          body -= skipped;
          const end = body > 0 ? -1 : text.indexOf("\r\n\r\n");
          if (end < 0) return;
          const head = text.slice(0, end);
          this.heads.push(head);
          text = text.slice(end + 4);
          body = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
        }
      },
    });
  }

  /** The bytes of an object. */
  object(key: string): Uint8Array {
    return Deno.readFileSync(`${this.folder}/runs/${key}._S3rver_object`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#relay?.close();
    this.#process.kill();
    await this.#process.status;
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Events that make a file of more than two parts. */
function lengthen(run: Run): void {
  using db = new DatabaseSync(`${run.folder}/workspace/listing.db`);
  db.exec(`INSERT INTO events (cycle, type, agent, data, at) WITH RECURSIVE n(i) AS
    (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
    SELECT 0, 'agent.stray', 'x', '{"files":["' || hex(randomblob(120)) || '"],"count":1}', '2026-01-01T00:00:00.000Z' FROM n`);
}

Deno.test("export --to s3://… uploads to a store that checks signatures", async (t) => {
  await using store = new Store();
  await using run = new Run();
  Object.assign(run.env, {
    AWS_ACCESS_KEY_ID: "S3RVER",
    AWS_SECRET_ACCESS_KEY: "S3RVER",
    AWS_ENDPOINT_URL_S3: await store.listen(),
  });
  await run.step("init", "--count", "4", "--seed", "7");
  lengthen(run);
  const out = await Deno.makeTempDir();

  await t.step("the same files as --out, one of them in parts, export.json last", async () => {
    await run.step("export", "--format", "csv", "--out", out);
    const said = await run.step("export", "--format", "csv", "--to", "s3://runs/day=1/a");
    for (const { name } of Deno.readDirSync(out)) {
      const wanted = Deno.readFileSync(`${out}/${name}`), found = store.object(`day=1/a/${name}`);
      assertEquals(found.length, wanted.length, name);
      assert(found.every((byte, at) => byte === wanted[at]), name);
      if (name !== "export.json") assertStringIncludes(said, `"file":"s3://runs/day=1/a/${name}"`);
    }
    assert(Deno.statSync(`${out}/events.csv`).size > 2 * 8 * 1024 * 1024);
    const writes = store.heads.filter((head) => /^(PUT|POST) /.test(head));
    const parts = writes.filter((head) => head.includes("/events.csv?partNumber="));
    assertEquals(parts.length, Math.ceil(Deno.statSync(`${out}/events.csv`).size / (8 * 1024 * 1024)));
    assertStringIncludes(writes.at(-1)!, "PUT /runs/day=1/a/export.json ");
    for (const head of writes.filter((head) => head.startsWith("PUT"))) {
      assert(/^content-length: [1-9]\d*$/im.test(head) && !/^transfer-encoding:/im.test(head), head);
    }
  });

  await t.step("again in the place of the former, but not of another format", async () => {
    const before = store.heads.length;
    await run.step("export", "--format", "csv", "--to", "s3://runs/day=1/a");
    const lines = store.heads.slice(before).map((head) => head.split("\r\n")[0]!);
    assertStringIncludes(lines[1]!, "DELETE /runs/day=1/a/export.json ");
    const { code, stderr } = await run.end("export", "--to", "s3://runs/day=1/a");
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, "Cannot export to s3://runs/day=1/a as there must be no export.json");
  });

  await t.step("a wrong secret and a bucket that is not there are told, and no secret is", async () => {
    run.env.AWS_SECRET_ACCESS_KEY = "not-the-secret";
    const wrong = await run.end("export", "--to", "s3://runs/b");
    assertEquals(wrong.code, 1);
    assertStringIncludes(wrong.stderr, "SignatureDoesNotMatch");
    const logs = await Deno.readTextFile(`${run.folder}/logs/steps.ndjson`).catch(() => "");
    assert(![wrong.stdout, wrong.stderr, logs].some((text) => text.includes("not-the-secret")));
    run.env.AWS_SECRET_ACCESS_KEY = "S3RVER";
    const none = await run.end("export", "--to", "s3://none/b");
    assertEquals(none.code, 1);
    assertStringIncludes(none.stderr, "NoSuchBucket");
  });

  await t.step("a store that can't be reached is told", async () => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = taken.addr;
    taken.close();
    run.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${port}`;
    const { code, stderr } = await run.end("export", "--to", "s3://runs/b");
    assertEquals(code, 1);
    assertStringIncludes(stderr, `Cannot reach the store at 127.0.0.1:${port}`);
  });
  await Deno.remove(out, { recursive: true });
});
