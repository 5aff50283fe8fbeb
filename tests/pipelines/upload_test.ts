import { assertEquals, assertStringIncludes } from "@std/assert";
import { begin, pipeline } from "../step/_run.ts";

/** The folder of an export, and a store that keeps what it is sent. */
class Upload implements AsyncDisposable {
  readonly folder = Deno.makeTempDirSync();
  readonly objects = new Map<string, string>();
  /** What was asked, in its order. */
  readonly asked: string[] = [];
  /** What is done when an object is written. */
  onWrite = (_name: string) => {};
  readonly #server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => this.#answer(request));

  async #answer(request: Request): Promise<Response> {
    const name = new URL(request.url).pathname.replace("/runs/a/", ""), text = await request.text();
    this.asked.push(`${request.method} ${name}`);
    if (request.method === "GET") {
      const found = this.objects.get(name);
      return new Response(found ?? "<Error><Code>NoSuchKey</Code></Error>", {
        status: found === undefined ? 404 : 200,
      });
    }
    if (request.method === "DELETE") this.objects.delete(name);
    else this.objects.set(name, text);
    if (request.method === "PUT") this.onWrite(name);
    return new Response("");
  }

  write(name: string, text: string): void {
    Deno.writeTextFileSync(`${this.folder}/${name}`, text);
  }

  /** Writes an export of two tables, or what is to be other about it. */
  export(other: Record<string, unknown> = {}): void {
    this.write("agents.csv", "id\r\n1\r\n");
    this.write("cycles.csv", "cycle\r\n");
    this.write("not-of-it.csv", "secret");
    const files = [{ file: "agents.csv", rows: 1, bytes: 7 }, { file: "cycles.csv", rows: 0, bytes: 7 }];
    const manifest = { kind: "evolve-export", version: 1, format: "csv", run: null, seed: "7", files, ...other };
    this.write("export.json", JSON.stringify(manifest));
  }

  async step() {
    const { port } = this.#server.addr as Deno.NetAddr;
    const variables = {
      AWS_ACCESS_KEY_ID: "id",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    };
    const set = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const step = pipeline("upload", this.folder, "--to", "s3://runs/a");
    return await begin([...set, Deno.execPath(), ...step], undefined, "env").ended;
  }

  async refused(): Promise<[code: number, issue: string, message: string]> {
    const { code, records } = await this.step();
    const { code: name, message } = records.at(-1)!.issue as { code: string; message: string };
    return [code, name, message];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await Deno.remove(this.folder, { recursive: true });
  }
}

Deno.test("upload sends what export.json names, and export.json last; of a former export first of all it goes", async () => {
  await using upload = new Upload();
  upload.export();
  const { code, records } = await upload.step();
  assertEquals(code, 0);
  assertEquals(records.map(({ type, file, bytes }) => [type, file, bytes]), [
    ["upload.file", "s3://runs/a/agents.csv", 7],
    ["upload.file", "s3://runs/a/cycles.csv", 7],
    ["step.finished", undefined, undefined],
  ]);
  assertEquals(upload.asked, ["GET export.json", "PUT agents.csv", "PUT cycles.csv", "PUT export.json"]);
  assertEquals(upload.objects.get("agents.csv"), "id\r\n1\r\n");
  upload.asked.length = 0;
  assertEquals((await upload.step()).code, 0);
  assertEquals(upload.asked.slice(0, 3), ["GET export.json", "DELETE export.json", "PUT agents.csv"]);
});

Deno.test("upload refuses what is no whole export before the store is asked", async () => {
  await using upload = new Upload();
  const wanted = async (message: string) => {
    const [code, issue, found] = await upload.refused();
    assertEquals([code, issue], [2, "upload.folder"]);
    assertStringIncludes(found, message);
  };
  await wanted("there must be an export.json in it");
  upload.export({ kind: "other" });
  await wanted("there must be an export.json in it");
  upload.export({ files: [{ file: "../secret.csv", rows: 1, bytes: 6 }] });
  await wanted("there must be an export.json in it");
  upload.export();
  upload.write("cycles.csv", "cycle\r\n1\r\n");
  await wanted("cycles.csv must be a file of 7 bytes: it has 10");
  Deno.removeSync(`${upload.folder}/cycles.csv`);
  await wanted("cycles.csv must be a file of 7 bytes: it is missing");
  Deno.symlinkSync(`${upload.folder}/agents.csv`, `${upload.folder}/cycles.csv`);
  await wanted("cycles.csv must be a file of 7 bytes");
  assertEquals(upload.asked, []);
});

Deno.test("upload takes the place of no other export, and ends none that has changed meanwhile", async () => {
  await using upload = new Upload();
  upload.export({ seed: "8" });
  assertEquals((await upload.step()).code, 0);
  upload.export();
  assertEquals((await upload.refused()).slice(0, 2), [2, "upload.exists"]);
  upload.objects.set("export.json", "not JSON");
  assertEquals((await upload.refused()).slice(0, 2), [2, "upload.exists"]);
  upload.objects.clear();
  upload.onWrite = (name) => name === "cycles.csv" && upload.export({ cycle: 9 });
  assertEquals((await upload.refused()).slice(0, 2), [1, "upload.changed"]);
  assertEquals(upload.objects.has("export.json"), false);
});
