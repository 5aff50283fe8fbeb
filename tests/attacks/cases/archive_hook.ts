import { archiveAttack, packed } from "../archives.ts";

const listing = { name: "listing.db", text: "a listing" };

export default archiveAttack({
  goal: "Have code run by who restores a backup.",
  way: "A backup with a module for plugins/ whose path leads into lib/.",
  bytes: () => packed([listing, { name: "plugins/../lib/steps/select/fitness.ts", text: "export default () => 1e9;" }]),
  by: "archive.path",
});
