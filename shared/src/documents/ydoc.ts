/** Names and version of the shared Yjs types: the only place that knows how a document lives in a Y.Doc. */
import type * as Y from 'yjs'
import { provisionKinds, type TextBlockKind } from './model.ts'

/** Version of this mapping; a client that knows an older one is read-only. */
export const ydocVersion = 4

/** The rich text: a Y.XmlFragment whose children are elements named by `nodeNames`. */
export const bodyName = 'body'
/** The elements of 版头 and 版记: a Y.Map with the fields of `Elements` as JSON values. */
export const elementsName = 'elements'
/** Meta: a Y.Map with `version`. */
export const metaName = 'meta'

/** ProseMirror node name of each block kind, also the Y.XmlElement name. A heading has the attribute `level`. */
export const nodeNames = {
  title: 'title',
  recipients: 'recipients',
  'title-note': 'titleNote',
  chapter: 'chapter',
  section: 'section',
  article: 'article',
  item: 'item',
  subitem: 'subitem',
  heading: 'heading',
  paragraph: 'paragraph',
  table: 'table',
  figure: 'figure',
  'attachment-note': 'attachmentNote',
  signature: 'signature',
  date: 'issueDate',
  note: 'note',
  'annex-title': 'annexTitle',
} as const

/** Mark names of pending revisions in the text (修订); each carries the attribute `id` = `<personId>:<serial>`. `format` also
 * carries `bold`: how the letters were before. */
export const changeMarks = { insertion: 'insertion', deletion: 'deletion', format: 'formatChange' } as const

/** Attribute of a block that somebody proposes to make something else: `<change id>|<node name>|<level or 0>`. The block stays
 * what it is until that is accepted, so that colleagues' edits in it go on. Since version 2. */
export const proposalAttribute = 'proposal'

/** Mark name of a footnote (脚注); it carries the attribute `text`. */
export const footnoteMark = 'footnote'

/** A proposal to make a block something else, as `proposalAttribute` holds it. `level` is 0 except for headings. */
export interface Proposal {
  readonly id: string
  readonly kind: TextBlockKind
  readonly level: 0 | 1 | 2 | 3 | 4
}

const proposable = new Map<string, TextBlockKind>(
  (['title', 'title-note', 'recipients', ...provisionKinds, 'heading', 'paragraph', 'attachment-note', 'signature', 'date', 'note', 'annex-title'] as const).map((kind) => [nodeNames[kind], kind]),
)

/** Reads a proposal; null for anything that is none. */
export function parseProposal(value: unknown): Proposal | null {
  if (typeof value !== 'string' || value.length > 300) return null
  const [id = '', name = '', digit = ''] = value.split('|')
  const kind = proposable.get(name)
  if (kind === undefined || id === '') return null
  if (kind !== 'heading') return { id, kind, level: 0 }
  return { id, kind, level: digit === '2' ? 2 : digit === '3' ? 3 : digit === '4' ? 4 : 1 }
}

/** Writes a proposal. */
export function formatProposal({ id, kind, level }: Proposal): string {
  return `${id}|${nodeNames[kind]}|${level}`
}

/** The person a change's id names; what the log says may differ, see `history/`. */
export function personOfChange(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf(':')))
}

/** The rich text of a document. */
export function bodyOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(bodyName)
}

/** The elements outside the text. */
export function elementsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(elementsName)
}
