/** The shape of `window.xiewen`, which the preload puts into our pages and nobody else's. */
import type { BridgeAnswer, BridgeEventDetail, BridgeInput } from './contract/contract.ts'
import type { BridgeChannel, BridgeEvent } from './contract/channels.ts'

/** One fixed function per request name. There is no function that takes a channel. */
export type PageRequests<C extends BridgeChannel> = {
  readonly [Name in C]: (input: BridgeInput<Name>) => Promise<BridgeAnswer<Name>>
}

/** Subscribing to one event; the returned function unsubscribes. */
export type PageSubscriptions = {
  readonly [Name in BridgeEvent]: (listener: (detail: BridgeEventDetail[Name]) => void) => () => void
}

/** `window.xiewen`. */
export interface PageApi<C extends BridgeChannel> {
  /** Origin of the office's server, e.g. `https://oa.example.gov.cn`; empty on the set-up page of a fresh client. */
  readonly serverOrigin: string
  readonly requests: PageRequests<C>
  readonly on: PageSubscriptions
}
