/** Where the carets of a text are: one's own, and those of the colleagues who have it open. */
import type { Editor } from '@tiptap/core'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import { useEffect, useState } from 'react'
import * as Y from 'yjs'
import { oncePainted } from '../../../platform/sync/index.ts'
import type { Binding } from '../editor/incremental-sync.ts'
import type { LiveDocument } from '../editor/live-document.ts'
import { colourOf } from '../person-colours.ts'
import { textPlaceOf } from './text-places.ts'

/** The key of one's own caret. */
export const ownCaret = 'own'

/** A caret in the text. `name` is empty for one's own. */
export interface Caret {
  readonly key: string
  readonly name: string
  readonly colour: string
  readonly block: number
  readonly offset: number
}

/** The carets as they stand, looked at after each picture of the text. */
export function useCarets(live: LiveDocument, editor: Editor | null): readonly Caret[] {
  const [carets, setCarets] = useState<readonly Caret[]>([])
  useEffect(() => {
    if (editor === null || editor.isDestroyed) return
    let isGone = false
    const look = () => {
      if (isGone || editor.isDestroyed) return
      const next = caretsOf(live, editor)
      setCarets((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    const plan = oncePainted(look)
    plan()
    editor.on('transaction', plan)
    live.awareness.on('change', plan)
    return () => {
      isGone = true
      editor.off('transaction', plan)
      live.awareness.off('change', plan)
    }
  }, [live, editor])
  return carets
}

function caretsOf(live: LiveDocument, editor: Editor): readonly Caret[] {
  const { doc, selection } = editor.state
  const own = textPlaceOf(doc, selection.head)
  // Safe because Collaboration is part of every editor of ours and keeps its binding there.
  const { binding } = ySyncPluginKey.getState(editor.state) as { readonly binding: Binding | null }
  const others = [...live.awareness.getStates()].flatMap(([client, state]): readonly Caret[] => {
    if (client === live.doc.clientID || binding === null) return []
    const position = placeOf(state, binding)
    const place = position === null ? null : textPlaceOf(doc, position)
    const { user } = state
    if (place === null || typeof user !== 'object' || user === null || !('personId' in user) || !('name' in user)) return []
    return [{ key: String(client), name: String(user.name), colour: colourOf(String(user.personId)), ...place }]
  })
  return own === null ? others : [{ key: ownCaret, name: '', colour: '', ...own }, ...others]
}

/** Where a colleague's caret is in this editor; their window says so in a form that survives everybody's edits. */
function placeOf(state: Readonly<Record<string, unknown>>, binding: Binding): number | null {
  const { cursor } = state
  if (typeof cursor !== 'object' || cursor === null || !('head' in cursor)) return null
  // Safe because the mapping is the one y-tiptap made for this very document.
  return relativePositionToAbsolutePosition(binding.doc, binding.type, Y.createRelativePositionFromJSON(cursor.head), binding.mapping as never)
}
