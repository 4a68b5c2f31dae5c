/** The interface's way to the computer it runs on: the desktop shell where there is one, an in-memory twin in a browser. */
import type { OfficeChannel, BridgeEvent } from './contract/channels.ts'
import type { BridgeAnswer, BridgeEventDetail, BridgeInput } from './contract/contract.ts'
import { browserApi } from './browser-api.ts'
import type { PageApi } from './page-api.ts'

/** What the interface sees. */
export interface Bridge {
  readonly host: 'desktop' | 'browser'
  /** Origin of the office's server. In the desktop the page's own origin is `app://xiewen`, so WebSocket addresses must be
   * made from this one; `/api` and `/fonts` stay relative in both. */
  readonly serverOrigin: string
  /** Asks the shell; the answer is a value or a refusal. Rejects only when the shell itself has gone. */
  call<C extends OfficeChannel>(channel: C, input: BridgeInput<C>): Promise<BridgeAnswer<C>>
  /** Listens to an event; the returned function stops listening. */
  on<E extends BridgeEvent>(event: E, listener: (detail: BridgeEventDetail[E]) => void): () => void
}

declare global {
  interface Window {
    readonly xiewen?: PageApi<OfficeChannel>
  }
}

let known: Bridge | undefined

/** The one bridge of this page. */
export function bridge(): Bridge {
  known ??=
    window.xiewen === undefined ? bridgeOver('browser', browserApi(window)) : bridgeOver('desktop', window.xiewen)
  return known
}

/** Makes a bridge over any page API: the preload's, the browser's twin, or a test's. */
export function bridgeOver(host: Bridge['host'], api: PageApi<OfficeChannel>): Bridge {
  return {
    host,
    serverOrigin: api.serverOrigin,
    call: (channel, input) => api.requests[channel](input),
    on: (event, listener) => api.on[event](listener),
  }
}
