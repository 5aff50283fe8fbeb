/**
 * Objects of a store that speaks S3: requests signed by AWS Signature Version 4, their bodies included.
 *
 * @module
 */

import { AwsV4Signer } from "aws4fetch";
import { type Issue, Misuse, StepFailed } from "../../util/issue.ts";
import { sha256 } from "../../util/hash.ts";
import { type S3Place, shownPlace } from "./s3_place.ts";

/** The variables that say where a store is and who asks, as the tools of AWS have them. */
export const s3Variables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_REGION",
  "AWS_ENDPOINT_URL_S3",
] as const;

/** Bytes of a part; a longer file is uploaded in parts, of which each but the last has at least 5 MiB. */
const partBytes = 8 * 1024 * 1024;
/** So many parts an object may have. */
const mostParts = 10_000;
/** How often a request is tried, and how long to wait before the second time. */
const tries = 4, firstWaitMs = 500;
const timeoutMs = 120_000;

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
}

interface Call {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly query?: string;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** A bucket, and a prefix of keys in it. */
export class S3 {
  readonly #place: S3Place;
  readonly #base: string;
  readonly #credentials: Credentials;
  readonly #signal: AbortSignal;

  private constructor(place: S3Place, base: string, credentials: Credentials, signal: AbortSignal) {
    this.#place = place;
    this.#base = base;
    this.#credentials = credentials;
    this.#signal = signal;
  }

  /**
   * The place in the store that the variables name: that of AWS, or of `AWS_ENDPOINT_URL_S3`. Needs `env` of
   * {@linkcode s3Variables}.
   *
   * @throws {Misuse} If a variable is missing or can't be.
   */
  static of(place: S3Place, signal: AbortSignal): S3 {
    const value = (name: typeof s3Variables[number]) => Deno.env.get(name) || undefined;
    const demanded = (name: typeof s3Variables[number]) => value(name) ?? missing(name);
    const region = value("AWS_REGION") ?? "us-east-1";
    if (!/^[a-z0-9-]{1,40}$/.test(region)) throw wrong("AWS_REGION", "a name such as eu-central-1");
    const sessionToken = value("AWS_SESSION_TOKEN");
    const credentials = {
      accessKeyId: demanded("AWS_ACCESS_KEY_ID"),
      secretAccessKey: demanded("AWS_SECRET_ACCESS_KEY"),
      ...(sessionToken !== undefined && { sessionToken }),
      region,
    };
    return new S3(place, baseOf(place, region, value("AWS_ENDPOINT_URL_S3")), credentials, signal);
  }

  /** The text of an object; `undefined` where there is none, or who may only write must not know. */
  async read(name: string): Promise<string | undefined> {
    const response = await this.#send(name, { method: "GET" });
    const text = await response.text();
    if (response.ok) return text;
    if (response.status === 404 && codeOf(text) !== "NoSuchBucket") return undefined;
    if (codeOf(text) === "AccessDenied") return undefined;
    throw this.#refused(name, response.status, text);
  }

  /** Removes an object, if it is there. */
  async remove(name: string): Promise<void> {
    await this.#demand(name, { method: "DELETE" });
  }

  /** Writes an object from a file: with its length, and in parts where it is long. Holds one part in memory. */
  async write(name: string, path: string): Promise<void> {
    using file = await Deno.open(path);
    const { size } = await file.stat();
    const most = Math.max(partBytes, Math.ceil(size / mostParts));
    if (size <= most) await this.#demand(name, { method: "PUT", body: await bytesOf(file, size) });
    else await this.#writeParts(name, file, size, most);
  }

  async #writeParts(name: string, file: Deno.FsFile, size: number, most: number): Promise<void> {
    const begun = await this.#demand(name, { method: "POST", query: "?uploads=" });
    const id = /<UploadId>([^<]+)<\/UploadId>/.exec(begun.text)?.[1];
    if (id === undefined) throw this.#refused(name, 200, begun.text);
    const upload = `uploadId=${encodeURIComponent(id)}`;
    try {
      const parts: string[] = [];
      for (let at = 0; at < size; at += most) {
        const number = parts.length + 1;
        const body = await bytesOf(file, Math.min(most, size - at));
        const { etag } = await this.#demand(name, { method: "PUT", query: `?partNumber=${number}&${upload}`, body });
        parts.push(`<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`);
      }
      const list = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
      const done = await this.#demand(name, {
        method: "POST",
        query: `?${upload}`,
        body: new TextEncoder().encode(list),
      });
      // Where that takes long, a failure comes after a head that says 200.
      if (codeOf(done.text) !== undefined) throw this.#refused(name, 200, done.text);
    } catch (error) {
      // Parts that nothing completes cost money until they are dropped.
      await this.#send(name, { method: "DELETE", query: `?${upload}` }, new AbortController().signal).catch(() => {});
      throw error;
    }
  }

  async #demand(name: string, call: Call): Promise<{ readonly text: string; readonly etag: string }> {
    const response = await this.#send(name, call);
    const text = await response.text();
    if (!response.ok) throw this.#refused(name, response.status, text);
    return { text, etag: response.headers.get("etag") ?? "" };
  }

  /** The answer to a request, which is tried again where the store is busy or can't be reached. */
  async #send(name: string, { method, query = "", body }: Call, signal = this.#signal): Promise<Response> {
    const url = `${this.#base}${name}${query}`;
    for (let attempt = 1;; attempt++) {
      try {
        const hash = await sha256(body ?? new Uint8Array());
        const headers = { "x-amz-content-sha256": hash };
        const signed = await new AwsV4Signer({ method, url, headers, body, service: "s3", ...this.#credentials })
          .sign();
        const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
        const response = await fetch(signed.url, {
          method,
          headers: signed.headers,
          body,
          redirect: "manual",
          signal: limit,
        });
        if (response.status < 500 && response.status !== 429 || attempt === tries) return response;
        await response.body?.cancel();
      } catch (error) {
        signal.throwIfAborted();
        if (attempt === tries) throw this.#unreachable(error);
      }
      await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 2 ** (attempt - 1)));
    }
  }

  #refused(name: string, status: number, text: string): StepFailed {
    const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1];
    const said = [codeOf(text), message].filter(Boolean).join(": ").replace(/\.$/, "") || `status ${status}`;
    return new StepFailed({
      code: "upload.refused",
      message:
        `Cannot write ${shownPlace(this.#place, name)} as the store must let it: it says ${said}. See to the bucket, ` +
        "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and the clock of this machine.",
      path: shownPlace(this.#place),
    });
  }

  #unreachable(cause: unknown): StepFailed {
    const { host } = new URL(this.#base);
    const message = `Cannot reach the store at ${host} (${(cause as Error).message}); see to AWS_ENDPOINT_URL_S3, ` +
      "AWS_REGION and the network, and run the step again.";
    return new StepFailed({ code: "upload.unreachable", message, path: shownPlace(this.#place) }, { cause });
  }
}

/** What addresses begin with: the bucket is part of the host's name at AWS, else of the path. */
function baseOf({ bucket, prefix }: S3Place, region: string, endpoint: string | undefined): string {
  const below = prefix === "" ? "" : `${prefix}/`;
  if (endpoint === undefined) {
    // A certificate for *.s3… does not cover a name with dots.
    const at = `s3.${region}.amazonaws.com`;
    return bucket.includes(".") ? `https://${at}/${bucket}/${below}` : `https://${bucket}.${at}/${below}`;
  }
  const url = URL.parse(endpoint);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    throw wrong("AWS_ENDPOINT_URL_S3", "an address such as https://store.example");
  }
  return `${url.href.replace(/\/$/, "")}/${bucket}/${below}`;
}

async function bytesOf(file: Deno.FsFile, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let read = 0; read < length;) {
    const count = await file.read(bytes.subarray(read));
    if (count === null) throw new Error(`the file has ended after ${read} of ${length} bytes`);
    read += count;
  }
  return bytes;
}

function codeOf(text: string): string | undefined {
  return /<Error>[^]*?<Code>([^<]+)<\/Code>/.exec(text)?.[1];
}

function missing(name: string): never {
  throw wrong(name, "set");
}

function wrong(name: string, demand: string): Misuse {
  const issue: Issue = {
    code: "upload.variable",
    message: `Cannot upload as the variable ${name} must be ${demand}.`,
    path: name,
  };
  return new Misuse(issue);
}
