/** Names and version of the shared Yjs types: the only place that knows how a document lives in a Y.Doc. */
import type * as Y from 'yjs'

/** Version of this mapping; a client that knows an older one is read-only. */
export const ydocVersion = 1

/** The rich text: a Y.XmlFragment whose children are elements named by `nodeNames`. */
export const bodyName = 'body'
/** The elements of 版头 and 版记: a Y.Map with the fields of `Elements` as JSON values. */
export const elementsName = 'elements'
/** Comments (批注): a Y.Array of Y.Map, see the documents room's README. */
export const commentsName = 'comments'
/** Meta: a Y.Map with `version`. */
export const metaName = 'meta'

/** ProseMirror node name of each block kind, also the Y.XmlElement name. A heading has the attribute `level`. */
export const nodeNames = {
  title: 'title',
  recipients: 'recipients',
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

/** Mark names of pending revisions in the text (修订); each carries the attribute `id` = `<personId>:<serial>`. */
export const changeMarks = { insertion: 'insertion', deletion: 'deletion' } as const

/** Mark name of a footnote (脚注); it carries the attribute `text`. */
export const footnoteMark = 'footnote'

/** The rich text of a document. */
export function bodyOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(bodyName)
}

/** The elements outside the text. */
export function elementsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(elementsName)
}
