import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { endAll } from "../../../lib/isolation/residents/end_all.ts";
import { MadeResidents } from "../../isolation/residents/made_residents.ts";
import { Stranger } from "../../isolation/residents/stranger.ts";

export default outside({
  goal: "Have the end of residents end a process of somebody else.",
  way: "A file that names it, all true, as what the start of a resident became.",
  layer: "kernel",
  expect: stops("1 left alone"),
  async run() {
    await using made = new MadeResidents();
    await using stranger = await Stranger.start();
    await stranger.plant(await made.place());
    const { occupants, unrelated } = await endAll(made.folder, 100);
    const left = await stranger.isThere();
    return { succeeded: !left, how: `${occupants.length} ended, ${unrelated.length} left alone` };
  },
});
