/** The parts of a Word file and how they refer to each other. What runs (macros) or points outside is named and left alone.
 * Source: ECMA-376 part 2 (OPC) */
import type { ImportEntry } from '@xiewen/shared/documents'
import { Unreadable } from '../unreadable.ts'
import { childrenOf, parseXml, type XmlElement } from '../xml.ts'
import { openZip } from '../zip-reader.ts'

/** A part another part refers to. */
export interface Relation {
  readonly id: string
  /** Last word of its type: `styles`, `footnotes`, `image`, `hyperlink` … */
  readonly type: string
  /** Name of the part, or the address outside. */
  readonly target: string
  readonly isExternal: boolean
}

/** An open Word file. */
export interface WordPackage {
  readonly main: XmlElement
  readonly relations: readonly Relation[]
  /** The root of a part named by the type of its relation, or null. */
  part(type: string): XmlElement | null
  /** Every part of that type, e.g. all headers. */
  parts(type: string): readonly XmlElement[]
  /** The bytes of a part by its name, or null. */
  bytes(name: string): Uint8Array | null
  /** Macros and outside references, for the report. */
  readonly dropped: readonly ImportEntry[]
}

/** Opens a Word file.
 *
 * @throws Unreadable when it is damaged, dangerous or no Word file
 */
export function openWordPackage(file: Uint8Array): WordPackage {
  const zip = openZip(file)
  assertWord(zip.names)
  const read = (name: string): XmlElement | null => {
    const bytes = zip.read(name)
    return bytes === null ? null : parseXml(bytes)
  }
  const mainName = relationsOf(read('_rels/.rels'), '').find((relation) => relation.type === 'officeDocument')?.target
  const main = mainName === undefined ? null : read(mainName)
  if (mainName === undefined || main === null) throw new Unreadable('documents.damaged-file')
  if (main.name !== 'w:document') throw new Unreadable('documents.unknown-format')
  const folder = mainName.slice(0, mainName.lastIndexOf('/') + 1)
  const relations = relationsOf(read(`${folder}_rels/${mainName.slice(folder.length)}.rels`), folder)
  const parts = (type: string): readonly XmlElement[] =>
    relations.filter((relation) => relation.type === type && !relation.isExternal).flatMap((relation) => read(relation.target) ?? [])
  return { main, relations, parts, part: (type) => parts(type)[0] ?? null, bytes: (name) => zip.read(name), dropped: [...macrosIn(zip.names), ...outsideOf(relations)] }
}

/** An archive that is something else is called by its name, not damaged. */
function assertWord(names: readonly string[]): void {
  if (names.includes('OFD.xml')) throw new Unreadable('documents.page-file')
  const isOther = names.some((name) => /^(?:xl|ppt)\//.test(name)) || (names.includes('mimetype') && names.includes('content.xml'))
  if (isOther) throw new Unreadable('documents.other-office-file')
  if (!names.some((name) => name === '_rels/.rels' || name.startsWith('word/'))) throw new Unreadable('documents.archive-file')
}

function relationsOf(part: XmlElement | null, folder: string): readonly Relation[] {
  return childrenOf(part ?? undefined, 'rel:Relationship').map((element) => {
    const target = element.attributes.get('Target') ?? ''
    const isExternal = element.attributes.get('TargetMode') === 'External'
    return {
      id: element.attributes.get('Id') ?? '',
      type: (element.attributes.get('Type') ?? '').split('/').at(-1) ?? '',
      target: isExternal ? target : target.startsWith('/') ? target.slice(1) : folder + target,
      isExternal,
    }
  })
}

function macrosIn(names: readonly string[]): readonly ImportEntry[] {
  return names.filter((name) => /vbaProject\.bin$|vbaData\.xml$|\.activeX|activeX\d*\.(?:bin|xml)$/i.test(name)).map((text) => ({ topic: 'macro', line: 0, text }))
}

function outsideOf(relations: readonly Relation[]): readonly ImportEntry[] {
  return relations.filter((relation) => relation.isExternal).map((relation) => ({ topic: 'external-reference', line: 0, text: relation.target.slice(0, 200) }))
}
