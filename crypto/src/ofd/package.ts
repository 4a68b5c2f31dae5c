/** An OFD package: its files, its one document, its pages and its signatures. Source: GB/T 33190-2016 clauses 7 and 18. */
import { fromBase64 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { Budget } from '../pdf/budget.ts'
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from './xml.ts'
import { openEntry, readZip, type ZipEntry } from './zip.ts'

/** A page of the document: its identifier and its size in millimetres. */
export interface OfdPage {
  readonly id: string
  readonly widthMm: number
  readonly heightMm: number
}

/** Where a seal is shown: page by its identifier, millimetres from the left and top edge; `clip` within the boundary. */
export interface StampAnnotation {
  readonly id: string
  readonly pageId: string
  readonly boundary: OfdBox
  readonly clip: OfdBox | null
}

/** A rectangle, millimetres. */
export interface OfdBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A signature as its description says. Paths are from the root of the package, without a leading slash. */
export interface OfdSignature {
  readonly id: string
  readonly kind: 'Seal' | 'Sign'
  readonly path: string
  readonly valuePath: string
  readonly sealPath: string | null
  readonly checkMethod: string
  readonly references: readonly { readonly path: string; readonly check: Uint8Array }[]
  readonly stamps: readonly StampAnnotation[]
}

function malformed(message: string, details: Readonly<Record<string, string | number>> = {}): CryptoError {
  return new CryptoError('ofd.malformed', message, details)
}

/** A path written in a file, from the root of the package; `/…` starts there already. @throws CryptoError ofd.malformed */
export function resolvePath(from: string, path: string): string {
  const base = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  const parts = [...base]
  for (const part of path.replace(/^\//, '').split('/')) {
    if (part === '..' && parts.length > 0) parts.pop()
    else if (part === '' || part === '.' || part === '..' || /[\\:]/.test(part)) throw malformed('a path leads out', { path })
    else parts.push(part)
  }
  return parts.join('/')
}

/** A package opened for reading; files are unpacked when asked for. */
export class OfdPackage {
  readonly entries: readonly ZipEntry[]
  readonly budget: Budget
  readonly #byName: ReadonlyMap<string, ZipEntry>
  readonly #open = new Map<string, Uint8Array>()

  /** @throws CryptoError ofd.malformed, pdf.too-large */
  constructor(bytes: Uint8Array, budget: Budget) {
    this.entries = readZip(bytes, budget)
    this.budget = budget
    this.#byName = new Map(this.entries.map((entry) => [entry.name, entry]))
  }

  /** Names of all files, folders left out. */
  listFiles(): readonly string[] {
    return this.entries.flatMap(({ name }) => (name.endsWith('/') ? [] : [name]))
  }

  /** The bytes of a file, or `null` when there is none. */
  find(name: string): Uint8Array | null {
    const known = this.#open.get(name)
    const entry = this.#byName.get(name)
    if (known !== undefined || entry === undefined) return known ?? null
    const bytes = openEntry(entry, this.budget)
    this.#open.set(name, bytes)
    return bytes
  }

  /** A file as XML. @throws CryptoError ofd.malformed */
  readXml(name: string): XmlElement {
    const bytes = this.find(name)
    if (bytes === null) throw malformed('a file is missing', { name })
    return parseXml(bytes, this.budget)
  }

  /** The one document: where it and its signatures are described. Several would let readers choose. @throws CryptoError ofd.malformed */
  getBody(): { readonly root: string; readonly signatures: string | null } {
    const entry = this.readXml('OFD.xml')
    const body = childOf(entry, 'DocBody')
    if (entry.name !== 'OFD' || body === null) throw malformed('no document')
    const [root, signatures] = [textOf(body, 'DocRoot'), textOf(body, 'Signatures')]
    if (root === '') throw malformed('no document')
    return { root: resolvePath('OFD.xml', root), signatures: signatures === '' ? null : resolvePath('OFD.xml', signatures) }
  }

  /** Pages in reading order. */
  listPages(): readonly OfdPage[] {
    const { root } = this.getBody()
    const document = this.readXml(root)
    const area = childOf(childOf(document, 'CommonData') ?? document, 'PageArea')
    const usual = area === null ? null : boxOf(textOf(area, 'PhysicalBox'))
    return childrenOf(childOf(document, 'Pages') ?? document, 'Page').map((page) => {
      const content = this.readXml(resolvePath(root, page.attributes.get('BaseLoc') ?? ''))
      const own = childOf(content, 'Area')
      const box = (own === null ? null : boxOf(textOf(own, 'PhysicalBox'))) ?? usual ?? { width: 210, height: 297 }
      return { id: page.attributes.get('ID') ?? '', widthMm: box.width, heightMm: box.height }
    })
  }

  /** Signatures in the order they are listed, each with its description. @throws CryptoError ofd.malformed */
  listSignatures(): readonly OfdSignature[] {
    const { signatures: list } = this.getBody()
    if (list === null) return []
    const ids = new Set<string>()
    return childrenOf(this.readXml(list), 'Signature').map((each) => {
      const id = each.attributes.get('ID') ?? ''
      if (id === '' || ids.has(id)) throw malformed('signatures have no names of their own', { id })
      ids.add(id)
      const kind = each.attributes.get('Type') ?? 'Seal'
      if (kind !== 'Seal' && kind !== 'Sign') throw malformed('unknown kind of signature', { kind })
      return this.#readSignature(id, kind, resolvePath(list, each.attributes.get('BaseLoc') ?? ''))
    })
  }

  #readSignature(id: string, kind: 'Seal' | 'Sign', path: string): OfdSignature {
    const root = this.readXml(path)
    const info = childOf(root, 'SignedInfo')
    const references = info === null ? null : childOf(info, 'References')
    if (root.name !== 'Signature' || info === null || references === null) throw malformed('a signature lists nothing', { path })
    const seal = childOf(info, 'Seal')
    const sealPath = seal === null ? '' : textOf(seal, 'BaseLoc') || (seal.attributes.get('BaseLoc') ?? '')
    return {
      id,
      kind,
      path,
      valuePath: resolvePath(path, textOf(root, 'SignedValue')),
      sealPath: sealPath === '' ? null : resolvePath(path, sealPath),
      checkMethod: references.attributes.get('CheckMethod') ?? 'MD5',
      references: childrenOf(references, 'Reference').map((each) => ({
        path: resolvePath(path, each.attributes.get('FileRef') ?? ''),
        check: readBase64(textOf(each, 'CheckValue')),
      })),
      stamps: childrenOf(info, 'StampAnnot').map((each) => ({
        id: each.attributes.get('ID') ?? '',
        pageId: each.attributes.get('PageRef') ?? '',
        boundary: boxOf(each.attributes.get('Boundary') ?? '') ?? { x: 0, y: 0, width: 0, height: 0 },
        clip: boxOf(each.attributes.get('Clip') ?? ''),
      })),
    }
  }
}

function readBase64(text: string): Uint8Array {
  try {
    return fromBase64(text.replaceAll(/\s/g, ''))
  } catch (cause) {
    if (cause instanceof CryptoError) return new Uint8Array()
    throw cause
  }
}

function boxOf(text: string): OfdBox | null {
  const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN, ...more] = text.trim().split(/\s+/).map(Number)
  return more.length === 0 && [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : null
}
