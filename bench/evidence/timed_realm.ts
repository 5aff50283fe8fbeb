/**
 * A realm that notes what its judged evaluations take, so that it is known what else a search takes.
 *
 * @module
 */

import process from "node:process";
import { Realm, type RealmLimits } from "../../lib/twin/realm.ts";

/** As a realm, with a clock. */
export class TimedRealm extends Realm {
  /** CPU time of all judged evaluations so far, in milliseconds. */
  judgedMs = 0;

  override evaluate(line: string, limits: RealmLimits): ReturnType<Realm["evaluate"]> {
    if (!line.includes('"kind":"judged"')) return super.evaluate(line, limits);
    const before = process.threadCpuUsage();
    const answer = super.evaluate(line, limits);
    const { user, system } = process.threadCpuUsage(before);
    this.judgedMs += (user + system) / 1000;
    return answer;
  }
}
