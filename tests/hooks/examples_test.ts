import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CommandHook } from "../../lib/hooks/command_hook.ts";
import { ModuleHook } from "../../lib/hooks/module_hook.ts";
import { Webhook } from "../../lib/hooks/webhook.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { blocks } from "../docs_pages.ts";
import { aMessage } from "../steps/hooks/made_events.ts";

const never = new AbortController().signal;
const limits = { timeoutMs: 20_000, outputBytes: 65_536 };

function variable(name: string, value: string): Disposable {
  Deno.env.set(name, value);
  return { [Symbol.dispose]: () => Deno.env.delete(name) };
}

/** A server that answers with a status, and what it was sent. */
function serve(status: () => number) {
  const got: { method: string; body: string }[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    got.push({ method: request.method, body: await request.text() });
    return new Response(null, { status: status() });
  });
  const url = `http://127.0.0.1:${server.addr.port}/SECRET`;
  return { got, url, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("plugins/chat_hook.ts tells a chat of a cycle, and shows nothing of its address", async () => {
  let status = 200;
  await using chat = serve(() => status);
  using _url = variable("EVOLVE_CHAT_URL", chat.url);
  const folder = await Deno.makeTempDir();
  const hook = new ModuleHook("plugins/chat_hook.ts", {
    folder,
    limits,
    say: () => {},
    secretEnv: ["EVOLVE_CHAT_URL"],
  });
  assertEquals(await hook.deliver(aMessage(3), never), undefined);
  assertEquals(JSON.parse(chat.got[0]!.body), { text: "Cycle 3: best score 1, 3 alive, 2 born, 0 died" });
  status = 500;
  assertStringIncludes((await hook.deliver(aMessage(3), never))!.message, "The chat answered with status 500.");
  Deno.env.set("EVOLVE_CHAT_URL", "http://127.0.0.1:1/SECRET");
  await hook.close();
  const { message } = (await hook.deliver(aMessage(3), never))!;
  assert(!message.includes("SECRET"), message);
  await hook.close();
});

Deno.test("ops/hooks/mail.sh sends an event as an e-mail, and fails where sendmail does", async () => {
  const cwd = await Deno.makeTempDir();
  await Deno.writeTextFile(`${cwd}/sendmail`, '#!/bin/sh\n[ "$1" = -t ] && cat > mail && [ ! -e broken ]\n', {
    mode: 0o755,
  });
  using _sendmail = variable("SENDMAIL", `${cwd}/sendmail`);
  const hook = new CommandHook(["sh", `${projectRoot}/ops/hooks/mail.sh`, "me@example.org"], { cwd, limits });
  assertEquals(await hook.deliver(aMessage(3), never), undefined);
  const mail = await Deno.readTextFile(`${cwd}/mail`);
  assertStringIncludes(mail, "To: me@example.org\nSubject: Evolution: cycle.finished\n");
  assertStringIncludes(mail, "\n\n{");
  await Deno.writeTextFile(`${cwd}/broken`, "");
  assertEquals((await hook.deliver(aMessage(3), never))!.code, "hook.failed");
});

Deno.test("ops/hooks/upload.sh puts a file where the variable says, and fails where that is refused", async () => {
  let status = 201;
  await using store = serve(() => status);
  using _url = variable("EVOLVE_UPLOAD_URL", store.url);
  const cwd = await Deno.makeTempDir();
  const hook = new CommandHook(["sh", `${projectRoot}/ops/hooks/upload.sh`, "report.html"], { cwd, limits });
  assertEquals(await hook.deliver(aMessage(1), never), undefined);
  assertEquals(store.got.length, 0);
  await Deno.writeTextFile(`${cwd}/report.html`, "<p>ä");
  assertEquals(await hook.deliver(aMessage(2), never), undefined);
  assertEquals(store.got, [{ method: "PUT", body: "<p>ä" }]);
  status = 403;
  assertEquals((await hook.deliver(aMessage(3), never))!.code, "hook.failed");
});

Deno.test("the receiver in docs/hooks.md takes what is signed once, and refuses what is not", async () => {
  const [code] = (await blocks("docs/hooks.md", "js")).filter((block) => block.includes("createServer"));
  const key = (sign: string) => `whsec_${btoa(sign.repeat(32))}`;
  using _right = variable("EVOLVE_TEST_RIGHT", key("r"));
  using _wrong = variable("EVOLVE_TEST_WRONG", key("w"));
  const file = `${await Deno.makeTempDir()}/receive.mjs`;
  await Deno.writeTextFile(
    file,
    `import process from "node:process"; import { Buffer } from "node:buffer";\n${
      code!.replace('8080, "127.0.0.1"', '0, "127.0.0.1", function () { console.log(this.address().port); }')
    }`,
  );
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-config", "--allow-env=EVOLVE_HOOK_KEY", "--allow-net=127.0.0.1", file],
    env: { EVOLVE_HOOK_KEY: key("r") },
    stdout: "piped",
  }).spawn();
  const lines: string[] = [];
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (count: number) => {
    while (lines.length < count) lines.push(...(await reader.read()).value!.split("\n").filter((line) => line !== ""));
  };
  await next(1);
  const url = `http://127.0.0.1:${lines[0]}/`;
  const post = (number: number, ...secretEnv: string[]) =>
    new Webhook(url, limits, { secretEnv }).deliver(aMessage(number), never);
  assertEquals((await post(1, "EVOLVE_TEST_WRONG"))!.code, "hook.refused");
  assertEquals((await post(1))!.code, "hook.refused");
  assertEquals(await post(1, "EVOLVE_TEST_RIGHT"), undefined);
  assertEquals(await post(1, "EVOLVE_TEST_RIGHT"), undefined);
  assertEquals(await post(2, "EVOLVE_TEST_WRONG", "EVOLVE_TEST_RIGHT"), undefined);
  await next(3);
  assertEquals(lines.slice(1), ["cycle.finished 1", "cycle.finished 2"]);
  child.kill("SIGKILL");
  await reader.cancel();
  await child.status;
});
