import { archiveAttack } from "../archives.ts";

const listing = { name: "listing.db", text: "a listing" };

import { packTar } from "modern-tar";
import { entry, gzip, manifestOf } from "../../steps/backup/made_archive.ts";

export default archiveAttack({
  goal: "Bring in other bytes than those that were backed up.",
  way: "A file of the right size whose hash is not the one that the manifest gives.",
  async bytes() {
    const manifest = { name: "manifest.json", text: await manifestOf([listing]) };
    return await gzip(await packTar([manifest, { name: "listing.db", text: "A listing" }].map(entry)));
  },
  by: "archive.hash",
});
