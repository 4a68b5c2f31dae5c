/** Time for the server. Use cases get `now` handed in; only the platform asks this port. */
import { type Instant, instant } from '@xiewen/shared/base'

/** Tells the time. Tests bring their own. */
export interface Clock {
  now(): Instant
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => instant(Date.now()) }
