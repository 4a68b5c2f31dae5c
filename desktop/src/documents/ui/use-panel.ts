/** Which tab of the right zone is shown. */
import { useEffect, useRef, useState } from 'react'
import { heldDuties, useSession } from '../../platform/rooms/index.ts'
import { useDocumentSlots } from '../../platform/rooms/document-slots.ts'
import { firstPanel, type Opened } from './workbench-model.ts'

/** What decides the tab a page opens with. */
interface Opening {
  /** The tab the address asks for, or null. */
  readonly asked: string | null
  readonly taskId: string | null
  /** False while `opened` is an answer of an earlier visit and the server is being asked again. */
  readonly isFresh: boolean
}

/** The tab that was asked for or picked; before that the one where the reader has something to do, as judged by the first answer
 * the server gives to this visit: the one kept from an earlier visit may be a step behind.
 *
 * @returns the key of the tab, and how another is picked
 */
export function usePanel(opened: Opened, { asked, taskId, isFresh }: Opening): readonly [string, (key: string) => void] {
  const { panels } = useDocumentSlots()
  const duties = heldDuties(useSession())
  const judged = firstPanel({ ...opened, panels, duties }, taskId)
  const [picked, pick] = useState(asked)
  const [first, setFirst] = useState(judged)
  const isSettled = useRef(false)
  useEffect(() => {
    if (isSettled.current || !isFresh) return
    isSettled.current = true
    setFirst(judged)
  }, [isFresh, judged])
  return [picked ?? first, pick]
}
