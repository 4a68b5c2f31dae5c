/** Counts by upper bound, as Prometheus reads them, and the newest values for quantiles. */

/** Upper bounds in milliseconds. */
const boundsMs = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096] as const
const kept = 512

/** What a histogram has seen. `buckets` are cumulative: how many values were at most `upToMs`. */
export interface HistogramFigures {
  readonly buckets: readonly { readonly upToMs: number; readonly count: number }[]
  readonly count: number
  readonly sumMs: number
}

/** Durations in milliseconds. */
export class Histogram {
  readonly #counts = boundsMs.map(() => 0)
  readonly #newest: number[] = []
  #count = 0
  #sumMs = 0

  observe(ms: number): void {
    this.#count += 1
    this.#sumMs += ms
    let at = 0
    while (at < boundsMs.length && ms > (boundsMs[at] ?? 0)) at += 1
    if (at < boundsMs.length) this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#newest[this.#count % kept] = ms
  }

  /** The value that a share (0 to 1) of the newest 512 do not exceed; 0 when there are none. */
  quantile(share: number): number {
    const sorted = Object.values(this.#newest).sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  }

  figures(): HistogramFigures {
    let count = 0
    const buckets = boundsMs.map((upToMs, at) => ({ upToMs, count: (count += this.#counts[at] ?? 0) }))
    return { buckets, count: this.#count, sumMs: this.#sumMs }
  }
}
