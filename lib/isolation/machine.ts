/**
 * What the machine lets this step have: read once, by the shell that looks for `setpriv` anyway.
 *
 * @module
 */

import type { Machine } from "../run/preflight.ts";

/**
 * Shell commands that write what the kernel tells of limits and of what is used: lines of a file's name, a colon, and a
 * line of that file. Where there is no `/proc` they write nothing.
 *
 * `ulimit` names its limits otherwise in each shell, and a shell reads files byte by byte: one `grep` is faster.
 */
export const machineWords = `group=
  while IFS= read -r line; do case $line in 0::*) group=\${line#0::} ;; esac; done 2>/dev/null </proc/self/cgroup
  for root in /sys/fs/cgroup /sys/fs/cgroup/unified; do [ -e "$root$group/cgroup.procs" ] && break; done
  grep -H "" /proc/self/limits /proc/self/status /proc/meminfo /proc/loadavg /proc/sys/kernel/threads-max \\
    "$root$group/pids.max" "$root$group/pids.current" "$root$group/memory.max" "$root$group/memory.current" 2>/dev/null`;

/** What lines that {@linkcode machineWords} has written tell. */
export function readMachine(lines: readonly string[]): Machine {
  const find = (pattern: RegExp) => lines.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined);
  // A limit that there is not is called "unlimited" or "max".
  const get = (pattern: RegExp) => {
    const found = find(pattern);
    return found === undefined ? undefined : Number(found);
  };
  const running = get(/^\/proc\/loadavg:(?:\S+ ){3}\d+\/(\d+) /);
  // The limit on a user's threads is none for root; for others it is taken as if all threads were this user's.
  const isRoot = get(/:Uid:\s+\d+\s+(\d+)/) === 0;
  const free = get(/:MemAvailable:\s+(\d+) kB$/);
  return {
    descriptors: get(/:Max open files\s+(\d+)/),
    threads: least(
      isRoot ? undefined : left(get(/:Max processes\s+(\d+)/), running),
      left(get(/threads-max:(\d+)$/), running),
      left(get(/pids\.max:(\d+)$/), get(/pids\.current:(\d+)$/)),
    ),
    memoryMiB: least(
      free === undefined ? undefined : (free + (get(/:SwapFree:\s+(\d+) kB$/) ?? 0)) / 1024,
      left(get(/memory\.max:(\d+)$/), get(/memory\.current:(\d+)$/), 1_048_576),
    ),
  };
}

function left(most: number | undefined, used: number | undefined, unit = 1): number | undefined {
  return most === undefined || used === undefined ? undefined : Math.max(0, most - used) / unit;
}

function least(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.floor(Math.min(...known));
}
