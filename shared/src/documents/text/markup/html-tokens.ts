/** Cuts HTML into tags and text the forgiving way browsers do. Linear in the length of the input; never throws. */
import { decodeReferences } from './entities.ts'

/** A tag or a text. Attribute names are lower case. */
export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly name: string }
  /** An element whose inside is no text of the page: script, style, form controls. */
  | { readonly kind: 'skipped'; readonly name: string }

const opaque = new Set(['script', 'style', 'noscript', 'iframe', 'object', 'embed', 'applet', 'svg', 'math', 'template', 'select', 'textarea', 'button', 'canvas', 'audio', 'video', 'title', 'xml'])

/** The tokens of a page. Comments and declarations are left out. */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  const lower = html.toLowerCase()
  let at = 0
  while (at < html.length) {
    const start = html.indexOf('<', at)
    if (start < 0) break
    if (start > at) yield { kind: 'text', text: decodeReferences(html.slice(at, start)) }
    const after = html.charAt(start + 1)
    if (after === '!' || after === '?') at = endOfDeclaration(html, start)
    else if (/[A-Za-z/]/.test(after)) {
      const end = endOfTag(html, start)
      const token = tagOf(html.slice(start + 1, end - 1))
      at = end
      if (token.kind === 'open' && opaque.has(token.name)) {
        const close = lower.indexOf(`</${token.name}`, end)
        at = close < 0 ? html.length : endOfTag(html, close)
        yield { kind: 'skipped', name: token.name }
      } else yield token
    } else {
      yield { kind: 'text', text: '<' }
      at = start + 1
    }
  }
  if (at < html.length) yield { kind: 'text', text: decodeReferences(html.slice(at)) }
}

function endOfDeclaration(html: string, start: number): number {
  const isComment = html.startsWith('<!--', start)
  const end = html.indexOf(isComment ? '-->' : '>', start + 2)
  return end < 0 ? html.length : end + (isComment ? 3 : 1)
}

/** A `>` inside a quoted value does not end a tag. */
function endOfTag(html: string, start: number): number {
  let quote = ''
  for (let at = start + 1; at < html.length; at += 1) {
    const character = html.charAt(at)
    if (quote !== '') quote = character === quote ? '' : quote
    else if ((character === '"' || character === "'") && html.charAt(at - 1) === '=') quote = character
    else if (character === '>') return at + 1
  }
  return html.length
}

function tagOf(tag: string): HtmlToken {
  const name = /^\/?([A-Za-z][\w:-]*)/.exec(tag)?.[1]?.toLowerCase() ?? ''
  if (tag.startsWith('/')) return { kind: 'close', name }
  const attributes = new Map<string, string>()
  for (const match of tag.slice(name.length).matchAll(/([^\s=/"'>]{1,60})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)/g)) {
    attributes.set((match[1] ?? '').toLowerCase(), decodeReferences((match[2] ?? '').replace(/^["']|["']$/g, '')))
  }
  if (/\shidden(?:[\s=>]|$)/i.test(tag)) attributes.set('hidden', '')
  return { kind: 'open', name, attributes }
}
