/** Figures that bound what one socket, one person and one document may cost. Bytes and milliseconds. */
export interface Limits {
  /** Largest WebSocket message. */
  readonly maxFrameBytes: number
  /** Largest request and largest message over HTTP, where a message may take several requests. */
  readonly maxHttpRequestBytes: number
  readonly maxHttpMessageBytes: number
  /** Snapshot and tail together; a document beyond it takes no more updates. */
  readonly maxDocumentBytes: number
  /** Token buckets per socket: sustained per second, and how many at once. */
  readonly framesPerSecond: number
  readonly framesBurst: number
  readonly updatesPerSecond: number
  readonly updatesBurst: number
  readonly joinsPerSecond: number
  readonly joinsBurst: number
  readonly presencePerSecond: number
  readonly presenceBurst: number
  /** Updates that build on structs the server does not have, per socket, before it is closed. */
  readonly maxGaps: number
  /** Client ids one socket may bring in. */
  readonly maxNewClients: number
  readonly maxPresenceBytes: number
  /** Unsent bytes after which a reader that does not read is dropped. */
  readonly maxUnsentBytes: number
  /** Accepted but not yet committed bytes of one socket after which its reading pauses. */
  readonly maxUncommittedBytes: number
  /** Between the starts of two commits when several write at once, and when very many do. */
  readonly commitWindowMs: number
  readonly longCommitWindowMs: number
  /** The longest time a cursor waits for others. */
  readonly presenceWindowMs: number
  readonly pingEveryMs: number
  /** A stock client reconnects after 30 s without a message; this keeps a quiet one contented. */
  readonly keepAliveMs: number
  /** How long an answer about tickets and rights may take while the process is running; time it stood still does not count. */
  readonly answerWithinMs: number
  readonly rightsEveryMs: number
  /** An answer about rights older than this is no answer. */
  readonly rightsMaxAgeMs: number
  readonly idleRoomMs: number
  /** Tail beyond which a document is folded: while people are in it, and when the last one has left. */
  readonly compactTailBytes: number
  readonly compactIdleBytes: number
  readonly compactDeadlineMs: number
}

/** The figures of an ordinary installation. */
export const defaultLimits: Limits = {
  maxFrameBytes: 1 << 20,
  maxHttpRequestBytes: 1 << 20,
  maxHttpMessageBytes: 4 << 20,
  maxDocumentBytes: 50 << 20,
  framesPerSecond: 300,
  framesBurst: 1500,
  updatesPerSecond: 150,
  updatesBurst: 1000,
  joinsPerSecond: 0.5,
  joinsBurst: 20,
  presencePerSecond: 20,
  presenceBurst: 40,
  maxGaps: 32,
  maxNewClients: 256,
  maxPresenceBytes: 4096,
  maxUnsentBytes: 4 << 20,
  maxUncommittedBytes: 4 << 20,
  commitWindowMs: 3,
  longCommitWindowMs: 5,
  presenceWindowMs: 50,
  pingEveryMs: 30_000,
  keepAliveMs: 12_000,
  answerWithinMs: 10_000,
  rightsEveryMs: 2000,
  rightsMaxAgeMs: 5000,
  idleRoomMs: 30_000,
  compactTailBytes: 64 << 10,
  compactIdleBytes: 8 << 10,
  compactDeadlineMs: 10_000,
}

/** Connections that may wait to be taken, as far as the system allows it (`net.core.somaxconn`). After a restart a whole office calls
 * at once: with Node's ordinary 511 the kernel drops the others' calls, and they are heard a second or more later, or reset. */
export const listenBacklog = 4096

/** A token bucket: full to begin with, `perSecond` more each second up to `burst`. A class, because every socket has four. */
export class Bucket {
  readonly #perSecond: number
  readonly #burst: number
  #tokens: number
  #lastMs: number

  constructor(perSecond: number, burst: number, startMs: number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#tokens = burst
    this.#lastMs = startMs
  }

  /** Takes one token if there is one. */
  take(nowMs: number): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + (Math.max(0, nowMs - this.#lastMs) * this.#perSecond) / 1000)
    this.#lastMs = nowMs
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
