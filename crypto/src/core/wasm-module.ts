/** Loading the embedded WebAssembly module. */
import { coreBytes } from './core-bytes.js'

/** Functions and addresses of the module; assembly/ documents each. */
export interface WasmExports {
  readonly memory: WebAssembly.Memory
  readonly data: WebAssembly.Global
  readonly exchange: WebAssembly.Global
  readonly sm3State: WebAssembly.Global
  readonly stretchState: WebAssembly.Global
  readonly sm4Keys: WebAssembly.Global
  readonly sm4Block: WebAssembly.Global
  readonly gcmNonce: WebAssembly.Global
  readonly ghashKey: WebAssembly.Global
  readonly ghashState: WebAssembly.Global
  readonly preparedSlots: WebAssembly.Global
  sm3Blocks(count: number): void
  sm3Stretch(count: number): void
  sm4Expand(): void
  sm4Each(backwards: number): void
  sm4Ctr(count: number): void
  sm4CbcEncrypt(count: number): void
  sm4CbcDecrypt(count: number): void
  sm4Mac(count: number): void
  gcmSeal(aadBytes: number, textBytes: number): void
  ghashBlocks(count: number): void
  prepareBase(): void
  secretMultiplyBase(): number
  secretSigningFactor(): number
  secretSign(): number
  secretMultiply(): number
  addMultiple(): number
  isOnCurve(): number
  prepareKey(slot: number): void
  verify(slot: number): number
  wipe(): void
}

function moduleBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(coreBytes), (character) => character.charCodeAt(0))
}

function instantiate(module: WebAssembly.Module): WasmExports {
  // Safe because the module is built from assembly/ of this package, whose exports these are.
  return new WebAssembly.Instance(module, {}).exports as unknown as WasmExports
}

/**
 * Compiles and starts the module at once; `null` where that is not possible: no WebAssembly or no SIMD, a content security
 * policy without 'wasm-unsafe-eval', or an engine that compiles only small modules outside a worker.
 */
export function loadWasm(): WasmExports | null {
  if (typeof WebAssembly === 'undefined') return null
  try {
    return instantiate(new WebAssembly.Module(moduleBytes()))
  } catch (cause) {
    if (isRefusal(cause)) return null
    throw cause
  }
}

/** As `loadWasm`, compiling in the background, which every engine with WebAssembly and SIMD allows. */
export async function loadWasmLater(): Promise<WasmExports | null> {
  if (typeof WebAssembly === 'undefined') return null
  try {
    return instantiate(await WebAssembly.compile(moduleBytes()))
  } catch (cause) {
    if (isRefusal(cause)) return null
    throw cause
  }
}

function isRefusal(cause: unknown): boolean {
  return cause instanceof WebAssembly.CompileError || cause instanceof RangeError || cause instanceof EvalError
}
