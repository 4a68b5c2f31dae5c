/** What may stand as the address of the office's server. */
import { accept, refuse } from '@xiewen/shared/base'
import type { Result } from '@xiewen/shared/base'

/** Reads what a person typed as the server's address.
 *
 * @param text            e.g. `oa.example.gov.cn` or `https://10.1.2.3:7443/`; blanks around it are ignored
 * @param allowPlainHttp  also accepts `http:` to private networks (10/8, 172.16/12, 192.168/16): a trial without certificates
 * @returns               the origin, e.g. `https://oa.example.gov.cn`, or why not: `desktop.address-malformed`,
 *                        `desktop.address-needs-https`
 */
export function parseServerAddress(text: string, allowPlainHttp: boolean): Result<string> {
  const typed = text.trim()
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`
  if (typed === '' || /[\s\\]/.test(typed) || !URL.canParse(address)) return refuse('desktop.address-malformed')
  const url = new URL(address)
  const extra =
    url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/'
  if (extra || url.hostname === '' || !['https:', 'http:'].includes(url.protocol))
    return refuse('desktop.address-malformed')
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return accept(url.origin)
  if (allowPlainHttp && isPrivate(url.hostname)) return accept(url.origin)
  return refuse('desktop.address-needs-https')
}

/** Address of the y-websocket endpoint's host, e.g. `wss://oa.example.gov.cn`. */
export function webSocketOrigin(serverOrigin: string): string {
  return serverOrigin.replace(/^http/, 'ws')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

function isPrivate(host: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(host)
}
