import { CryptoError } from '../errors.ts'

/** Limits for reading a file nobody vouches for. */
export interface ReadLimits {
  readonly maxBytes: number
  readonly maxObjects: number
  readonly maxInflatedBytes: number
  readonly deadlineMs: number
}

/** Defaults: 256 MiB of file, 2 million objects, 256 MiB of inflated data, 5 seconds. */
export const defaultLimits: ReadLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxObjects: 2_000_000,
  maxInflatedBytes: 256 * 1024 * 1024,
  deadlineMs: 5000,
}

/** Work already spent on one file. Whoever loops over untrusted input spends from it. */
export class Budget {
  readonly limits: ReadLimits
  readonly #startedAt = performance.now()
  #objects = 0
  #inflated = 0

  constructor(limits: ReadLimits = defaultLimits) {
    this.limits = limits
  }

  /** Counts one parsed value. @throws CryptoError pdf.too-large */
  spendObject(): void {
    this.#objects += 1
    if (this.#objects > this.limits.maxObjects) throw new CryptoError('pdf.too-large', 'too many objects')
    if (this.#objects % 1024 === 0) this.assertTime()
  }

  /** Counts inflated bytes. @throws CryptoError pdf.too-large */
  spendInflated(sizeBytes: number): void {
    this.#inflated += sizeBytes
    if (this.#inflated > this.limits.maxInflatedBytes)
      throw new CryptoError('pdf.too-large', 'too much compressed data')
    this.assertTime()
  }

  /** @throws CryptoError pdf.too-large when the deadline has passed */
  assertTime(): void {
    if (performance.now() - this.#startedAt > this.limits.deadlineMs) {
      throw new CryptoError('pdf.too-large', 'the time limit has passed', { deadlineMs: this.limits.deadlineMs })
    }
  }
}
