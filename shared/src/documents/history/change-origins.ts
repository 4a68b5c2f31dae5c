/** Who really made the revisions pending in a text. */
import * as Y from 'yjs'
import { bodyOf, changeMarks, proposalAttribute } from '../ydoc.ts'
import type { History, Origin } from './history.ts'

/** A pending revision by its id, and the account that the log says made it. */
export interface ChangeOrigin extends Origin {
  readonly id: string
}

const marks = Object.values(changeMarks)

/** The origin of every revision that is in the text now; the first row that speaks of an id counts. */
export function changeOrigins(history: History): readonly ChangeOrigin[] {
  const found = new Map<string, ChangeOrigin>()
  const note = (id: string, item: Y.Item): void => {
    const origin = history.writtenBy(item.id.client, item.id.clock)
    const known = found.get(id)
    if (id !== '' && origin !== null && (known === undefined || origin.seq < known.seq)) found.set(id, { ...origin, id })
  }
  walk(bodyOf(history.doc), note, 0)
  return [...found.values()]
}

type Note = (id: string, item: Y.Item) => void

function walk(type: Y.XmlFragment | Y.XmlElement, note: Note, depth: number): void {
  if (depth > 8) return
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentType)) continue
    const inner = item.content.type
    if (inner instanceof Y.XmlText) noteMarks(inner, note)
    else if (inner instanceof Y.XmlElement) {
      const proposal = inner._map.get(proposalAttribute)
      const value: unknown = inner.getAttribute(proposalAttribute)
      if (proposal && typeof value === 'string') note(value.split('|')[0] ?? '', proposal)
      walk(inner, note, depth + 1)
    }
  }
}

function noteMarks(text: Y.XmlText, note: Note): void {
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentFormat)) continue
    const { key, value } = item.content
    if (!marks.some((mark) => key.startsWith(mark)) || typeof value !== 'object' || value === null) continue
    const id: unknown = 'id' in value ? value.id : ''
    if (typeof id === 'string') note(id, item)
  }
}
