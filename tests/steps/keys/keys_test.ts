import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { brokerFiles } from "../../../lib/steps/keys/nats_config.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { hasProgram } from "../../has_program.ts";
import { TestKeys } from "../../evaluators/keys.ts";

/** The text of every file, by its path. */
function textsIn(folder: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { name } of Deno.readDirSync(folder)) {
    for (const file of Deno.readDirSync(`${folder}/${name}`)) {
      texts[`${name}/${file.name}`] = Deno.readTextFileSync(`${folder}/${name}/${file.name}`);
    }
  }
  return texts;
}

/** Which files differ. */
function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((path) => after[path] !== before[path]).sort();
}

Deno.test("makeKeys() keeps what is there, and makes anew what it is asked to, and nothing else", async () => {
  await using keys = await TestKeys.make({ host: ["head1", "10.0.0.5"] });
  const first = textsIn(keys.folder);
  assertEquals(Object.keys(first).length, 9);
  const hosts = ["localhost", "127.0.0.1", "::1", "head1", "10.0.0.5"];
  const again = await keys.again({});
  assertEquals([again.written, again.hosts], [[], hosts]);
  assertEquals((await keys.again({ host: ["head1"] })).hosts, hosts);
  assertEquals(textsIn(keys.folder), first);

  // A host more is no reason to replace what is in use, unless it is said.
  const { issue } = await assertRejects(() => keys.again({ host: ["head2"] }), Misuse);
  assertEquals(issue.code, "keys.host");
  assertMatch(issue.message, /must name head2, and does not; add --renew/);
  assertEquals(textsIn(keys.folder), first);

  const renewed = await keys.again({ renew: true, days: 10 });
  assertEquals([renewed.hosts, renewed.written], [hosts, ["broker/server.pem"]]);
  const second = textsIn(keys.folder);
  assertEquals(changed(first, second), ["broker/server.pem"]);
  await keys.again({ renew: true, host: [] });
  // A server whose certificate names this machine alone listens here alone.
  const third = textsIn(keys.folder);
  assertEquals(changed(second, third), ["broker/access.conf", "broker/server.pem"]);
  assertEquals([second, third].map((all) => all["broker/access.conf"]!.match(/host: "(.*)"/)![1]), [
    "0.0.0.0",
    "127.0.0.1",
  ]);

  // What its owner has changed stays, whatever is replaced.
  const main = `${keys.of("broker")}/${brokerFiles.main}`;
  await Deno.writeTextFile(main, `${first["broker/nats-server.conf"]}# mine\n`);
  await keys.again({ replace: true });
  assertEquals(changed(first, textsIn(keys.folder)).filter((path) => !path.endsWith("nats-server.conf")), [
    "authority/authority.pem",
    "broker/access.conf",
    "broker/server.pem",
    "evaluator/ca.pem",
    "evaluator/seed.nk",
    "supervisor/ca.pem",
    "supervisor/seed.nk",
  ]);
  assertMatch(await Deno.readTextFile(main), /# mine\n$/);
});

Deno.test("makeKeys() makes what is missing or was cut off, and refuses what is damaged", async () => {
  await using keys = await TestKeys.make();
  const first = textsIn(keys.folder);
  for (const path of ["evaluator/ca.pem", "broker/access.conf", "evaluator/signing.json"]) {
    await Deno.remove(`${keys.folder}/${path}`);
    assertEquals((await keys.again({})).written, [path]);
    assertEquals(textsIn(keys.folder), first);
  }
  for (const path of ["evaluator/seed.nk", "authority/authority.pem", "broker/server.pem"]) {
    await Deno.writeTextFile(`${keys.folder}/${path}`, "no key");
    const { issue } = await assertRejects(() => keys.again({}), Misuse);
    assertEquals([issue.code, issue.path], ["keys.damaged", `${keys.folder}/${path}`]);
    await Deno.writeTextFile(`${keys.folder}/${path}`, first[path]!);
  }
});

Deno.test("makeKeys() makes a certificate that its authority alone has signed, for these hosts and days", async () => {
  await using keys = await TestKeys.make({ host: ["head1"], days: 30 });
  await using others = await TestKeys.make();
  const read = (path: string) => new X509Certificate(Deno.readTextFileSync(path));
  const server = read(`${keys.of("broker")}/server.pem`);
  const [own, other] = [keys, others].map((one) => read(`${one.of("evaluator")}/ca.pem`));
  assert(server.verify(own!.publicKey) && server.checkIssued(own!) && own!.ca && !server.ca);
  assert(!server.verify(other!.publicKey));
  assertEquals([server.checkHost("head1"), server.checkHost("head2"), server.checkIP("127.0.0.1")], [
    "head1",
    undefined,
    "127.0.0.1",
  ]);
  const days = (Date.parse(server.validTo) - Date.now()) / 86_400_000;
  assert(days > 29.9 && days <= 30, String(days));
  // Clocks of other machines may be behind.
  assert(Date.parse(server.validFrom) < Date.now() - 86_400_000);
  assertNotEquals(server.serialNumber, read(`${others.of("broker")}/server.pem`).serialNumber);
});

Deno.test(
  "makeKeys() makes a certificate that openssl finds in order",
  { ignore: !hasProgram("openssl") },
  async () => {
    await using keys = await TestKeys.make();
    const files = ["-CAfile", `${keys.of("evaluator")}/ca.pem`, `${keys.of("broker")}/server.pem`];
    const { success } = new Deno.Command("openssl", { args: ["verify", "-x509_strict", ...files] }).outputSync();
    assert(success);
  },
);
