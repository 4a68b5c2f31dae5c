/** In minutes, a selected sentence becomes a supervision assignment on the spot: the offer stands beside what was selected. */
import { documentIdSchema } from '@xiewen/shared/documents'
import { meetingsContract as contract } from '@xiewen/shared/meetings'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { usePageActions } from '../../platform/rooms/index.ts'
import './meetings.css'

/** The offer; nothing in other documents, without the right, or while nothing is selected. */
export function Component(props: DocumentSlotProps) {
  return props.origin === 'minutes' ? <SelectionTask {...props} /> : null
}

/** Words selected within one paragraph, and where on screen they end. */
interface Selected {
  readonly quote: string
  readonly left: number
  readonly top: number
}

function SelectionTask({ documentId, settle, showPanel }: DocumentSlotProps) {
  const { t } = useWords()
  const id = documentIdSchema.parse(documentId)
  const found = useQuery(contract.sentences, { documentId: id })
  const mark = useCommand(contract.markSentence)
  const selected = useSelected()
  const mayMark = found.kind === 'ready' && found.data.mark.allowed
  const make = async () => {
    if (selected === null || !(await settle())) return
    if ((await mark.run({ documentId: id, quote: selected.quote })) === null) return
    getSelection()?.collapseToEnd()
    tellDone(t('meetings.ui.task.made'))
    showPanel('meeting-tasks')
    found.reload()
  }
  const offered = mayMark && selected !== null
  usePageActions(offered ? [{ id: 'meetings.mark', labelKey: 'meetings.ui.task.from-selection', groupKey: 'meetings.ui.task.group', shortcut: 'mod+enter', run: () => void make() }] : [])
  if (!offered) return null
  return (
    <div className="selection-task" style={{ left: selected.left, top: selected.top }}>
      {/* Pressing must not take the selection away. */}
      <Button type="primary" size="small" loading={mark.busy} title="Ctrl+Enter" onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()} onClick={() => void make()}>
        {t('meetings.ui.task.from-selection')}
      </Button>
      <RefusalNotice error={mark.error} />
    </div>
  )
}

/** Follows the selection in the text of the page. */
function useSelected(): Selected | null {
  const [selected, setSelected] = useState<Selected | null>(null)
  useEffect(() => {
    const read = () => setSelected(readSelection(getSelection()))
    document.addEventListener('selectionchange', read)
    return () => document.removeEventListener('selectionchange', read)
  }, [])
  return selected
}

function readSelection(selection: Selection | null): Selected | null {
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const node = selection.anchorNode
  const element = node instanceof Element ? node : (node?.parentElement ?? null)
  if (element?.closest('.zone-text') == null) return null
  const quote = selection.toString().trim()
  if (quote.length < 4 || quote.length > 2000 || quote.includes('\n')) return null
  const box = selection.getRangeAt(0).getBoundingClientRect()
  const width = 220
  return { quote, left: Math.max(8, Math.min(box.right - width / 2, innerWidth - width - 8)), top: Math.min(box.bottom + 6, innerHeight - 80) }
}
