/**
 * An object store that checks signatures, as a process: `deno run -P=s3_store s3_store.ts FOLDER`. Its bucket is `runs`, and
 * both key and secret are `S3RVER`. Writes its port when it is ready.
 *
 * @module
 */

import S3rver from "@20minutes/s3rver";

const store = new S3rver({
  address: "127.0.0.1",
  port: 0,
  silent: true,
  directory: Deno.args[0]!,
  configureBuckets: [{ name: "runs", configs: [] }],
});
const { port } = await store.run();
console.log(port);
