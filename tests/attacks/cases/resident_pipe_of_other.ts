import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { endAll } from "../../../lib/isolation/residents/end_all.ts";
import { MadeResidents } from "../../isolation/residents/made_residents.ts";
import { Stranger } from "../../isolation/residents/stranger.ts";

export default outside({
  goal: "Have the end of residents end a process of another folder.",
  way: "Links in place of the pipes lead to the pipes that it holds.",
  layer: "kernel",
  expect: stops("1 left alone"),
  async run() {
    await using made = new MadeResidents();
    await using other = new MadeResidents();
    const [place, foreign] = [await made.place(), await other.place()];
    await using stranger = await Stranger.start('echo; exec sleep 1000 0<>"$1" 1<>"$2"', foreign.in, foreign.out);
    for (const end of ["in", "out"] as const) {
      Deno.removeSync(place[end]);
      Deno.symlinkSync(foreign[end], place[end]);
    }
    await stranger.plant(place);
    const { occupants, unrelated } = await endAll(made.folder, 100);
    const left = await stranger.isThere();
    return { succeeded: !left, how: `${occupants.length} ended, ${unrelated.length} left alone` };
  },
});
