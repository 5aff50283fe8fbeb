import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { readServers } from "../../lib/evaluators/servers.ts";
import { BadValue } from "../../lib/step/flags.ts";

Deno.test("readServers() gives host and port of each server, 4222 where an address has none", () => {
  assertEquals(readServers("nats://127.0.0.1"), ["127.0.0.1:4222"]);
  assertEquals(readServers("nats://LOCALHOST:14222/"), ["localhost:14222"]);
  assertEquals(readServers("nats://[::1]:1, nats://127.0.0.1:65535"), ["[::1]:1", "127.0.0.1:65535"]);
  assertEquals(readServers("nats://127.0.0.1,nats://127.0.0.1:4222"), ["127.0.0.1:4222"]);
});

Deno.test("readServers() refuses another machine, and names the tunnel that leads there", () => {
  for (const host of ["broker.example", "10.0.0.1", "127.0.0.1.example", "[::2]", "localhost.example"]) {
    const { message } = assertThrows(() => readServers(`nats://${host}:5222`), BadValue);
    assertMatch(message, /neither encrypted nor authenticated/);
    assertEquals(message.includes(`ssh -N -L 5222:127.0.0.1:5222 ${host}`), true);
  }
  assertThrows(() => readServers("nats://127.0.0.1,nats://broker.example"), BadValue, "ssh -N -L 4222:");
});

Deno.test("readServers() refuses what is no address of a broker", () => {
  const others = [
    "",
    "127.0.0.1:4222",
    "nats://",
    "nats://127.0.0.1:0",
    "nats://127.0.0.1:65536",
    "nats://127.0.0.1:x",
    "nats://user:word@127.0.0.1",
    "tls://127.0.0.1",
    "nats://127.0.0.1/path",
    "nats://127.0.0.1,",
    "nats://-oProxyCommand=x y",
  ];
  for (const text of others) assertThrows(() => readServers(text), BadValue, "nats://HOST:PORT", text);
});
