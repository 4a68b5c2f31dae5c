import { type AbilitiesView, codesNeedingText, type DecisiveAct, type OpinionCode, workflowContract } from '@xiewen/shared/workflow'
import type { AnyContract, Contract, InputOf } from '@xiewen/shared/base'
import { type InputRef, Radio } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, type Decision, DecisionBar, Notice, RefusalNotice } from '../../platform/kit/index.ts'
import { usePageActions } from '../../platform/rooms/index.ts'
import { codeFor, hintOf, nextNames, offBecause, stancesOf } from './bar-model.ts'
import type { BarProps } from './case-bar.tsx'
import { OpinionBox } from './opinion-box.tsx'
import { Picks } from './picks.tsx'
import { ActSheets, type SheetKind } from './sheets.tsx'
import { useAct } from './use-act.ts'
import { useDraftAct } from './use-draft-act.ts'
import { WatchActions } from './watch-actions.tsx'

type AnyCommand = Contract<'command', AnyContract['input'], AnyContract['output']>
const contractOf: Readonly<Record<DecisiveAct, AnyCommand>> = workflowContract

/** The bar of somebody whose turn it is: opinion, the act that ends the task, 退回, 加签, 转办. */
export function ActBar({ page, seen, task }: BarProps & { readonly task: NonNullable<AbilitiesView['task']> }) {
  const speech = useWords()
  const { t } = speech
  const box = useRef<InputRef>(null)
  const act = task.acts[0] ?? 'approve'
  const draft = useDraftAct({ kind: 'task', caseId: seen.id, taskId: task.id, act, documentId: seen.documentId })
  const acting = useAct(page)
  const [stance, setStance] = useState<OpinionCode | null>(stancesOf(act)[0] ?? null)
  const [sheet, setSheet] = useState<SheetKind | null>(null)
  const [confirming, setConfirming] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const off = offBecause(draft.preview, speech)

  const send = (kind: DecisiveAct, confirmed: boolean) => {
    const code = codeFor(kind, kind === act ? stance : null, draft.text)
    if (codesNeedingText.has(code) && draft.text.trim() === '') {
      setWrong(t('workflow.opinion-needed'))
      box.current?.focus()
      return
    }
    if (kind === 'sign' && code === 'CIRCLE' && !confirmed) return setConfirming(true)
    setConfirming(false)
    const common = { caseId: seen.id, taskId: task.id, expectedVersion: seen.version, code, opinion: draft.text }
    const input = kind === 'sign' ? { ...common, confirmed } : { ...common, choice: draft.choice }
    const closes = kind === 'sign' || kind === 'finish'
    const names = nextNames(draft.preview).join(t('ui.list-comma'))
    const told = kind === 'sign' ? t('workflow.ui.done.signed') : kind === 'finish' ? t('workflow.ui.done.finished') : names === '' ? t('workflow.ui.done.acted') : t('workflow.ui.done.to', { names })
    // Safe because the table pairs every act with its own contract and the server parses the input.
    void acting.act(contractOf[kind], input as InputOf<AnyCommand>, told, closes ? null : { caseId: seen.id, taskId: task.id })
  }

  const doors = useRef({ send, setSheet })
  doors.current = { send, setSheet }
  const canReturn = seen.abilities.returnTo.length > 0
  const actions = useMemo(
    () => [
      ...(off === null ? [{ id: 'workflow.act', labelKey: `workflow.ui.go.${act}`, groupKey: 'workflow.room', shortcut: 'a', run: () => doors.current.send(act, false) }] : []),
      ...(canReturn ? [{ id: 'workflow.return', labelKey: 'workflow.ui.return', groupKey: 'workflow.room', shortcut: 'r', run: () => doors.current.setSheet('return') }] : []),
      ...(seen.abilities.forward === null ? [{ id: 'workflow.forward', labelKey: 'workflow.ui.forward', groupKey: 'workflow.room', shortcut: 't', run: () => doors.current.setSheet('forward') }] : []),
    ],
    [act, off, canReturn, seen.abilities.forward],
  )
  usePageActions(actions)

  const others: Decision[] = [
    ...task.acts.slice(1).map((kind) => ({ key: kind, label: t(`workflow.ui.go.${kind}`), onAct: () => send(kind, false), busy: acting.busy })),
    ...(canReturn ? [{ key: 'return', label: t('workflow.ui.return'), danger: true, onAct: () => setSheet('return') }] : []),
    ...(seen.abilities.addSigner === null ? [{ key: 'add', label: t('workflow.ui.add-signer'), onAct: () => setSheet('add-signer') }] : []),
    ...(seen.abilities.forward === null ? [{ key: 'forward', label: t('workflow.ui.forward'), onAct: () => setSheet('forward') }] : []),
  ]
  return (
    <DecisionBar
      primary={{ key: act, label: t(`workflow.ui.go.${act}`), to: nextNames(draft.preview), busy: acting.busy, offBecause: off, onAct: () => send(act, false) }}
      others={others}
      hint={hintOf(draft.preview, speech)}
    >
      <div className="wf-bar">
        {task.onBehalfOf === null ? null : <Notice>{t('workflow.ui.acts-for', { principal: `${task.onBehalfOf}（${task.postTitle}）` })}</Notice>}
        {draft.preview === null ? null : <Picks picks={draft.preview.picks} posts={draft.posts} ids={draft.ids} onPosts={draft.setPosts} onIds={draft.setIds} />}
        {stance === null ? null : (
          <Radio.Group aria-label={t('workflow.ui.stance')} value={stance} onChange={(event) => setStance(stancesOf(act).find((code) => code === event.target.value) ?? null)}>
            {stancesOf(act).map((code) => (
              <Radio.Button key={code} value={code}>
                {t(`workflow.code.${code}`)}
              </Radio.Button>
            ))}
          </Radio.Group>
        )}
        <OpinionBox
          act={act}
          value={draft.text}
          box={box}
          wrong={wrong}
          onChange={(text) => {
            setWrong(null)
            draft.setText(text)
          }}
        />
        <WatchActions page={page} seen={seen} acting={acting} onSheet={setSheet} />
        {acting.notSaved ? <Notice kind="warning">{t('workflow.ui.not-saved')}</Notice> : null}
        <RefusalNotice error={sheet === null ? acting.error : null} />
      </div>
      <ActSheets kind={sheet} page={page} seen={seen} taskId={task.id} acting={acting} onClose={() => setSheet(null)} />
      <ConfirmSheet
        open={confirming}
        title={t('workflow.ui.sign.confirm-title')}
        confirmLabel={t('workflow.ui.sign.confirm-act')}
        busy={acting.busy}
        onConfirm={() => send('sign', true)}
        onClose={() => setConfirming(false)}
      >
        <p>{t('workflow.ui.sign.confirm')}</p>
      </ConfirmSheet>
    </DecisionBar>
  )
}
