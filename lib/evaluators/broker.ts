/**
 * The broker: a NATS server with JetStream, its streams, and what supervisors and evaluators alike do there.
 *
 * @module
 */

import {
  type Consumer,
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
  type StreamConfig,
} from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { Left } from "../isolation/left.ts";
import { joined } from "../util/concat.ts";
import { StepFailed } from "../util/issue.ts";
import { sha256 } from "../util/hash.ts";
import { type Access, connectAs } from "./connection.ts";
import {
  ackWaitMs,
  broker as names,
  bucketOf,
  deliveries,
  engineName,
  evaluationsOf,
  most,
  presence,
  repliesTo,
} from "./names.ts";
import { wordsOf } from "./words.ts";

/** The least that a server's messages must hold: a piece of a program. */
const leastPayload = most.pieceBytes + 64 * 1024;

/** How long one request may take, in milliseconds. */
const timeoutMs = 5000;

/** Largest sizes of streams and buckets in bytes. */
const sizes = {
  evaluations: 256 * 2 ** 20,
  replies: 512 * 2 ** 20,
  programs: 1024 * 2 ** 20,
  evaluators: 4 * 2 ** 20,
} as const;

/** How long things wait where nobody has said it: a day. */
const defaultAgeMs = 24 * 3_600_000;

const nanos = (ms: number) => ms * 1e6;

/** How a supervisor uses a broker. */
export interface BrokerOptions extends Omit<Access, "role"> {
  /** How long batches, replies and programs wait for whom they are meant for, in milliseconds. @default as it is there */
  readonly ageMs?: number;
}

/** How evaluators use a broker. */
export interface JoinOptions extends Omit<Access, "role"> {
  /** Waits until it is looked again whether a supervisor has made the streams; throws where nothing is to be waited for. */
  readonly whileEmpty: () => Promise<void>;
}

/** A connection to a broker whose streams are there. */
export class Broker implements AsyncDisposable {
  readonly connection: NatsConnection;
  readonly streams: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly programs: KV;
  /** Which evaluators are there, by name. */
  readonly evaluators: KV;

  private constructor(connection: NatsConnection, manager: JetStreamManager, programs: KV, evaluators: KV) {
    this.connection = connection;
    this.manager = manager;
    this.streams = jetstream(connection);
    this.programs = programs;
    this.evaluators = evaluators;
  }

  /**
   * Connects as a supervisor, and makes the streams that are missing.
   *
   * Needs net permission for the servers, and read permission for the keys.
   *
   * @throws {StepFailed} If there is no server, or it is not one that can be used.
   */
  static async connect({ ageMs, ...access }: BrokerOptions): Promise<Broker> {
    return await reachBroker({ ...access, role: "supervisor" }, async (connection, manager) => {
      await makeStreams(connection, manager, ageMs);
      return await Broker.#open(connection, manager);
    });
  }

  /**
   * Connects as an evaluator. Where the server has roles these make nothing: it waits for a supervisor that has made the
   * streams; where there are none, whatever comes first makes them.
   *
   * Needs net permission for the servers, and read permission for the keys.
   *
   * @throws {StepFailed} If there is no server, or it is not one that can be used.
   */
  static async join({ whileEmpty, ...access }: JoinOptions): Promise<Broker> {
    return await reachBroker({ ...access, role: "evaluator" }, async (connection, manager) => {
      const hasRoles = connection.info!.auth_required === true;
      if (!hasRoles) await makeStreams(connection, manager);
      // It is made last.
      while (!await hasStream(manager, bucketOf(names.evaluators))) await whileEmpty();
      const broker = await Broker.#open(connection, manager);
      if (!hasRoles) await batchConsumer(broker, engineName());
      return broker;
    });
  }

  static async #open(connection: NatsConnection, manager: JetStreamManager): Promise<Broker> {
    const buckets = new Kvm(jetstream(connection));
    const [programs, evaluators] = await Promise.all([
      buckets.open(names.programs),
      buckets.open(names.evaluators),
    ]);
    return new Broker(connection, manager, programs, evaluators);
  }

  /**
   * Puts content where evaluators find it, unless it is there.
   *
   * @param hash SHA-256 of its bytes.
   */
  async put(hash: string, bytes: Uint8Array): Promise<void> {
    const count = piecesOf(bytes.length);
    const there = await this.programs.get(`${hash}.${count - 1}`);
    if (there && there.length > 0) return;
    // The last piece tells that all are there.
    for (let i = 0; i < count; i++) {
      await this.programs.put(`${hash}.${i}`, bytes.subarray(i * most.pieceBytes, (i + 1) * most.pieceBytes));
    }
  }

  /** Content by its hash; undefined where it is not there, or is not what was put. */
  async get(hash: string): Promise<Uint8Array | undefined> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    do {
      const piece = await this.programs.get(`${hash}.${pieces.length}`);
      if (!piece || piece.length === 0 || length > most.contentBytes) return undefined;
      pieces.push(piece.value);
      length += piece.value.length;
    } while (pieces.at(-1)!.length === most.pieceBytes);
    const bytes = joined(pieces);
    return await sha256(bytes) === hash ? bytes : undefined;
  }

  /** Whether a batch is still there: nothing has answered it then. */
  async holds(seq: number): Promise<boolean> {
    return await this.manager.streams.getMessage(names.evaluations, { seq }) !== null;
  }

  /** Removes what waits of a run: batches alone, or replies too. */
  async purge(run: string, { replies }: { readonly replies: boolean }): Promise<void> {
    await this.manager.streams.purge(names.evaluations, { filter: evaluationsOf(run, "*") });
    if (replies) await this.manager.streams.purge(names.replies, { filter: repliesTo(run) });
  }

  /**
   * Takes back what was handed out as often as it may be: that ends evaluators, or none of them was there to answer.
   *
   * @param take Given each such batch of a run, as it was sent.
   */
  async forwardReturned(run: string, take: (batch: string) => void): Promise<void> {
    const prefix = `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${names.evaluations}`;
    const callback = (_error: Error | null, advisory: { json<T>(): T }) =>
      void this.#takeBack(advisory.json<{ stream_seq: number }>().stream_seq, run, take).catch(() => {});
    this.connection.subscribe(`${prefix}.*`, { callback });
    await this.connection.flush();
  }

  /** What another one has removed meanwhile is no error worth a word. */
  async #takeBack(seq: number, run: string, take: (batch: string) => void): Promise<void> {
    const message = await this.manager.streams.getMessage(names.evaluations, { seq });
    if (message?.subject.split(".")[1] !== run) return;
    take(message.string());
    await this.manager.streams.deleteMessage(names.evaluations, seq);
  }

  /** Closes the connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close();
  }
}

/**
 * Connects to a server that can be a broker, and begins with it; makes nothing there by itself.
 *
 * Needs net permission for the servers, and read permission for the keys.
 *
 * @param begin The connection is closed where this fails.
 * @throws {StepFailed} If there is no server, or it is not one that can be used.
 */
export async function reachBroker<T>(
  access: Access,
  begin: (connection: NatsConnection, manager: JetStreamManager) => Promise<T>,
): Promise<T> {
  const connection = await connectAs(access);
  const { servers } = access;
  try {
    const info = connection.info!;
    if (!info.jetstream) throw new StepFailed(noJetStream(servers));
    if (info.max_payload < leastPayload) throw new StepFailed(smallPayload(servers, info.max_payload));
    return await begin(connection, await jetstreamManager(connection, { timeout: timeoutMs }));
  } catch (error) {
    await connection.close();
    if (error instanceof StepFailed || error instanceof Left) throw error;
    throw unusable(servers, error);
  }
}

/** Whether there is a stream. */
export async function hasStream(manager: JetStreamManager, name: string): Promise<boolean> {
  try {
    await manager.streams.info(name);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof JetStreamApiError &&
    (error.code === JetStreamApiCodes.StreamNotFound || error.code === JetStreamApiCodes.ConsumerNotFound);
}

/** How many pieces content comes in: the last one is shorter than the others. */
function piecesOf(length: number): number {
  return Math.floor(length / most.pieceBytes) + 1;
}

async function makeStreams(connection: NatsConnection, manager: JetStreamManager, ageMs?: number): Promise<void> {
  const buckets = new Kvm(jetstream(connection));
  for (const stream of streamsOf(ageMs ?? defaultAgeMs)) {
    await keep(manager, stream.name, ageMs, () => manager.streams.add(stream));
  }
  await keep(
    manager,
    bucketOf(names.programs),
    ageMs,
    () => buckets.create(names.programs, { max_bytes: sizes.programs, ttl: ageMs ?? defaultAgeMs }),
  );
  await keep(
    manager,
    bucketOf(names.evaluators),
    undefined,
    () => buckets.create(names.evaluators, { max_bytes: sizes.evaluators, ttl: presence.gone }),
  );
}

function streamsOf(ageMs: number): (Partial<StreamConfig> & Pick<StreamConfig, "name">)[] {
  return [
    {
      name: names.evaluations,
      subjects: ["evaluations.*.*"],
      retention: "workqueue",
      discard: "new",
      max_bytes: sizes.evaluations,
      max_age: nanos(ageMs),
    },
    {
      name: names.replies,
      subjects: ["replies.*"],
      retention: "limits",
      discard: "old",
      max_bytes: sizes.replies,
      max_age: nanos(ageMs),
    },
  ];
}

/** Makes a stream where it is missing, and lets its messages wait for as long as they are to. */
async function keep(
  manager: JetStreamManager,
  name: string,
  ageMs: number | undefined,
  make: () => Promise<unknown>,
): Promise<void> {
  try {
    const { config } = await manager.streams.info(name);
    if (ageMs !== undefined && config.max_age !== nanos(ageMs)) {
      await manager.streams.update(name, { max_age: nanos(ageMs) });
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
    await make();
  }
}

/** The durable consumer by which all evaluators of an engine are handed batches; made where it is missing. */
export async function batchConsumer({ manager, streams }: Broker, engine: string): Promise<Consumer> {
  const add = () =>
    manager.consumers.add(names.evaluations, {
      durable_name: engine,
      filter_subject: evaluationsOf("*", engine),
      ack_policy: "explicit",
      ack_wait: nanos(ackWaitMs),
      max_deliver: deliveries,
      max_ack_pending: 65_536,
    });
  const { delivered } = await add();
  const { state } = await manager.streams.info(names.evaluations);
  // A server whose disk was full may have lost the stream's messages, but not how far it was handed out: it would wait for as many.
  if (delivered.stream_seq > state.last_seq) {
    await manager.consumers.delete(names.evaluations, engine);
    await add();
  }
  return await streams.consumers.get(names.evaluations, engine);
}

/** The same consumer; undefined where no supervisor has made it yet. */
export async function batchesFor({ streams }: Broker, engine: string): Promise<Consumer | undefined> {
  try {
    return await streams.consumers.get(names.evaluations, engine);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function noJetStream(servers: readonly string[]) {
  return {
    code: "broker.jetstream",
    message: `Cannot use the broker at ${
      servers.join(", ")
    } as it must have JetStream; start it with \`nats-server -js\`.`,
  };
}

function smallPayload(servers: readonly string[], bytes: number) {
  return {
    code: "broker.payload",
    message:
      `Cannot use the broker at ${servers.join(", ")} as its messages must hold ${leastPayload} bytes, and hold ` +
      `${bytes}; raise \`max_payload\` in its configuration.`,
  };
}

function unusable(servers: readonly string[], error: unknown): StepFailed {
  return new StepFailed({
    code: "broker.unusable",
    message: `Cannot use the broker at ${servers.join(", ")} as it must keep the streams of evaluations and replies: ` +
      `${wordsOf(error)}. Look whether its disk has room, and whether its account may use JetStream.`,
  });
}
