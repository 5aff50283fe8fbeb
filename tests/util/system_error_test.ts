import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { causeOf } from "../../lib/records/cause.ts";
import { issueOf } from "../../lib/step/failure.ts";
import { isOfOnePath, systemErrorOf } from "../../lib/util/system_error.ts";

/** What is thrown in fact. */
function thrown(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("Nothing was thrown.");
}

const folder = Deno.makeTempDirSync();
const at = (name: string) => `${folder}/${name}`;
Deno.mkdirSync(at("folder/inner"), { recursive: true });
Deno.writeTextFileSync(at("file"), "no database at all, just some words ".repeat(99));
Deno.symlinkSync("loop", at("loop"));

/** Errors that can be provoked anywhere. */
const provoked: readonly (readonly [code: string, errno: string, work: () => unknown])[] = [
  ["disk.path", "EISDIR", () => Deno.readFileSync(at("folder"))],
  ["disk.path", "EISDIR", () => Deno.renameSync(at("file"), at("folder"))],
  ["disk.path", "ENOTDIR", () => Deno.readFileSync(at("file/x"))],
  ["disk.path", "ELOOP", () => Deno.readFileSync(at("loop"))],
  ["disk.path", "ENAMETOOLONG", () => Deno.readFileSync(at("x".repeat(300)))],
  ["disk.path", "ENOTEMPTY", () => Deno.removeSync(at("folder"))],
  ["disk.path", "EEXIST", () => Deno.mkdirSync(at("folder"))],
  ["disk.missing", "ENOENT", () => Deno.readFileSync(at("nothing"))],
  ["machine.program", "ENOENT", () => new Deno.Command(at("nothing")).outputSync()],
  ["machine.program", "EACCES", () => new Deno.Command(at("file")).outputSync()],
  ["listing.damaged", "", () => new DatabaseSync(at("file")).exec("SELECT * FROM sqlite_schema")],
  ["listing.busy", "", () => {
    using holder = new DatabaseSync(at("held.db"));
    holder.exec("CREATE TABLE t (x); BEGIN EXCLUSIVE");
    using other = new DatabaseSync(at("held.db"));
    other.exec("PRAGMA busy_timeout = 1; INSERT INTO t VALUES (1)");
  }],
];

for (const [code, errno, work] of provoked) {
  Deno.test(`systemErrorOf(): ${errno || code} as the system gives it is ${code}`, () => {
    const error = thrown(work);
    const issue = issueOf(error);
    assertEquals([issue.code, causeOf(code)], [code, "machine"]);
    assertStringIncludes(issue.message, errno);
    assertStringIncludes(issue.message, error.message);
    // An error from a Worker has lost all but its text.
    assertEquals(systemErrorOf(new Error(error.message))?.code, code);
    assertEquals(systemErrorOf(new Error("It failed.", { cause: error })), undefined);
    assertEquals(issueOf(new Error("It failed.", { cause: error })).code, code);
  });
}

/** Errors in the words of the runtime that no test can provoke everywhere. */
const known: readonly (readonly [code: string, text: string])[] = [
  ["disk.unreadable", "Permission denied (os error 13): readfile '/a'"],
  ["disk.unreadable", "Permission denied (os error 13): readdir '/a'"],
  ["disk.unreadable", "Operation not permitted (os error 1): open '/a'"],
  ["disk.readonly", "Permission denied (os error 13): writefile '/a'"],
  ["disk.readonly", "Permission denied (os error 13): rename '/a' -> '/b'"],
  ["disk.readonly", "Operation not permitted (os error 1): mkdir '/a'"],
  ["disk.readonly", "Read-only file system (os error 30): open '/a'"],
  ["disk.full", "No space left on device (os error 28): writefile '/a'"],
  ["disk.quota", "Disk quota exceeded (os error 122): writefile '/a'"],
  ["disk.limit", "File too large (os error 27): writefile '/a'"],
  ["disk.stale", "Stale file handle (os error 116): lstat '/a'"],
  ["disk.failed", "Input/output error (os error 5): readfile '/a'"],
  ["machine.descriptors", "Too many open files (os error 24): open '/a'"],
  ["machine.descriptors", "Too many open files in system (os error 23): open '/a'"],
  ["machine.processes", "Failed to spawn 'deno': Resource temporarily unavailable (os error 11)"],
  ["machine.memory", "Cannot allocate memory (os error 12): open '/a'"],
  ["machine.program", "Failed to spawn 'deno': Text file busy (os error 26)"],
  ["machine.system", "Something new (os error 4711): open '/a'"],
];

for (const [code, text] of known) {
  Deno.test(`systemErrorOf(): "${text}" is ${code}`, () => assertEquals(systemErrorOf(new Error(text))?.code, code));
}

Deno.test("systemErrorOf(): what no system has said is none of it", () => {
  for (const error of [new Error("No luck."), new TypeError("x is not a function"), "text", undefined]) {
    assertEquals(systemErrorOf(error), undefined);
  }
});

Deno.test("isOfOnePath() parts what lies at one path from what all of the disk suffers", () => {
  const of = (errno: string) => isOfOnePath(Object.assign(new Error(errno), { code: errno }));
  assertEquals(["EACCES", "ENOENT", "EISDIR", "ELOOP", "ENXIO"].filter((errno) => !of(errno)), []);
  assertEquals(["ENOSPC", "EDQUOT", "EROFS", "EIO", "ESTALE", "EMFILE", "ENOMEM"].filter(of), []);
});
