import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { MadeResidents } from "../../isolation/residents/made_residents.ts";

export default outside({
  goal: "Answer for a resident.",
  way: "A file that holds a reply in place of its pipe.",
  layer: "kernel",
  expect: stops("has lost its pipes"),
  async run() {
    await using made = new MadeResidents();
    const target = `${made.folder}/target`;
    Deno.writeTextFileSync(target, "kept");
    const resident = await made.start();
    for (const end of [resident.place.in, resident.place.out]) {
      Deno.removeSync(end);
      Deno.writeTextFileSync(end, '{"version":1}\n');
    }
    const reply = await resident.evaluate(new TextEncoder().encode("request\n"));
    const harmed = Deno.readTextFileSync(target) !== "kept";
    return {
      succeeded: harmed || reply !== undefined,
      how: reply === undefined ? await resident.ended : "it was taken for a reply",
    };
  },
});
