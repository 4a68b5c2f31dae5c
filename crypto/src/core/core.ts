/** Which implementation of the algorithms runs: WebAssembly where it can, plain TypeScript elsewhere. */
import type { SmCore } from './port.ts'
import { plainCore } from './plain.ts'
import { loadWasm, loadWasmLater, type WasmExports } from './wasm-module.ts'
import { sm2Through } from './wasm-sm2.ts'
import { symmetricThrough } from './wasm-symmetric.ts'

let current: SmCore | null = null

function coreOver(wasm: WasmExports): SmCore {
  return { kind: 'wasm', sm2: sm2Through(wasm), ...symmetricThrough(wasm) }
}

/** The core in use. The first call starts WebAssembly; where that fails, the TypeScript core serves. */
export function smCore(): SmCore {
  if (current !== null) return current
  const wasm = loadWasm()
  current = wasm === null ? plainCore : coreOver(wasm)
  return current
}

/**
 * Starts the core in the background and answers which one runs. Call it once at start-up in browsers: some compile larger
 * modules only in the background, and then the first calls would be served by the slower TypeScript core.
 */
export async function prepareSmCore(): Promise<'wasm' | 'typescript'> {
  if (current?.kind === 'wasm') return 'wasm'
  const wasm = await loadWasmLater()
  if (wasm !== null) current = coreOver(wasm)
  return smCore().kind
}

/** Runs everything on a named core from now on, so that tests and the self test can try both. Answers the core. */
export function selectSmCore(kind: SmCore['kind']): SmCore {
  if (kind === 'typescript') current = plainCore
  else if (current?.kind !== 'wasm') current = null
  return smCore()
}
