import { assert, assertEquals } from "@std/assert";
import { readyLine } from "../../lib/runtime/ready.ts";
import { simulate } from "./simulate.ts";
import { madeAgent, madeRequest } from "./made_agent.ts";
import { type Ended, runFixture } from "./made_process.ts";

/** What a program writes after it has said that it is ready. */
async function runProgram(name: string, input: string): Promise<Ended> {
  const end = await runFixture(name, input);
  assert(end.stdout.startsWith(`${readyLine}\n`), end.stderr);
  return { ...end, stdout: end.stdout.slice(readyLine.length + 1) };
}

const request = madeRequest();
const message = { from: 0, body: [] };

Deno.test("live() of a process answers one line with one line", async () => {
  const { code, stdout, stderr } = await runProgram("agent.ts", JSON.stringify(request) + "\nmore\n");
  assertEquals([code, stderr], [0, ""]);
  assertEquals(stdout.split("\n").length, 2);
  const reply = JSON.parse(stdout);
  assertEquals([reply.version, reply.token, reply.evidence.length], [1, request.token, 2]);
  assertEquals((await runProgram("agent.ts", JSON.stringify(request))).stdout, stdout);
});

Deno.test("live() of a process does what the pure function does", async () => {
  const { stdout } = await runProgram("agent.ts", JSON.stringify(request));
  const agent = madeAgent({ "act src/a.ts#go": (context) => Math.floor(context.random() * 3) });
  assertEquals(JSON.parse(stdout).evidence, simulate(agent, request).reply.evidence);
});

Deno.test("live() of a process ends a crash with a typed error and exit code 3", async () => {
  const asked = JSON.stringify({ ...request, inbox: [message] });
  const { code, stdout, stderr } = await runProgram("agent.ts", asked);
  assertEquals([code, stderr], [3, ""]);
  assertEquals(JSON.parse(stdout), {
    version: 1,
    token: request.token,
    error: { code: "crash", message: "src/a.ts#go threw a TypeError", detail: "as asked" },
    evidence: [],
  });
});

Deno.test("live() of a process survives the end of its stack", async () => {
  const { code, stdout } = await runProgram("agent.ts", JSON.stringify({ ...request, inbox: [message, message] }));
  assertEquals([code, JSON.parse(stdout).error.code], [3, "stack"]);
});

Deno.test("live() of a process refuses what is no request", async () => {
  const inputs = ["", "\n", "{", "null", "[]", '{"version":2}', "\xff\xfe"];
  for (const { code, stdout } of await Promise.all(inputs.map((input) => runProgram("agent.ts", input)))) {
    assertEquals([code, JSON.parse(stdout).error.code], [3, "request"]);
  }
});

Deno.test("judging() answers line by line, whatever the lines are", async () => {
  const evidence = request.worlds.map(() => Array.from({ length: 20 }, () => 2));
  const asked = { token: "1", worlds: request.worlds, genes: 1, evidence };
  const lines = [asked, { ...asked, token: "2", evidence: [[9]] }, { ...asked, token: "3" }].map((one) =>
    JSON.stringify(one)
  );
  const { code, stdout, stderr } = await runProgram("judge.ts", [lines[0], lines[1], "{", lines[2]].join("\n"));
  assertEquals([code, stderr], [0, ""]);
  const replies = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(replies.map(({ token, ok, code }) => [token, ok, code]), [
    ["1", true, undefined],
    ["2", false, "evidence"],
    ["", false, "request"],
    ["3", true, undefined],
  ]);
  assertEquals(replies[0].judgements, replies[3].judgements);
  assert(replies[0].judgements[0].score === 20);
});

Deno.test("evaluate() of a resident answers evaluation after evaluation as a process of its own does", async () => {
  const line = (kind: string, nonce: string) => JSON.stringify({ version: 1, kind, nonce });
  const evaluations = [request, { ...request, inbox: [message] }, { ...request, inbox: [message, message] }, request];
  const alone = await Promise.all(evaluations.map((context) => runProgram("agent.ts", JSON.stringify(context))));
  const asked = [line("resident", "n1"), ...evaluations.map((context) => JSON.stringify(context)), "", "garbage"];
  const more = [line("heartbeat", "n2"), line("end", "n3"), JSON.stringify(request)];
  const { code, stdout, stderr } = await runProgram("agent.ts", [...asked, ...more].join("\n"));
  assertEquals([code, stderr], [0, ""]);
  const lines = stdout.trimEnd().split("\n");
  const ready = (nonce: string) => JSON.stringify({ version: 1, resident: "n1", nonce });
  const told = (text: string) => JSON.parse(text).error?.code ?? JSON.parse(text);
  assertEquals(lines.slice(1, 5).map(told), alone.map(({ stdout }) => told(stdout)));
  assertEquals([lines[0], told(lines[5]!), lines[6], lines.length], [ready("n1"), "request", ready("n2"), 7]);
});
