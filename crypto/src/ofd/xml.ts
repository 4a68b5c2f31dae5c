/**
 * XML as OFD packages write it, read strictly: elements, attributes, text. Declarations of types, entities, processing instructions, comments
 * and CDATA are refused, because what they hide or replace depends on the reader. Source: GB/T 33190-2016 clause 6, XML 1.0.
 */
import { CryptoError } from '../errors.ts'
import type { Budget } from '../pdf/budget.ts'

/** An element by its local name; attributes by their names; `text` is the text directly inside. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** The second is that of drafts, which producers still write. */
const namespaces: readonly string[] = ['http://www.ofdspec.org/2016', 'http://www.ofdspec.org']
const mostDepth = 200

interface Open {
  readonly tag: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  text: string
}

function malformed(message: string, offset: number): CryptoError {
  return new CryptoError('ofd.malformed', `XML: ${message}`, { offset })
}

/** Reads a document. @throws CryptoError ofd.malformed, pdf.too-large */
export function parseXml(bytes: Uint8Array, budget: Budget): XmlElement {
  const text = decode(bytes)
  const tag = /<(\/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
  const stack: Open[] = []
  let root: XmlElement | null = null
  let at = /^\uFEFF?(?:<\?xml [^?>]*\?>)?\s*/.exec(text)?.[0].length ?? 0
  while (at < text.length) {
    budget.spendObject()
    if (text[at] !== '<') {
      const next = text.indexOf('<', at)
      const piece = text.slice(at, next < 0 ? text.length : next)
      const top = stack.at(-1)
      if (top !== undefined) top.text += unescape(piece, at)
      else if (piece.trim() !== '') throw malformed('text outside the root', at)
      at += piece.length
      continue
    }
    tag.lastIndex = at
    const match = tag.exec(text)
    if (match === null) throw malformed('something other than an element', at)
    const [whole, closing, name = '', attributes = '', empty] = match
    if (closing === '/') root = close(stack, name, at) ?? root
    else {
      if (root !== null || stack.length > mostDepth) throw malformed('more than one root, or too deep', at)
      stack.push({ tag: name, attributes: readAttributes(attributes, at), children: [], text: '' })
      if (empty === '/') root = close(stack, name, at) ?? root
    }
    at += whole.length
  }
  if (root === null || stack.length > 0) throw malformed('elements are left open', text.length)
  return root
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw malformed('not UTF-8', 0)
  }
}

/** Closes the innermost element; answers the root when that was it. */
function close(stack: Open[], name: string, at: number): XmlElement | null {
  const top = stack.pop()
  if (top === undefined || top.tag !== name) throw malformed('elements are not nested', at)
  const element = { name: name.replace(/^.*:/, ''), attributes: top.attributes, children: top.children, text: top.text }
  const parent = stack.at(-1)
  if (parent === undefined) return element
  parent.children.push(element)
  return null
}

function readAttributes(text: string, at: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', double, single] of text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const value = unescape(double ?? single ?? '', at)
    if (found.has(name)) throw malformed('an attribute appears twice', at)
    // One vocabulary only: the same local name from another could mean something else to another reader.
    if (/^xmlns(?::|$)/.test(name) && !namespaces.includes(value)) throw malformed('a foreign namespace', at)
    found.set(name, value)
  }
  return found
}

const named: ReadonlyMap<string, string> = new Map([['lt', '<'], ['gt', '>'], ['amp', '&'], ['quot', '"'], ['apos', "'"]])

function unescape(text: string, at: number): string {
  return text.replaceAll(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
    const point = code === null ? null : Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16)
    const value = point === null ? named.get(name) : point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined
    if (value === undefined || !whole.endsWith(';')) throw malformed('an unknown entity', at)
    return value
  })
}

/** The one child of that name, or `null`. @throws CryptoError ofd.malformed when there are several */
export function childOf(element: XmlElement, name: string): XmlElement | null {
  const [first, ...more] = childrenOf(element, name)
  if (more.length > 0) throw new CryptoError('ofd.malformed', `several ${name}`)
  return first ?? null
}

/** The children of that name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The text of the one child of that name, trimmed; empty when there is none. */
export function textOf(element: XmlElement, name: string): string {
  return childOf(element, name)?.text.trim() ?? ''
}

/** Writes text for an element or attribute. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
