/**
 * Places in an object store that speaks S3.
 *
 * @module
 */

import { BadValue } from "../../step/flags.ts";

/** Where an export is uploaded to. */
export interface S3Place {
  readonly bucket: string;
  /** What the keys of its files begin with, without a slash at its end; empty: nothing. */
  readonly prefix: string;
}

/**
 * Parses `s3://BUCKET` or `s3://BUCKET/PREFIX`.
 *
 * @throws {BadValue} If it is anything else, or a key would have characters that some servers treat in their own way.
 */
export function s3Place(input: string): S3Place {
  const [, bucket, prefix = ""] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([A-Za-z0-9._=-]+(?:\/[A-Za-z0-9._=-]+)*))?\/?$/.exec(input) ?? [];
  const isPath = prefix.split("/").some((part) => part === "." || part === "..");
  if (bucket === undefined || isPath || prefix.length > 900) {
    throw new BadValue("must be s3://BUCKET/PREFIX, the prefix of letters, digits and . _ = - /");
  }
  return { bucket, prefix };
}

/** The place as it was given. */
export function shownPlace({ bucket, prefix }: S3Place, name?: string): string {
  return `s3://${[bucket, prefix, name].filter(Boolean).join("/")}`;
}
