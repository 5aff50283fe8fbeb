import { archiveAttack, packed } from "../archives.ts";

export default archiveAttack({
  goal: "Have the files that follow written to where a link points.",
  way: "A backup with a link in place of a file that it may hold.",
  bytes: () => packed([{ name: "listing.db", text: "", type: "symlink", linkname: "/etc/passwd" }]),
  by: "archive.link",
});
