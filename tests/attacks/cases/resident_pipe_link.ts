import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { MadeResidents } from "../../isolation/residents/made_residents.ts";

export default outside({
  goal: "Have the requests of a resident written over a file of the host.",
  way: "A link to the file in place of its pipe.",
  layer: "kernel",
  expect: stops("has lost its pipes"),
  async run() {
    await using made = new MadeResidents();
    const target = `${made.folder}/target`;
    Deno.writeTextFileSync(target, "kept");
    const resident = await made.start();
    for (const end of [resident.place.in, resident.place.out]) {
      Deno.removeSync(end);
      Deno.symlinkSync(target, end);
    }
    const reply = await resident.evaluate(new TextEncoder().encode("request\n"));
    const harmed = Deno.readTextFileSync(target) !== "kept";
    return {
      succeeded: harmed || reply !== undefined,
      how: reply === undefined ? await resident.ended : "it was taken for a reply",
    };
  },
});
