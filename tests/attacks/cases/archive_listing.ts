import { archiveAttack, packed } from "../archives.ts";
import { refusal } from "../code.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { demandSafe } from "../../../lib/steps/backup/check_listing.ts";

/** A listing with a trigger in it. */
async function made(): Promise<string> {
  const path = await Deno.makeTempFile();
  await Deno.remove(path);
  using listing = Listing.open(path, { create: true });
  listing.db.exec("CREATE TRIGGER t AFTER UPDATE ON agents BEGIN UPDATE agents SET score = 1e9; END");
  return path;
}

export default archiveAttack({
  goal: "Have code of one's own run by the database of who restores a backup.",
  way: "A listing with a trigger in it, which gives every agent a score.",
  bytes: async () => await packed([{ name: "listing.db", text: await Deno.readFile(await made()) }]),
  by: "archive.listing",
  async meets() {
    try {
      await demandSafe(await made());
      return { succeeded: true, how: "it was taken" };
    } catch (error) {
      return refusal(error);
    }
  },
});
