import { assertEquals, assertThrows } from "@std/assert";
import { addressOf, hostOf, readServers, urlOf } from "../../lib/evaluators/servers.ts";
import { BadValue } from "../../lib/step/flags.ts";

Deno.test("readServers() gives host and port of each server, 4222 where an address has none", () => {
  assertEquals(readServers("nats://127.0.0.1"), ["127.0.0.1:4222"]);
  assertEquals(readServers("nats://LOCALHOST:14222/"), ["localhost:14222"]);
  assertEquals(readServers("nats://[::1]:1, nats://127.0.0.1:65535"), ["[::1]:1", "127.0.0.1:65535"]);
  assertEquals(readServers("nats://127.0.0.1,nats://127.0.0.1:4222"), ["127.0.0.1:4222"]);
});

Deno.test("readServers() demands TLS of each server on another machine, and where an address does", () => {
  for (const host of ["broker.example", "10.0.0.1", "127.0.0.1.example", "[::2]", "localhost.example"]) {
    for (const scheme of ["nats", "tls"]) assertEquals(readServers(`${scheme}://${host}:5222`), [`tls://${host}:5222`]);
  }
  assertEquals(readServers("tls://localhost"), ["tls://localhost:4222"]);
});

Deno.test("readServers() reads again what urlOf() gives, and addressOf() and hostOf() give its parts", () => {
  for (const [text, host] of [["[::1]:1", "::1"], ["localhost:2", "localhost"], ["head1:3", "head1"]] as const) {
    for (const scheme of ["nats", "tls"]) {
      const [server] = readServers(`${scheme}://${text}`);
      assertEquals(readServers(urlOf(server!)), [server!]);
      assertEquals([addressOf(server!), hostOf(server!)], [text, host]);
    }
  }
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
    "wss://127.0.0.1",
    "nats://127.0.0.1/path",
    "nats://127.0.0.1,",
    "nats://-oProxyCommand=x y",
  ];
  for (const text of others) assertThrows(() => readServers(text), BadValue, "nats://HOST:PORT", text);
});
