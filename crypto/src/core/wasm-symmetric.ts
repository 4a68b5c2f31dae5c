/** SM3, SM4 and GHASH through the WebAssembly module. Long inputs pass its 64 KiB buffer in pieces. */
import { sm3Initial } from '../hash/sm3-initial.ts'
import type { Sm3Core, Sm4Core, SmCore } from './port.ts'
import type { WasmExports } from './wasm-module.ts'

const bufferSize = 65_536

/** The memory of a module as the views its functions are fed through. */
function viewsOf(wasm: WasmExports) {
  const { buffer } = wasm.memory
  const bytesAt = (place: WebAssembly.Global, size: number): Uint8Array =>
    new Uint8Array(buffer, Number(place.value), size)
  return {
    data: bytesAt(wasm.data, bufferSize),
    dataView: new DataView(buffer, Number(wasm.data.value), bufferSize),
    state: new Int32Array(buffer, Number(wasm.sm3State.value), 8),
    stateView: new DataView(buffer, Number(wasm.sm3State.value), 32),
    stretch: new Int32Array(buffer, Number(wasm.stretchState.value), 32),
    keys: bytesAt(wasm.sm4Keys, 128),
    block: bytesAt(wasm.sm4Block, 16),
    gcmNonce: bytesAt(wasm.gcmNonce, 16),
    ghashKey: bytesAt(wasm.ghashKey, 16),
    ghashState: bytesAt(wasm.ghashState, 16),
  }
}

type Views = ReturnType<typeof viewsOf>

/** Byte order is spelt out, because words in memory are in host order of the module (little-endian). */
function presentState(state: Int32Array): Uint8Array {
  const digest = new Uint8Array(4 * state.length)
  for (let i = 0; i < state.length; i++) {
    const word = state[i] ?? 0
    digest[4 * i] = word >>> 24
    digest[4 * i + 1] = word >>> 16
    digest[4 * i + 2] = word >>> 8
    digest[4 * i + 3] = word
  }
  return digest
}

function digestThrough(wasm: WasmExports, views: Views, parts: readonly Uint8Array[]): Uint8Array {
  const { data, dataView, state } = views
  state.set(sm3Initial)
  let filled = 0
  let sizeBytes = 0
  for (const part of parts) {
    sizeBytes += part.length
    for (let from = 0; from < part.length; ) {
      const piece = part.length - from <= bufferSize - filled ? part.length - from : bufferSize - filled
      data.set(from === 0 && piece === part.length ? part : part.subarray(from, from + piece), filled)
      from += piece
      filled += piece
      if (filled < bufferSize) continue
      wasm.sm3Blocks(bufferSize / 64)
      filled = 0
    }
  }
  // After a full buffer was digested `filled` is 0, so the padding always fits.
  const whole = filled & ~63
  const end = filled - whole < 56 ? whole + 64 : whole + 128
  if (end > bufferSize) {
    wasm.sm3Blocks(whole / 64)
    data.copyWithin(0, whole, filled)
    return finish(filled - whole, end - whole)
  }
  return finish(filled, end)

  function finish(used: number, padded: number): Uint8Array {
    data[used] = 0x80
    data.fill(0, used + 1, padded - 8)
    dataView.setUint32(padded - 8, Math.floor(sizeBytes / 0x2000_0000))
    dataView.setUint32(padded - 4, (sizeBytes << 3) >>> 0)
    wasm.sm3Blocks(padded / 64)
    return presentState(state)
  }
}

function sm3Through(wasm: WasmExports, views: Views): Sm3Core {
  const { data, state, stretch } = views
  return {
    digest: (parts) => digestThrough(wasm, views, parts),
    absorb(own, bytes) {
      state.set(own)
      for (let from = 0; from < bytes.length; from += bufferSize) {
        const piece = bytes.subarray(from, from + bufferSize)
        data.set(piece)
        wasm.sm3Blocks(piece.length / 64)
      }
      own.set(state)
    },
    stretch(inner, outer, first, count) {
      const start = Int32Array.from({ length: 8 }, (_, i) =>
        new DataView(first.buffer, first.byteOffset).getInt32(4 * i),
      )
      stretch.set(inner)
      stretch.set(outer, 8)
      stretch.set(start, 16)
      stretch.set(start, 24)
      wasm.sm3Stretch(count - 1)
      const sum = presentState(stretch.subarray(24))
      stretch.fill(0)
      return sum
    },
  }
}

function sm4Through(wasm: WasmExports, views: Views, key: Uint8Array): Sm4Core {
  const { data, keys, block } = views
  block.set(key)
  wasm.sm4Expand()
  // Two halves: the engine keeps arrays of up to 64 bytes with its small objects, larger ones cost it a microsecond each.
  const [first, second] = [keys.slice(0, 64), keys.slice(64)]
  const lendKeys = (): void => {
    keys.set(first)
    keys.set(second, 64)
  }
  keys.fill(0)
  block.fill(0)
  /** Runs one of the module's loops over all pieces of a text; the chaining block goes in and out. */
  const run = (chain: Uint8Array, text: Uint8Array, step: (blocks: number) => void, out: Uint8Array | null): void => {
    lendKeys()
    block.set(chain)
    for (let from = 0; from < text.length; from += bufferSize) {
      const piece = text.length <= bufferSize ? text : text.subarray(from, from + bufferSize)
      data.set(piece)
      step((piece.length + 15) >> 4)
      out?.set(piece.length === bufferSize ? data : data.subarray(0, piece.length), from)
    }
    chain.set(block)
    keys.fill(0)
  }
  const answer = (
    chain: Uint8Array,
    text: Uint8Array,
    step: (blocks: number) => void,
    out: Uint8Array = new Uint8Array(text.length),
  ): Uint8Array => {
    run(chain, text, step, out)
    return out
  }
  /** Up to eight blocks, each by itself; what comes of them is often secret and does not stay in the buffer. */
  const each = (input: Uint8Array, backwards: number): Uint8Array => {
    lendKeys()
    data.set(input)
    wasm.sm4Each(backwards)
    keys.fill(0)
    const out = data.slice(0, input.length)
    data.fill(0, 0, 128)
    return out
  }
  return {
    encryptBlocks: (blocks) => each(blocks, 0),
    decryptBlock: (input) => each(input, 1),
    encryptCbc: (chain, blocks) => answer(chain, blocks, wasm.sm4CbcEncrypt),
    decryptCbc: (chain, blocks) => answer(chain, blocks, wasm.sm4CbcDecrypt),
    applyCtr: (counter, text, out) => answer(counter, text, wasm.sm4Ctr, out),
    absorbMac: (chain, blocks) => run(chain, blocks, wasm.sm4Mac, null),
  }
}

/** The symmetric half of the core over a started module. */
export function symmetricThrough(wasm: WasmExports): Pick<SmCore, 'sm3' | 'expandSm4' | 'ghash' | 'sealShortGcm'> {
  const views = viewsOf(wasm)
  const { data, block, gcmNonce, ghashKey, ghashState } = views
  return {
    sm3: sm3Through(wasm, views),
    expandSm4: (key) => sm4Through(wasm, views, key),
    ghash(subkey, state, bytes) {
      ghashKey.set(subkey)
      ghashState.set(state)
      for (let from = 0; from < bytes.length; from += bufferSize) {
        const piece = bytes.length <= bufferSize ? bytes : bytes.subarray(from, from + bufferSize)
        const blocks = (piece.length + 15) >> 4
        data.set(piece)
        data.fill(0, piece.length, 16 * blocks)
        wasm.ghashBlocks(blocks)
      }
      state.set(ghashState)
      ghashKey.fill(0)
    },
    sealShortGcm(key, nonce, text, aad) {
      const from = 16 * Math.ceil(aad.length / 16)
      // Behind the text stand its padding and the block of lengths.
      if (from + text.length + 32 > bufferSize) return null
      block.set(key)
      gcmNonce.set(nonce)
      if (aad.length > 0) data.set(aad)
      data.set(text, from)
      wasm.gcmSeal(aad.length, text.length)
      return data.slice(from, from + text.length + 16)
    },
  }
}
