import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { packTar } from "modern-tar";
import { parseManifest } from "../../../lib/steps/backup/format.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { entry, gzip, manifestOf, type Packed, readOut, tarOf } from "./made_archive.ts";

const hash = "ab".repeat(32);
const good: readonly { readonly name: string; readonly text: string }[] = [
  { name: "listing.db", text: "a listing" },
  { name: "config.json", text: "{}" },
  { name: `template/${hash}/world.ts`, text: "export const world = 1;" },
  { name: `template/${hash}/src/rl.ts`, text: "export const rl = 1;" },
  { name: `programs/${hash}.js`, text: "1" },
  // What backups of earlier releases hold.
  { name: `artifacts/${hash}.js`, text: "1" },
  { name: `judges/${hash}-${hash}.js`, text: "" },
  { name: "genomes/00000000-0000-8000-8000-000000000000.bin", text: "genome" },
  { name: "plugins/hook.ts", text: "export default () => {};" },
  { name: "plugins/below/part.json", text: "{}" },
];

Deno.test("readArchive() gives back what was packed", async () => {
  const files = await readOut(await gzip(await tarOf(good)));
  assertEquals(files, new Map(good.map(({ name, text }) => [name, text])));
});

/** Names that no backup may have: outside, hooks, modules, keys, wiring, other places of the project. */
const names = [
  "../listing.db",
  "/etc/passwd",
  "template/../../lib/issue.ts",
  `template/${hash}/../../../deno.json`,
  `template/${hash}/src/../../x.ts`,
  `template/${hash}/src/mod.ts`,
  `template/${hash}/src/a/b.ts`,
  `template/${hash}/pool.json`,
  `template/${hash}/hooks.ts`,
  "template/short/world.ts",
  `programs/../${hash}.js`,
  `programs/${hash.toUpperCase()}.js`,
  `programs/${hash}.ts`,
  `programs/${hash.slice(0, 2)}/${hash}.js`,
  "plugins/",
  "plugins/.hook.ts",
  "plugins/../lib/issue.ts",
  "plugins/a/../../lib/issue.ts",
  "plugins//hook.ts",
  "plugins/a/./hook.ts",
  "plugins/hook.ts/",
  "plugins/hook\\.ts",
  "plugins/h\u00f6ok.ts",
  `plugins/${"a".repeat(200)}.ts`,
  "plugins/1/2/3/4/5/6/7/8/9/hook.ts",
  "Plugins/hook.ts",
  "plugins-from-backup/hook.ts",
  "workspace/keys/private/signing.json",
  "keys/private/signing.json",
  "listing.db-wal",
  "listing.db\0",
  "./listing.db",
  "listing.db/",
  "genomes/nobody.bin",
  "genomes/../x.bin",
  "src/evil.ts",
  "deno.json",
  "__proto__",
  "",
  "con\u0301fig.json",
];

Deno.test("readArchive() takes no path that is not on its list", async () => {
  for (const name of names) {
    const code = await readOut(await gzip(await tarOf([...good, { name, text: "x" }])));
    assert(code === "archive.path" || code === "archive.link", `${JSON.stringify(name)}: ${code}`);
  }
});

function plugin(name: string, size = 1): Packed {
  return { name: `plugins/${name}`, text: " ".repeat(size) };
}

Deno.test("readArchive() refuses what is not just what the manifest lists", async () => {
  const [listing, config] = good as [Packed, Packed];
  const manifest = { name: "manifest.json", text: await manifestOf([listing, config]) };
  const at = (...files: Packed[]) => packTar(files.map(entry));
  const big = { ...config, text: " ".repeat(1024 * 1024 + 1) };
  const cases: Record<string, [Uint8Array | Promise<Uint8Array>, string]> = {
    "nothing": [new Uint8Array(), "archive.damaged"],
    "an empty archive": [at(), "archive.short"],
    "no manifest": [at(listing), "archive.path"],
    "a manifest that is no JSON": [at({ name: "manifest.json", text: "{" }), "archive.manifest"],
    "another manifest": [at({ name: "manifest.json", text: '{"format":"tar"}' }), "archive.manifest"],
    "a newer version": [tarOf(good, { version: 2 }), "archive.version"],
    "a file too few": [at(manifest, listing), "archive.short"],
    "a file too many": [at(manifest, listing, config, config), "archive.path"],
    "another order": [at(manifest, config, listing), "archive.path"],
    "another content": [at(manifest, { ...listing, text: "A listing" }, config), "archive.hash"],
    "another size": [at(manifest, { ...listing, text: "a listin" }, config), "archive.size"],
    "a file twice": [tarOf([listing, listing]), "archive.twice"],
    "a module twice": [tarOf([listing, plugin("a.ts"), plugin("a.ts")]), "archive.twice"],
    "a module that is a folder as well": [tarOf([listing, plugin("a"), plugin("a/b/c.ts")]), "archive.path"],
    "a module that is too large": [tarOf([listing, plugin("a.ts", 4 * 2 ** 20 + 1)]), "archive.size"],
    "modules that are too many": [
      tarOf([listing, ...Array.from({ length: 1001 }, (_, i) => plugin(`${i}.ts`, 0))]),
      "archive.size",
    ],
    "modules that are too large together": [
      tarOf([listing, ...Array.from({ length: 17 }, (_, i) => plugin(`${i}.ts`, 4 * 2 ** 20))]),
      "archive.size",
    ],
    "a module that is a link": [
      packTar([
        entry({ name: "manifest.json", text: await manifestOf([plugin("a.ts")]) }),
        entry({ ...plugin("a.ts"), type: "symlink", linkname: "/etc/passwd" }),
      ]),
      "archive.link",
    ],
    "a file that is too large": [tarOf([listing, big]), "archive.size"],
    "a symbolic link": [at(manifest, { ...listing, type: "symlink", linkname: "/etc/passwd" }), "archive.link"],
    "a hard link": [at(manifest, { ...listing, type: "link", linkname: "/etc/passwd" }), "archive.link"],
    "a folder": [at(manifest, { ...listing, type: "directory" }), "archive.link"],
    "a pipe": [at(manifest, { ...listing, type: "fifo" }), "archive.link"],
    "a device": [at(manifest, { ...listing, type: "block-device" }), "archive.link"],
    "a name given twice over": [
      at(manifest, { ...listing, pax: { path: "../listing.db" } }, config),
      "archive.path",
    ],
    "no end": [tarOf(good).then((tar) => tar.subarray(0, tar.length - 1024)), "archive.damaged"],
    "something after its end": [
      tarOf(good).then((tar) => new Uint8Array([...tar, ...new Uint8Array(512).fill(65)])),
      "archive.damaged",
    ],
    "a header of 9 MB": [
      at(manifest, { ...listing, pax: { comment: "x".repeat(9_000_000) } }, config),
      "archive.damaged",
    ],
  };
  for (const [name, [tar, code]] of Object.entries(cases)) {
    const bytes = await tar;
    assertEquals([name, await readOut(bytes.length === 0 ? bytes : await gzip(bytes))], [name, code]);
  }
  const whole = await gzip(await tarOf(good));
  for (let length = 0; length < whole.length; length += 7) {
    assertEquals(typeof await readOut(whole.subarray(0, length)), "string");
  }
  assertEquals(await readOut(new Uint8Array([...whole, 1, 2, 3])), "archive.damaged");
});

Deno.test("readArchive() unpacks no more than the manifest says, in bounded memory", async () => {
  const claimed = await manifestOf([{ name: "listing.db", text: "small" }]);
  const bomb = await gzip(
    await packTar([
      entry({ name: "manifest.json", text: claimed }),
      { header: { name: "listing.db", size: 200_000_000, type: "file" }, body: new Uint8Array(200_000_000) },
    ]),
  );
  assert(bomb.length < 400_000);
  assertEquals(await readOut(bomb), "archive.size");
});

const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 });

Deno.test("readArchive(): of a backup with bytes changed, gives all of it or an issue", async () => {
  const tar = await tarOf(good);
  const packed = await gzip(tar);
  const whole = await readOut(packed) as Map<string, string>;
  const harmed = (bytes: Uint8Array, changes: [number, number][]) => {
    const copy = bytes.slice();
    for (const [at, value] of changes) copy[at % copy.length] = value;
    return copy;
  };
  const check = async (bytes: Uint8Array) => {
    const result = await readOut(bytes);
    if (typeof result !== "string") assertEquals(result, whole);
  };
  await fc.assert(fc.asyncProperty(flips, (changes) => check(harmed(packed, changes))), { numRuns: 1000 });
  await fc.assert(
    fc.asyncProperty(flips, async (changes) => {
      const result = await readOut(await gzip(harmed(tar, changes)));
      // Times, modes and owners are not looked at; a name, a size, a kind or a byte of content is.
      if (typeof result !== "string") assertEquals([...result.values()].join(), [...whole.values()].join());
    }),
    { numRuns: 1000 },
  );
});

Deno.test("readArchive(): of any bytes, gives an issue", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), async (bytes, compressed) => {
      assertEquals(typeof await readOut(compressed ? await gzip(bytes) : bytes), "string");
    }),
    { numRuns: 1000 },
  );
});

Deno.test("parseManifest(): of any JSON, gives a manifest or an issue", () => {
  const path = fc.oneof(fc.constantFrom(...names, ...good.map(({ name }) => name)), fc.string());
  const file = fc.record({ path, size: fc.oneof(fc.nat(), fc.double()), sha256: fc.constantFrom(hash, "x") });
  const manifest = fc.record({
    format: fc.constantFrom("evolve-backup", "x"),
    version: fc.constantFrom(1, 2, "1"),
    at: fc.string(),
    run: fc.option(fc.string()),
    cycle: fc.oneof(fc.nat(), fc.double()),
    agents: fc.nat(),
    files: fc.oneof(fc.array(file), fc.jsonValue()),
  }, { requiredKeys: [] });
  const text = fc.oneof(manifest.map((value) => JSON.stringify(value)), fc.json(), fc.string());
  fc.assert(
    fc.property(text, (json) => {
      try {
        const { files } = parseManifest(new TextEncoder().encode(json));
        for (const { path } of files) assert(good.some(({ name }) => name === path));
      } catch (error) {
        assert(error instanceof StepFailed && error.issue.code.startsWith("archive."), String(error));
      }
    }),
    { numRuns: 5000 },
  );
});
