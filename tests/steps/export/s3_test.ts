import { assertEquals, assertNotMatch, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { BadValue } from "../../../lib/step/flags.ts";
import { S3, s3Variables } from "../../../lib/steps/export/s3.ts";
import { s3Place } from "../../../lib/steps/export/s3_place.ts";
import { Misuse, StepFailed } from "../../../lib/util/issue.ts";

Deno.test("s3Place() takes a bucket and a prefix apart, and refuses what servers take in their own ways", () => {
  assertEquals(s3Place("s3://runs"), { bucket: "runs", prefix: "" });
  assertEquals(s3Place("s3://my.runs/"), { bucket: "my.runs", prefix: "" });
  assertEquals(s3Place("s3://runs/a/day=2026-11-29/"), { bucket: "runs", prefix: "a/day=2026-11-29" });
  const refused = [
    "runs/a",
    "s3://",
    "s3://Runs",
    "s3://a",
    "s3://runs//a",
    "s3://runs/a//b",
    "s3://runs/../x",
    "s3://runs/a?b",
  ];
  for (const input of [...refused, "s3://runs/a b", "s3://runs/ü", `s3://runs/${"a".repeat(901)}`, "https://runs/a"]) {
    assertThrows(() => s3Place(input), BadValue, "must be s3://");
  }
});

/** A store at which requests are answered so, and what it was asked. */
async function withStore(
  answer: (request: string, count: number) => Response,
  work: (store: S3, asked: string[]) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    await request.arrayBuffer();
    const { pathname, search } = new URL(request.url);
    const line = `${request.method} ${pathname}${search}`;
    asked.push(line);
    return answer(line, asked.length);
  });
  const { port } = server.addr as Deno.NetAddr;
  await withVariables({
    AWS_ACCESS_KEY_ID: "id",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}/store/`,
  }, () => work(S3.of({ bucket: "runs", prefix: "a" }, new AbortController().signal), asked));
}

async function withVariables(variables: Readonly<Record<string, string>>, work: () => unknown): Promise<void> {
  const before = s3Variables.map((name) => [name, Deno.env.get(name)] as const);
  try {
    for (const name of s3Variables) Deno.env.delete(name);
    for (const [name, value] of Object.entries(variables)) Deno.env.set(name, value);
    await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
  }
}

/** A file of so many bytes, gone at the end. */
async function withFile(bytes: number, work: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, new Uint8Array(bytes));
    await work(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("S3.of() names the variable that is missing or can't be", async () => {
  const of = () => S3.of({ bucket: "runs", prefix: "" }, new AbortController().signal);
  const keys = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };
  const cases: [Record<string, string>, string][] = [
    [{}, "AWS_ACCESS_KEY_ID must be set"],
    [{ AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "" }, "AWS_SECRET_ACCESS_KEY must be set"],
    [{ ...keys, AWS_REGION: "eu/../x" }, "AWS_REGION must be a name"],
    [{ ...keys, AWS_ENDPOINT_URL_S3: "ftp://store" }, "AWS_ENDPOINT_URL_S3 must be an address"],
    [{ ...keys, AWS_ENDPOINT_URL_S3: "http://me:pass@store" }, "AWS_ENDPOINT_URL_S3 must be an address"],
  ];
  for (const [variables, wanted] of cases) await withVariables(variables, () => assertThrows(of, Misuse, wanted));
});

Deno.test("S3 tries again what a busy store did not do, and gives up in the end", async () => {
  await withFile(
    3,
    (path) =>
      withStore((_, count) => new Response("", { status: count < 3 ? 503 : 200 }), async (store, asked) => {
        await store.write("x.csv", path);
        assertEquals(asked, Array(3).fill("PUT /store/runs/a/x.csv"));
      }),
  );
  const busy = () => new Response("<Error><Code>SlowDown</Code><Message>Less.</Message></Error>", { status: 503 });
  await withStore(busy, async (store, asked) => {
    await assertRejects(() => store.remove("x.csv"), StepFailed, "it says SlowDown: Less. See to");
    assertEquals(asked.length, 4);
  });
});

Deno.test("S3 drops the parts of a file of which one is refused, or that is not completed", async () => {
  const begun = "<InitiateMultipartUploadResult><UploadId>u/1</UploadId></InitiateMultipartUploadResult>";
  const failed = "<Error><Code>InternalError</Code><Message>No.</Message></Error>";
  const failures: [RegExp, () => Response][] = [
    [/partNumber=2/, () => new Response("<Error><Code>EntityTooLarge</Code></Error>", { status: 400 })],
    [/^POST .*uploadId=/, () => new Response(failed)],
  ];
  for (const [where, failure] of failures) {
    await withFile(
      2 ** 23 + 1,
      (path) =>
        withStore(
          (line) => where.test(line) ? failure() : new Response(begun, { headers: { etag: '"e"' } }),
          async (store, asked) => {
            await assertRejects(() => store.write("x.csv", path), StepFailed, "it says ");
            assertEquals(asked[0], "POST /store/runs/a/x.csv?uploads=");
            assertEquals(asked.at(-1), "DELETE /store/runs/a/x.csv?uploadId=u%2F1");
          },
        ),
    );
  }
});

Deno.test("S3.read() takes what it may not see for nothing, and follows no other address", async () => {
  const denied = "<Error><Code>AccessDenied</Code></Error>";
  await withStore(() => new Response(denied, { status: 403 }), async (store) => {
    assertEquals(await store.read("export.json"), undefined);
  });
  const elsewhere = { status: 307, headers: { location: "http://127.0.0.1:9/" } };
  await withStore(() => new Response(null, elsewhere), async (store, asked) => {
    const error = await assertRejects(() => store.read("export.json"), StepFailed);
    assertStringIncludes(error.message, "it says status 307");
    assertNotMatch(error.message, /secret\b/);
    assertEquals(asked.length, 1);
  });
});
