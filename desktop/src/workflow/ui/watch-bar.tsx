import { workflowContract } from '@xiewen/shared/workflow'
import { type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { DecisionBar, Notice, RefusalNotice } from '../../platform/kit/index.ts'
import type { BarProps, SheetKind } from './bar-props.ts'
import { OpinionBox } from './opinion-box.tsx'
import { ActSheets } from './sheets.tsx'
import { useAct } from './use-act.ts'
import { WatchActions } from './watch-actions.tsx'

/** The bar of somebody whose turn it is not: whom the case waits for, and 已阅 where it was circulated to them. */
export function WatchBar({ page, seen }: BarProps) {
  const { t } = useWords()
  const acting = useAct(page)
  const box = useRef<InputRef>(null)
  const [sheet, setSheet] = useState<SheetKind | null>(null)
  const [text, setText] = useState('')
  const open = seen.tasks.filter((task) => task.state === 'open')
  const step = open[0]?.step
  const waiting = step ? t('workflow.ui.waiting', { names: open.map((task) => task.holder.personName).join(t('ui.list-comma')), step: t(`workflow.step.${step}`) }) : ''
  const { read, circulate, urge, withdraw } = seen.abilities
  const asked = read ? seen.readings.find((each) => each.holder.postId === read.postId) : undefined
  const nothing = !read && circulate !== null && urge !== null && withdraw.length === 0
  if (nothing && waiting === '') return null
  const confirm = (code: 'READ' | 'CIRCLE') => {
    if (read) void acting.act(workflowContract.read, { caseId: seen.id, postId: read.postId, code, opinion: text }, t('workflow.ui.done.read'))
  }
  const primary = read ? { key: 'read', label: t('workflow.ui.read'), busy: acting.busy, onAct: () => confirm('READ') } : null
  const others = read ? [{ key: 'circle', label: t('workflow.ui.circle'), onAct: () => confirm('CIRCLE') }] : []
  const refused = sheet === null ? acting.error : null
  return (
    <>
      <DecisionBar foldsOnPhone wantsSight={acting.notSaved || refused !== null} primary={primary} others={others} hint={waiting}>
        <div className="wf-bar">
          {read ? <Notice>{t('workflow.ui.reading-asked', { name: asked?.fromName ?? '', purpose: read.purpose })}</Notice> : null}
          {read ? <OpinionBox act="finish" value={text} onChange={setText} box={box} /> : null}
          <WatchActions page={page} seen={seen} acting={acting} onSheet={setSheet} />
          {acting.notSaved ? <Notice kind="warning">{t('workflow.ui.not-saved')}</Notice> : null}
          <RefusalNotice error={refused} />
        </div>
      </DecisionBar>
      <ActSheets kind={sheet} page={page} seen={seen} taskId={null} acting={acting} onClose={() => setSheet(null)} />
    </>
  )
}
