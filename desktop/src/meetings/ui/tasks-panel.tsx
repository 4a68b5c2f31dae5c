/** The tasks panel beside minutes: tick a sentence, see what it says, hand it to supervision, watch what becomes of it. */
import { documentIdSchema } from '@xiewen/shared/documents'
import { meetingsContract as contract, type SentenceView } from '@xiewen/shared/meetings'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Notice, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { MarkState } from './mark-list.tsx'
import './meetings.css'

/** The panel. */
export function Component({ documentId, settle }: DocumentSlotProps) {
  const { t } = useWords()
  const id = documentIdSchema.parse(documentId)
  const found = useQuery(contract.sentences, { documentId: id }, { refreshOn: [`document:${documentId}`] })
  const mark = useCommand(contract.markSentence)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [onlyCommitted, setOnlyCommitted] = useState(false)
  const make = async () => {
    if (!(await settle())) return
    for (const quote of chosen) {
      if ((await mark.run({ documentId: id, quote })) === null) break
      setChosen((before) => before.filter((each) => each !== quote))
      tellDone(t('meetings.ui.task.made'))
    }
    found.reload()
  }
  const toggle = (text: string) => setChosen((before) => (before.includes(text) ? before.filter((each) => each !== text) : [...before, text]))
  return (
    <Answer of={found}>
      {({ sentences, mark: may }) => {
        const shown = sentences.filter((each) => !onlyCommitted || each.mark !== null || each.leads.length > 0 || each.dueOn !== null)
        return (
          <section className="tasks-panel">
            <p className="soft small">{t('meetings.ui.task.pick')}</p>
            <Checkbox checked={onlyCommitted} onChange={(event) => setOnlyCommitted(event.target.checked)}>{t('meetings.ui.task.only-committed')}</Checkbox>
            {may.allowed || may.because === undefined ? null : <Notice>{t(may.because)}</Notice>}
            {shown.length === 0 ? <EmptyState title={t('meetings.ui.task.empty')} /> : null}
            <ul>
              {shown.map((sentence, index) => (
                <li key={`${sentence.block}.${index}`}>
                  <Sentence sentence={sentence} checked={chosen.includes(sentence.text)} onToggle={may.allowed && sentence.text.length >= 4 ? () => toggle(sentence.text) : null} />
                </li>
              ))}
            </ul>
            <RefusalNotice error={mark.error} />
            <Button type="primary" block disabled={chosen.length === 0} loading={mark.busy} onClick={() => void make()}>
              {chosen.length === 0 ? t('meetings.ui.task.make') : t('meetings.ui.task.make-count', { count: chosen.length })}
            </Button>
          </section>
        )
      }}
    </Answer>
  )
}

function Sentence({ sentence, checked, onToggle }: { readonly sentence: SentenceView; readonly checked: boolean; readonly onToggle: (() => void) | null }) {
  const { t, format } = useWords()
  if (sentence.mark !== null) {
    return (
      <div className="task-sentence marked">
        <span>{sentence.text}</span>
        <MarkState mark={sentence.mark} />
      </div>
    )
  }
  const said = [
    ...(sentence.leads.length > 0 ? [t('meetings.ui.task.lead', { unit: sentence.leads.join(t('ui.list-comma')) })] : []),
    ...(sentence.dueOn === null ? [] : [t('meetings.ui.task.due', { date: format.civilDate(sentence.dueOn) })]),
  ]
  return (
    <div className="task-sentence">
      <Checkbox checked={checked} disabled={onToggle === null} onChange={() => onToggle?.()}>{sentence.text}</Checkbox>
      {said.length === 0 ? null : <span className="soft small">{said.join(' · ')}</span>}
    </div>
  )
}
