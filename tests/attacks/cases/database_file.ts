import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Read and write files through the database that is built into Deno.",
  way: "A database in memory, which needs no permission, to which a file is attached.",
  body:
    'const { DatabaseSync } = process.getBuiltinModule("node:sqlite"); const db = new DatabaseSync(":memory:"); const ways = ["ATTACH \\"TO_WRITE\\" AS b; CREATE TABLE b.t (x)", "VACUUM INTO \\"TO_WRITE\\"", "SELECT load_extension(\\"SECRET_CODE\\")"]; return ways.some((sql) => { try { db.exec(sql); return true; } catch { return false; } });',
  audit: stops("process is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
