import { assertEquals } from "@std/assert";
import { Conversation } from "../../lib/isolation/conversation.ts";

Deno.test("Conversation + that a process is ready is no answer, whether it comes alone or with one", async () => {
  for (const script of ["echo ready; read q; echo answer", "read q; printf 'ready\\nanswer\\n'"]) {
    const command = { program: "/bin/sh", args: ["-c", `${script}; read q; echo second`] };
    await using conversation = new Conversation(command, { wallMs: 60_000, outputBytes: 1000 });
    const ask = () => conversation.ask(new TextEncoder().encode("question\n"));
    assertEquals([await ask(), await ask()], ["answer", "second"]);
  }
});
