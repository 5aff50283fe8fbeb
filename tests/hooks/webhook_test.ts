import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Webhook } from "../../lib/hooks/webhook.ts";
import { standStill } from "../isolation/stand_still.ts";
import { aMessage } from "../steps/hooks/made_events.ts";

const never = new AbortController().signal;
const limits = { timeoutMs: 20_000, outputBytes: 1000 };

/** A server for one test, and the paths that were asked for. */
function serve(answer: (request: Request) => Response | Promise<Response>) {
  const asked: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    asked.push(new URL(request.url).pathname);
    return answer(request);
  });
  const url = `http://127.0.0.1:${server.addr.port}`;
  return { url, asked, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("Webhook posts the event as JSON", async () => {
  const got: unknown[] = [];
  await using server = serve(async (request) => {
    got.push([request.method, request.headers.get("content-type"), await request.json()]);
    return new Response(null, { status: 204 });
  });
  assertEquals(await new Webhook(`${server.url}/hook`, limits).deliver(aMessage(), never), undefined);
  assertEquals(got, [["POST", "application/json", aMessage().event]]);
});

Deno.test("Webhook reports a status that is no success, and shows nothing of the address but its origin", async () => {
  await using server = serve(() => new Response("no", { status: 500 }));
  const hook = new Webhook(`${server.url}/services/SECRET?token=SECRET`, limits);
  const issue = await hook.deliver(aMessage(), never);
  assertEquals(issue, {
    code: "hook.unavailable",
    message: `The hook webhook ${server.url} answered with status 500.`,
  });
});

Deno.test("Webhook follows no redirect", async () => {
  await using server = serve(() => new Response(null, { status: 307, headers: { location: "/elsewhere" } }));
  const issue = await new Webhook(`${server.url}/first`, limits).deliver(aMessage(), never);
  assertEquals(issue?.code, "hook.redirected");
  assertEquals(server.asked, ["/first"]);
});

Deno.test("Webhook gives up on a server that does not answer", async () => {
  const released = Promise.withResolvers<Response>();
  await using server = serve(() => released.promise);
  const hook = new Webhook(server.url, { ...limits, timeoutMs: 100 });
  assertEquals((await hook.deliver(aMessage(), never))!.code, "hook.timeout");
  released.resolve(new Response());
});

Deno.test("Webhook does not read an endless answer", async () => {
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
  await using server = serve(() => new Response(endless));
  assertEquals(await new Webhook(server.url, limits).deliver(aMessage(), never), undefined);
});

Deno.test("Webhook reports a server that is not there, and names in addresses, without the secret", async () => {
  const server = serve(() => new Response());
  await server[Symbol.asyncDispose]();
  const issue = await new Webhook(`${server.url}/SECRET`, limits).deliver(aMessage(), never);
  assertEquals(issue, { code: "hook.unreachable", message: `The hook webhook ${server.url} could not be reached.` });
  const named = await new Webhook(`${server.url.replace("//", "//name:SECRET@")}`, limits).deliver(aMessage(), never);
  assertStringIncludes(named!.message, "must not have a name or password");
  assert(!named!.message.includes("SECRET"));
});

Deno.test("Webhook: an answer that came while this process stood still was in time", async () => {
  const asked = Promise.withResolvers<void>();
  await using server = serve(() => {
    asked.resolve();
    return new Response();
  });
  const delivery = new Webhook(server.url, { ...limits, timeoutMs: 1000 }).deliver(aMessage(), never);
  await asked.promise;
  standStill(3000);
  assertEquals(await delivery, undefined);
});
