// @ts-self-types="./compiled.d.ts"
/**
 * The engine, compiled. In JavaScript, since TypeScript does not know imports of the source phase yet.
 *
 * @module
 */

import source compiled from "../../../node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm";

export { compiled };
