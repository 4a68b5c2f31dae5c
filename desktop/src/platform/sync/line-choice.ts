/** Which way to the server: WebSocket where it gets through, HTTPS where it does not, and back when it does again. */

/** A way to the server. */
export type LineKind = 'websocket' | 'http'

/** What has been learnt about the network; shared by the sessions of a page, so that each need not find out anew. */
export interface LineChoice {
  /** The way to try now. */
  kind(): LineKind
  /** Something has come through. */
  heard(kind: LineKind): void
  /** The line ended, or stayed silent, before anything came through, although the server had just answered over HTTPS. */
  failed(kind: LineKind): void
  /** WebSocket is to be tried again beside a working HTTP line, once so many milliseconds have passed; doubles up to ten times. */
  probeDelayMs(): number
  probed(worked: boolean): void
}

/** WebSockets that must fail before HTTP is tried: one may have met a restart. */
const failuresBeforeHttp = 2

/** Starts with WebSocket. `probeMs` is the first wait before WebSocket is tried again. */
export function createLineChoice(probeMs = 60_000): LineChoice {
  let kind: LineKind = 'websocket'
  let failures = 0
  let probes = 0
  return {
    kind: () => kind,
    heard(which) {
      failures = 0
      kind = which
    },
    failed(which) {
      if (which !== kind) return
      failures += 1
      if (kind === 'websocket' ? failures >= failuresBeforeHttp : failures >= 1) {
        kind = kind === 'websocket' ? 'http' : 'websocket'
        failures = 0
      }
    },
    probeDelayMs: () => Math.min(probeMs * 2 ** probes, probeMs * 10),
    probed(worked) {
      probes = worked ? 0 : Math.min(probes + 1, 10)
      if (worked) kind = 'websocket'
    },
  }
}
