/**
 * Whether a closed terminal is to end this process.
 *
 * @module
 */

import { sh, shell } from "../isolation/shell.ts";

/**
 * Says yes by exit code 0. A task that has been told to ignore SIGHUP hears it all the same, and its step starts so: then
 * what started the task still ignores it, or `nohup`, which became the task, has left its name in the environment or a
 * stdin that can't be read.
 */
const script = String.raw`
field() {
  while read -r name value; do
    [ "$name" = "$2:" ] && echo "$value"
  done <"/proc/$1"
}
ignores() {
  case $(field "$1/status" SigIgn) in *[13579bdf]) ;; *) return 1 ;; esac
}
ignores $$ && exit
task=$(field $PPID/status PPid)
[ "$(field "$task/status" Name)" = deno ] || exit 1
ignores "$(field "$task/status" PPid)" && exit
case $(field $PPID/fdinfo/0 flags) in *1) exit 0 ;; esac
tr '\0' '\n' <"/proc/$PPID/environ" | grep -q '^_=.*nohup$'`;

/**
 * Whether SIGHUP, which comes when a terminal is closed, was ignored when this process was started, as by `nohup`.
 *
 * To be called before there is any listener to a signal: the first one undoes what was ignored. Needs no permission; with
 * run permission for `/bin/sh` it looks closer. Without, a process that has no terminal at all is taken for one that goes
 * on without.
 */
export async function ignoresHangup(): Promise<boolean> {
  const { state } = Deno.permissions.querySync({ name: "run", command: shell });
  if (state !== "granted") return ![Deno.stdin, Deno.stdout, Deno.stderr].some((end) => end.isTerminal());
  try {
    return (await sh(script)).code === 0;
  } catch {
    // No process can be started just now.
    return false;
  }
}
