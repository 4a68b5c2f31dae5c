/** SM2 through the WebAssembly module; the exchange buffer's offsets are those of assembly/sm2.ts. */
import type { Sm2Core, Sm2PreparedCore } from './port.ts'
import type { WasmExports } from './wasm-module.ts'

/** SM2 over a started module. */
export function sm2Through(wasm: WasmExports): Sm2Core {
  const exchange = new Uint8Array(wasm.memory.buffer, Number(wasm.exchange.value), 512)
  const slots = tableSlots(wasm, Number(wasm.preparedSlots.value))
  let isReady = false
  const ready = (): void => {
    if (!isReady) wasm.prepareBase()
    isReady = true
  }
  /** What lies at an offset after a successful call; secrets are wiped from the module in any case. */
  const answer = (ok: number, from: number, to: number): Uint8Array | null => {
    const bytes = ok === 1 ? exchange.slice(from, to) : null
    wasm.wipe()
    return bytes
  }
  const verifyWith = (slot: number, point: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean => {
    ready()
    exchange.set(digest, 32)
    exchange.set(signature, 128)
    exchange.set(point, 192)
    return wasm.verify(slot) === 1
  }
  return {
    multiplyBase(k) {
      ready()
      exchange.set(k)
      return answer(wasm.secretMultiplyBase(), 64, 128)
    },
    signingFactor(d) {
      exchange.set(d)
      return answer(wasm.secretSigningFactor(), 256, 288)
    },
    sign(factor, k, digest) {
      ready()
      exchange.set(k)
      exchange.set(digest, 32)
      exchange.set(factor, 256)
      return answer(wasm.secretSign(), 64, 128)
    },
    verify: (point, digest, signature) => verifyWith(-1, point, digest, signature),
    multiply(k, point) {
      exchange.set(k)
      exchange.set(point, 192)
      return answer(wasm.secretMultiply(), 64, 128)
    },
    addMultiple(p, k, q) {
      exchange.set(k)
      exchange.set(p, 192)
      exchange.set(q, 288)
      return answer(wasm.addMultiple(), 64, 128)
    },
    isOnCurve(point) {
      exchange.set(point, 192)
      return wasm.isOnCurve() === 1
    },
    prepare(point): Sm2PreparedCore {
      const own = point.slice()
      const owner = {}
      return {
        verify(digest, signature) {
          exchange.set(own, 192)
          const slot = slots.slotOf(owner)
          return verifyWith(slot, own, digest, signature)
        },
      }
    },
  }
}

/** Which prepared key owns which table: the table used longest ago gives way. */
function tableSlots(wasm: WasmExports, count: number): { slotOf(owner: object): number } {
  const owners: (object | null)[] = Array.from({ length: count }, () => null)
  const order = owners.map((_, slot) => slot)
  return {
    slotOf(owner) {
      const known = owners.indexOf(owner)
      const slot = known >= 0 ? known : (order[0] ?? 0)
      if (order.at(-1) !== slot) {
        order.splice(order.indexOf(slot), 1)
        order.push(slot)
      }
      if (known < 0) {
        owners[slot] = owner
        wasm.prepareKey(slot)
      }
      return slot
    },
  }
}
