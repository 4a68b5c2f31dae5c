/** Which addresses may be handed to the operating system. */

/** `open` at once, `ask` the person first, or `refuse`. */
export type ExternalVerdict =
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'ask'; readonly url: string; readonly host: string }
  | { readonly kind: 'refuse' }

/** Decides about a link in a page. Only `https:` and `mailto:` exist: every other scheme starts a program we did not choose.
 *
 * @param trustedHosts  hosts that need no question, normally the office's own server
 */
export function decideExternalLink(text: string, trustedHosts: readonly string[]): ExternalVerdict {
  if (!URL.canParse(text)) return { kind: 'refuse' }
  const url = new URL(text)
  if (url.protocol === 'mailto:') return { kind: 'ask', url: url.href, host: url.pathname }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return { kind: 'refuse' }
  return trustedHosts.includes(url.host)
    ? { kind: 'open', url: url.href }
    : { kind: 'ask', url: url.href, host: url.host }
}
