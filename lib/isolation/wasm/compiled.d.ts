/** QuickJS, compiled. */
export declare const compiled: WebAssembly.Module;
