/**
 * Whether a closed terminal is to end this process.
 *
 * @module
 */

import { sh, shell } from "../util/shell.ts";

/**
 * Says yes by exit code 0. A process that listens to signals no longer shows what was ignored when it was started, and a
 * task listens from its start. What is left: the shell that started this process, or its task, ignores SIGHUP itself (a
 * parent of another session, such as the owner of the terminal, did not decide it); or `nohup`, which became this process,
 * has left its name in the environment or a stdin that can't be read. A second SIGHUP, while it looks, must not end the shell:
 * that would be a no.
 */
const script = String.raw`
trap '' HUP
field() {
  while read -r name value; do
    [ "$name" = "$2:" ] && echo "$value"
  done <"/proc/$1/status"
}
ignores() {
  [ "$(field "$1" NSsid)" = "$session" ] || return 1
  case $(field "$1" SigIgn) in *[13579bdf]) ;; *) return 1 ;; esac
}
session=$(field $PPID NSsid)
parent=$(field $PPID PPid)
ignores "$parent" && exit
[ "$(field "$parent" Name)" = deno ] && ignores "$(field "$parent" PPid)" && exit
case $(while read -r name value; do [ "$name" = flags: ] && echo "$value"; done <"/proc/$PPID/fdinfo/0") in
  *1) exit 0 ;;
esac
tr '\0' '\n' <"/proc/$PPID/environ" | grep -q '^_=.*nohup$'`;

/** Asked at the start: a terminal that was closed is none any more. */
const hasTerminal = [Deno.stdin, Deno.stdout, Deno.stderr].some((end) => end.isTerminal());

/** Says yes by exit code 0 where it was started with SIGHUP ignored, as then this process is. */
const inherited = String.raw`
while read -r name value; do
  [ "$name" = SigIgn: ] && case $value in *[13579bdf]) exit 0 ;; esac
done <"/proc/$$/status"
exit 1`;

/**
 * Whether this process was started with SIGHUP ignored, whatever started it.
 *
 * To be called before it listens to any signal, as that undoes what was ignored; for steps that run for long, as looking
 * costs a process. Needs run permission for `/bin/sh`; without, the answer is no.
 */
export async function isHangupIgnored(): Promise<boolean> {
  const { state } = Deno.permissions.querySync({ name: "run", command: shell });
  return state === "granted" && await sh(inherited).then(({ code }) => code === 0, () => false);
}

/**
 * Whether SIGHUP, which comes when a terminal is closed, is to be ignored, as where `nohup` started this process.
 *
 * To be called when it comes: looking costs a process, which a step's start is to do without. Needs no permission; with
 * run permission for `/bin/sh` it looks closer. Without, a process that has no terminal at all is taken for one that goes
 * on without.
 */
export async function ignoresHangup(): Promise<boolean> {
  const { state } = Deno.permissions.querySync({ name: "run", command: shell });
  if (state !== "granted") return !hasTerminal;
  try {
    return (await sh(script)).code === 0;
  } catch {
    // No process can be started just now.
    return false;
  }
}
