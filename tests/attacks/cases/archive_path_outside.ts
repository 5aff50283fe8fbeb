import { archiveAttack, packed } from "../archives.ts";

const listing = { name: "listing.db", text: "a listing" };

export default archiveAttack({
  goal: "Have a file written outside the run by who restores a backup.",
  way: "A backup with a path that climbs out of its folder.",
  bytes: () => packed([listing, { name: "../../lib/issue.ts", text: "" }]),
  by: "archive.path",
});
