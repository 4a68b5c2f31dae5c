/** A strict XML reader for parts of Office files. It knows no DTD and no entities but the five built in, fetches nothing, and
 * stops at declared limits. Source: XML 1.0 (5th ed.); Namespaces in XML 1.0 */
import { importLimits } from './limits.ts'
import { Unreadable } from './unreadable.ts'

/** An element. Names carry the usual prefix of their namespace (`w:p`), whatever prefix the file uses. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlNode[]
}
/** An element or a text. */
export type XmlNode = XmlElement | string

/** Usual prefixes; each name has a transitional and a strict form. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r'],
  ['http://purl.oclc.org/ooxml/officeDocument/relationships', 'r'],
  ['http://schemas.openxmlformats.org/package/2006/relationships', 'rel'],
  ['http://schemas.openxmlformats.org/package/2006/content-types', 'ct'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
  ['http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing', 'wp'],
  ['http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing', 'wp'],
  ['http://schemas.openxmlformats.org/drawingml/2006/picture', 'pic'],
  ['http://purl.oclc.org/ooxml/drawingml/picture', 'pic'],
  ['http://schemas.openxmlformats.org/drawingml/2006/main', 'a'],
  ['http://purl.oclc.org/ooxml/drawingml/main', 'a'],
  ['http://schemas.microsoft.com/office/word/2010/wordml', 'w14'],
  ['http://schemas.microsoft.com/office/word/2012/wordml', 'w15'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ['urn:schemas-microsoft-com:office:word', 'w10'],
  ['urn:schemas-microsoft-com:office:office', 'o'],
])

interface OpenElement {
  readonly name: string
  readonly rawName: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlNode[]
  readonly scope: ReadonlyMap<string, string>
}

/** Parses a part.
 *
 * @throws Unreadable when it is not well formed, has a DTD, or is larger than the limits
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  return new XmlReader(decodeXml(bytes)).read()
}

function decodeXml(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

const noScope: ReadonlyMap<string, string> = new Map()
const noAttributes: ReadonlyMap<string, string> = new Map()
const damaged = (): Unreadable => new Unreadable('documents.damaged-file')

class XmlReader {
  readonly #text: string
  readonly #open: OpenElement[] = []
  #root: XmlElement | null = null
  #nodes = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): XmlElement {
    const text = this.#text
    let at = 0
    while (at < text.length) {
      const start = text.indexOf('<', at)
      if (start < 0) {
        this.#addText(text.slice(at))
        break
      }
      if (start > at) this.#addText(decodeEntities(text.slice(at, start)))
      at = this.#readMarkup(start)
    }
    if (this.#open.length > 0 || this.#root === null) throw damaged()
    return this.#root
  }

  /** Reads what begins at `<` and returns where it ends. */
  #readMarkup(start: number): number {
    const text = this.#text
    if (text.startsWith('<?', start)) return this.#endOf('?>', start)
    if (text.startsWith('<!--', start)) return this.#endOf('-->', start + 4)
    if (text.startsWith('<![CDATA[', start)) {
      const end = this.#endOf(']]>', start)
      this.#addText(text.slice(start + 9, end - 3))
      return end
    }
    // A DTD could define entities that grow without end or read files of this machine.
    if (text.startsWith('<!', start)) throw new Unreadable('documents.dangerous-file', { reason: 'dtd' })
    const end = this.#endOfTag(start)
    const tag = text.slice(start + 1, end - 1)
    if (tag.startsWith('/')) this.#close(tag.slice(1).trim())
    else this.#openTag(tag)
    return end
  }

  #endOf(mark: string, from: number): number {
    const end = this.#text.indexOf(mark, from)
    if (end < 0) throw damaged()
    return end + mark.length
  }

  /** A `>` inside a quoted value does not end a tag. */
  #endOfTag(start: number): number {
    let quote = 0
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at)
      if (quote !== 0) quote = code === quote ? 0 : quote
      else if (code === 34 || code === 39) quote = code
      else if (code === 62) return at + 1
      else if (code === 60) throw damaged()
    }
    throw damaged()
  }

  #openTag(tag: string): void {
    const isEmpty = tag.endsWith('/')
    const inner = isEmpty ? tag.slice(0, -1) : tag
    const rawName = /^[^\s/>]+/.exec(inner)?.[0]
    if (rawName === undefined || this.#open.length >= importLimits.xmlDepth || this.#root !== null) throw damaged()
    this.#count()
    const raw = inner.length === rawName.length ? [] : readAttributes(inner.slice(rawName.length))
    const scope = scopeOf(raw, this.#open.at(-1)?.scope ?? noScope)
    const attributes = raw.length === 0 ? noAttributes : attributesOf(raw, scope)
    const element: OpenElement = { name: canonicalName(rawName, scope, true), rawName, attributes, children: [], scope }
    this.#open.push(element)
    if (isEmpty) this.#close(rawName)
  }

  #close(rawName: string): void {
    const element = this.#open.pop()
    if (!element || element.rawName !== rawName) throw damaged()
    const finished: XmlElement = { name: element.name, attributes: element.attributes, children: element.children }
    const parent = this.#open.at(-1)
    if (parent) parent.children.push(finished)
    else this.#root = finished
  }

  #addText(text: string): void {
    const parent = this.#open.at(-1)
    if (parent) {
      this.#count()
      parent.children.push(text)
    } else if (text.trim().replace(/^\ufeff/, '') !== '') throw damaged()
  }

  #count(): void {
    this.#nodes += 1
    if (this.#nodes > importLimits.xmlNodes) throw new Unreadable('documents.oversized-file')
  }
}

function readAttributes(text: string): readonly (readonly [string, string])[] {
  const pattern = /\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/gy
  const found: (readonly [string, string])[] = []
  let end = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push([match[1] ?? '', decodeEntities((match[2] ?? '').slice(1, -1))])
    end = pattern.lastIndex
    if (found.length > importLimits.xmlAttributes) throw new Unreadable('documents.oversized-file')
  }
  if (text.slice(end).trim() !== '') throw damaged()
  return found
}

function attributesOf(raw: readonly (readonly [string, string])[], scope: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(raw.flatMap(([name, value]) => (name.startsWith('xmlns') ? [] : [[canonicalName(name, scope, false), value] as const])))
}

function scopeOf(attributes: readonly (readonly [string, string])[], outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (attributes.length === 0) return outer
  const declared = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (declared.length === 0) return outer
  const scope = new Map(outer)
  for (const [name, uri] of declared) scope.set(name === 'xmlns' ? '' : name.slice(6), uri)
  return scope
}

function canonicalName(raw: string, scope: ReadonlyMap<string, string>, isElement: boolean): string {
  const colon = raw.indexOf(':')
  const prefix = colon < 0 ? '' : raw.slice(0, colon)
  const local = raw.slice(colon + 1)
  if (prefix === '' && !isElement) return local
  const uri = scope.get(prefix)
  const usual = uri === undefined ? prefix : (prefixes.get(uri) ?? prefix)
  return usual === '' ? local : `${usual}:${local}`
}

const builtIn: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w{1,32});?/g, (_whole, name: string) => {
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : name.startsWith('#') ? Number(name.slice(1)) : null
    if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
    const known = builtIn[name]
    if (known === undefined) throw new Unreadable('documents.dangerous-file', { reason: 'entity' })
    return known
  })
}

/** Child elements, all or those of one name. */
export function childrenOf(element: XmlElement | undefined, name?: string): readonly XmlElement[] {
  if (!element) return []
  return element.children.filter((child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name))
}

/** The first child element of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child): child is XmlElement => typeof child !== 'string' && child.name === name)
}

/** Attribute `w:val` of a child: how Word writes most properties. */
export function valueOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.attributes.get('w:val')
}

/** Whether a property that is either there or not is switched on. */
export function isOn(element: XmlElement | undefined, name: string): boolean {
  const property = childOf(element, name)
  return property !== undefined && !/^(?:0|false|off|none)$/.test(property.attributes.get('w:val') ?? '')
}

/** All elements of that name below, in document order. */
export function descendantsOf(element: XmlElement, name: string): readonly XmlElement[] {
  const found: XmlElement[] = []
  const visit = (each: XmlElement): void => {
    for (const child of childrenOf(each)) {
      if (child.name === name) found.push(child)
      visit(child)
    }
  }
  visit(element)
  return found
}
