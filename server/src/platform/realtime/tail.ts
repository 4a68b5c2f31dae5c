/** The committed updates since the snapshot, as wire frames back to back: what lies here is what a join sends, unchanged. */
import { firstUpdateOf } from './wire.ts'

const smallest = 256

/** A growing run of frames. What was handed out stays as it was: bytes are only added behind it, or moved to a new place. */
export class Tail {
  #bytes: Buffer = Buffer.alloc(0)
  #length = 0
  /** `seq, end, seq, end …`, ascending: up to where the frames of a row reach. */
  #marks: number[] = []

  /** Bytes of all frames. */
  get length(): number {
    return this.#length
  }

  /** Adds the frames of row `seq`, which is not older than any here. */
  append(seq: number, wires: readonly Buffer[]): void {
    const added = wires.reduce((sum, wire) => sum + wire.length, 0)
    this.#reserve(this.#length + added)
    for (const wire of wires) {
      this.#bytes.set(wire, this.#length)
      this.#length += wire.length
    }
    this.#marks.push(seq, this.#length)
  }

  /** All frames in one piece. */
  frames(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Calls `visit` with every frame and the update in it, in order; both are views. */
  each(visit: (wire: Buffer, update: Uint8Array) => void): void {
    for (let at = 0; at < this.#length; ) {
      const { update, end } = firstUpdateOf(this.#bytes, at)
      visit(this.#bytes.subarray(at, end), update)
      at = end
    }
  }

  /** Forgets the rows up to and including `seq`. */
  dropTo(seq: number): void {
    let count = 0
    while (count < this.#marks.length && (this.#marks[count] ?? 0) <= seq) count += 2
    const from = count === 0 ? 0 : (this.#marks[count - 1] ?? 0)
    this.#bytes = Buffer.from(this.#bytes.subarray(from, this.#length))
    this.#length -= from
    this.#marks = this.#marks.slice(count).map((value, index) => (index % 2 === 0 ? value : value - from))
  }

  #reserve(needed: number): void {
    if (needed <= this.#bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(smallest, needed, Math.ceil(this.#bytes.length * 1.5)))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}
