import { archiveAttack } from "../archives.ts";

const listing = { name: "listing.db", text: "a listing" };

import { packTar } from "modern-tar";
import { entry, gzip, manifestOf } from "../../steps/backup/made_archive.ts";

export default archiveAttack({
  goal: "Bring in a file that the manifest does not tell of.",
  way: "A further entry after the last one that the manifest lists.",
  async bytes() {
    const manifest = { name: "manifest.json", text: await manifestOf([listing]) };
    return await gzip(await packTar([manifest, listing, { name: "config.json", text: "{}" }].map(entry)));
  },
  by: "archive.path",
});
