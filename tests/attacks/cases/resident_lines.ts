import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { MadeResidents } from "../../isolation/residents/made_residents.ts";

export default outside({
  goal: "Be taken for a resident that is ready, or hang its keeper.",
  way: "First lines with another nonce, without an end, of a megabyte, and none.",
  layer: "decoding",
  expect: stops("none was taken"),
  async run() {
    await using made = new MadeResidents();
    const lines = [
      `Deno.stdout.writeSync(new TextEncoder().encode('ready\\n{"version":1,"resident":"x","nonce":"x"}\\n'));`,
      `Deno.stdout.writeSync(new TextEncoder().encode("ready\\n" + "x".repeat(60_000)));`,
      `for (;;) Deno.stdout.writeSync(new Uint8Array(65536));`,
      `Deno.stdout.writeSync(new Uint8Array([0xff, 0xfe, 10, 10, 10]));`,
      ``,
    ];
    const taken: number[] = [];
    for (const [i, line] of lines.entries()) {
      const artifact = `${made.folder}/program-${i}.js`;
      Deno.writeTextFileSync(artifact, line);
      const resident = made.begin(await made.place(), { artifact });
      if (await resident.isReady(2000)) taken.push(i);
    }
    return { succeeded: taken.length > 0, how: taken.join() || "none was taken for a resident" };
  },
});
