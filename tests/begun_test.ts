import { assertEquals, assertRejects } from "@std/assert";
import { projectRoot } from "../lib/run/paths.ts";
import { infoOf } from "../lib/util/files.ts";
import { beginWith } from "./begun.ts";

/** A folder that says who made it. */
async function folder(text: string): Promise<string> {
  const path = await Deno.makeTempDir();
  await Deno.writeTextFile(`${path}/made.txt`, text);
  return path;
}

Deno.test("what tests begin with is made once, even if several ask at once, and each has a copy of its own", async () => {
  const to = await Deno.makeTempDir();
  let made = 0;
  const make = () => folder(`${++made}`);
  await Promise.all([1, 2, 3].map((i) => beginWith("once", make, `${to}/${i}`)));
  Deno.writeTextFileSync(`${to}/1/made.txt`, "changed");
  await beginWith("once", make, `${to}/4`);
  await beginWith("another", make, `${to}/5`);
  const read = [1, 2, 3, 4, 5].map((i) => Deno.readTextFileSync(`${to}/${i}/made.txt`));
  assertEquals(read, ["changed", "1", "1", "1", "2"]);
  await Deno.remove(to, { recursive: true });
});

Deno.test("what could not be made is made by the next that asks", async () => {
  const to = await Deno.makeTempDir();
  await assertRejects(() => beginWith("again", () => Promise.reject(new Error("not now")), to), Error, "not now");
  await beginWith("again", () => folder("now"), to);
  assertEquals(Deno.readTextFileSync(`${to}/made.txt`), "now");
  await Deno.remove(to, { recursive: true });
});

Deno.test("the files that the suite begins with are there", async () => {
  const text = await Deno.readTextFile(new URL("suite.ts", import.meta.url));
  const named = [...text.matchAll(/^ {2}"(.+_test\.ts)",$/gm)].map(([, path]) => path!);
  assertEquals(named.filter((path) => !infoOf(`${projectRoot}/tests/${path}`)?.isFile), []);
  assertEquals(named.length > 3, true);
});

Deno.test("the files of the suite share what they begin with, and at its end it is gone", async () => {
  const place = await Deno.makeTempDir();
  await Deno.mkdir(`${place}/tests`);
  await Deno.writeTextFile(`${place}/deno.json`, `{ "test": { "permissions": { "all": true } } }`);
  for (const name of ["a", "b", "c"]) {
    await Deno.writeTextFile(
      `${place}/tests/${name}_test.ts`,
      `import { beginWith } from "${import.meta.resolve("./begun.ts")}";
      Deno.test("${name}", async () => {
        const make = async () => {
          Deno.writeTextFileSync("${place}/log", "${name}" + Deno.env.get("EVOLVE_BEGUN"), { append: true, create: true });
          return await Deno.makeTempDir({ dir: "${place}" });
        };
        await beginWith("shared", make, "${place}/${name}");
      });`,
    );
  }
  const args = ["run", "-q", "-A", `--config=${projectRoot}/deno.json`, `${projectRoot}/tests/suite.ts`];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: place }).output();
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  const log = Deno.readTextFileSync(`${place}/log`);
  assertEquals(infoOf(log.slice(1)), undefined);
  assertEquals(log.match(/evolve-begun-/g)?.length, 1);
  await Deno.remove(place, { recursive: true });
});
