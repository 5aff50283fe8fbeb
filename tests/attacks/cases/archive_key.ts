import { archiveAttack, packed } from "../archives.ts";

const listing = { name: "listing.db", text: "a listing" };

export default archiveAttack({
  goal: "Have one's own key trusted by who restores a backup, and with it all that it has signed.",
  way: "A backup with a public key.",
  bytes: () => packed([listing, { name: "keys/public/signing.json", text: "{}" }]),
  by: "archive.path",
});
