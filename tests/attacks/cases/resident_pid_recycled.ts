import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { endAll } from "../../../lib/isolation/residents/end_all.ts";
import { MadeResidents } from "../../isolation/residents/made_residents.ts";
import { Stranger } from "../../isolation/residents/stranger.ts";

export default outside({
  goal: "Have the end of residents end a process that was given the id of one.",
  way: "A file of a resident that has ended, whose id another process has by now.",
  layer: "kernel",
  expect: stops("left"),
  async run() {
    await using made = new MadeResidents();
    await using stranger = await Stranger.start();
    const place = await made.place();
    await stranger.plant(place);
    const [stat, boot, agent] = Deno.readTextFileSync(place.pid).split("\n");
    const before = stat!.replace(stranger.id.ticks, String(Number(stranger.id.ticks) - 1));
    Deno.writeTextFileSync(place.pid, `${before}\n${boot}\n${agent}\n`);
    const { occupants, unrelated } = await endAll(made.folder, 100);
    const left = await stranger.isThere();
    return { succeeded: !left, how: `${occupants.length} ended, ${unrelated.length} left alone` };
  },
});
