/** Things worked out from the whole text, kept on screen without standing in the way of typing. */
import type { Editor } from '@tiptap/core'
import { useEffect, useRef, useState } from 'react'
import { oncePainted } from '../../platform/sync/index.ts'

/** The text has rested so long (ms), or has been changing for so long. */
const restMs = 150
const longestMs = 900

/** What `work` makes of the editor's text: worked out when the text is on the screen, and again when it rests, at the latest after a
 * second. `work` must not depend on anything but the editor.
 *
 * @param empty what it is until then
 */
export function useQuietState<T>(editor: Editor | null, work: (editor: Editor) => T, empty: T): T {
  const [value, setValue] = useState<T>(empty)
  const now = useRef({ work, shown: '' })
  now.current.work = work
  useEffect(() => {
    if (editor === null) return
    let rest: ReturnType<typeof setTimeout> | undefined
    let since = 0
    let isGone = false
    const look = () => {
      since = 0
      if (isGone || editor.isDestroyed) return
      const next = now.current.work(editor)
      const text = JSON.stringify(next)
      if (text === now.current.shown) return
      now.current.shown = text
      setValue(next)
    }
    const soon = ({ transaction }: { readonly transaction: { readonly docChanged: boolean } }) => {
      if (!transaction.docChanged) return
      if (since === 0) since = Date.now()
      clearTimeout(rest)
      rest = setTimeout(look, Math.max(0, Math.min(restMs, since + longestMs - Date.now())))
    }
    oncePainted(look)()
    editor.on('transaction', soon)
    return () => {
      isGone = true
      clearTimeout(rest)
      editor.off('transaction', soon)
    }
  }, [editor])
  return value
}
