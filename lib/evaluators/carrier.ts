/**
 * A carrier as its supervisor sees it: started, told what to carry, heard, and started again where it ends.
 *
 * @module
 */

import type { CommandLine, Launcher } from "../isolation/launcher.ts";
import { lastingSeconds, type ProcessLimits } from "../isolation/limits.ts";
import { LineProcess } from "../isolation/line_process.ts";
import type { Issue } from "../util/issue.ts";
import { lastErrorLine } from "../util/text.ts";
import { brokerCommand } from "./broker_command.ts";
import type { CarrierReport, CarrierRequest, CarrierSettings } from "./carrier_protocol.ts";
import { most } from "./names.ts";

/** A carrier is the product's own: these limits are there so that a fault of it does not become the machine's. */
const limits: ProcessLimits = {
  memoryMiB: 2048,
  cpuSeconds: lastingSeconds,
  wallSeconds: Number.POSITIVE_INFINITY,
  outputKiB: Number.POSITIVE_INFINITY,
  descriptors: 64,
};

/** Longest report in UTF-16 code units: in JSON a character of a message can take six. */
const longest = 6 * most.messageBytes;

const script = `${import.meta.dirname}/carrier_main.ts`;

/** The command line of a carrier, tied to its supervisor as an agent is. */
export function carrierCommand(launcher: Launcher, reached: Pick<CarrierSettings, "servers" | "keys">): CommandLine {
  return brokerCommand(launcher, limits, { ...reached, script });
}

/** One carrier, from its start to its end. */
export class Carrier {
  readonly #process: LineProcess;
  /** Resolves when it has ended: to why it failed, or undefined if it had done what it was to do. */
  readonly ended: Promise<Issue | undefined>;
  #failed: Issue | undefined;

  /**
   * Starts it. Needs run permission for `/bin/sh`.
   *
   * @param take Given each report but that of its failure.
   */
  constructor(command: CommandLine, settings: CarrierSettings, take: (report: CarrierReport) => void) {
    this.#process = new LineProcess(command, longest, (line) => {
      const report: CarrierReport = JSON.parse(line);
      if ("failed" in report) this.#failed = report.failed;
      else take(report);
      return true;
    });
    this.#process.send(`${JSON.stringify(settings)}\n`);
    this.ended = this.#process.ended.then(({ code, stderr, ready }) => {
      if (this.#failed) return this.#failed;
      if (code === 0) return undefined;
      const words = lastErrorLine(stderr) || `it ended with exit code ${code}`;
      return {
        code: "broker.lost",
        message: `The process that reaches the broker ${ready ? "has ended" : "could not be started"}: ${words}`,
      };
    });
  }

  /** Hands it a request. */
  send(request: CarrierRequest): void {
    this.#process.send(`${JSON.stringify(request)}\n`);
  }

  /** Lets it end: what it has been handed is done. */
  async close(): Promise<void> {
    await this.#process.close();
    await this.ended;
  }

  /** Ends it at once. */
  end(): void {
    this.#process.end();
  }
}
