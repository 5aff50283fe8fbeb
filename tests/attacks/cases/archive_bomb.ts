import { archiveAttack, packed } from "../archives.ts";

const listing = { name: "listing.db", text: "a listing" };

export default archiveAttack({
  goal: "Fill the disk of who restores a backup with what is small when it is packed.",
  way: "A configuration of two million spaces, which compress to two thousand bytes.",
  bytes: () => packed([listing, { name: "config.json", text: " ".repeat(2_000_000) }]),
  by: "archive.size",
});
