/** Reading a pasted one-time link. Pure. */
import { linkTokenOf } from '../../platform/rooms/index.ts'

/** What a pasted text is: a token of this office, a link of another server, or no link at all. */
export type PastedLink = { readonly kind: 'token'; readonly token: string } | { readonly kind: 'elsewhere' } | { readonly kind: 'malformed' }

/** Finds the one-time token in a pasted link. A link of another server is told apart, because its token would be spent in vain.
 *
 * @param serverOrigin e.g. `https://oa.example.gov.cn`
 */
export function pastedToken(text: string, serverOrigin: string): PastedLink {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return { kind: 'malformed' }
  const url = new URL(trimmed)
  const token = linkTokenOf(url.pathname, url.hash)
  if (token === null) return { kind: 'malformed' }
  return url.origin === serverOrigin ? { kind: 'token', token } : { kind: 'elsewhere' }
}
