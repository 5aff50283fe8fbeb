import { archiveAttack, packed } from "../archives.ts";

const listing = { name: "listing.db", text: "a listing" };

export default archiveAttack({
  goal: "Have a file of the host written over by who restores a backup.",
  way: "A backup with an absolute path.",
  bytes: () => packed([listing, { name: "/etc/cron.d/evolve", text: "" }]),
  by: "archive.path",
});
