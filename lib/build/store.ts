/**
 * Where artifacts and judge programs lie in a run's store.
 *
 * @module
 */

/**
 * The path of an artifact.
 *
 * @param store The run's folder `workspace/store`.
 * @param hash SHA-256 of the artifact's bytes.
 */
export function artifactPath(store: string, hash: string): string {
  return `${store}/artifacts/${hash.slice(0, 2)}/${hash}.js`;
}

/**
 * The path of the judge program for a world and a runtime.
 *
 * @param store The run's folder `workspace/store`.
 */
export function judgePath(store: string, worldHash: string, runtime: string): string {
  return `${store}/judges/${worldHash}-${runtime}.js`;
}
