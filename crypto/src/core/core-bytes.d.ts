/** The compiled WebAssembly module, base64. `bin/build-wasm.mjs` writes core-bytes.js; it is not committed. */
export declare const coreBytes: string
