import { type AbilitiesView, type OpinionCode } from '@xiewen/shared/workflow'
import { type InputRef, Radio } from 'antd'
import { useRef, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { refusalOf } from '../../platform/http/index.ts'
import { ConfirmSheet, type Decision, DecisionBar, Notice, RefusalNotice } from '../../platform/kit/index.ts'
import { hintOf, nextNames, offBecause, stancesOf } from './bar-model.ts'
import type { BarProps, SheetKind } from './bar-props.ts'
import { OpinionBox } from './opinion-box.tsx'
import { Picks } from './picks.tsx'
import { ActSheets } from './sheets.tsx'
import { useWantedAct } from '../../platform/rooms/index.ts'
import { useAct } from './use-act.ts'
import { useDraftAct } from './use-draft-act.ts'
import { type BarKey, useBarKeys } from './use-keys.ts'
import { useSend } from './use-send.ts'
import { WatchActions } from './watch-actions.tsx'

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
  const sending = useSend({ seen, task, draft, acting, focus: () => box.current?.focus() }, stance)
  const off = offBecause(draft.preview, speech)
  const { abilities } = seen
  const canReturn = abilities.returnTo.length > 0
  useWantedAct('return', canReturn, () => setSheet('return'))

  const refusal = acting.error === null ? null : refusalOf(acting.error)
  const openComments = refusal?.code === 'workflow.open-comments' ? refusal : null

  const keys: BarKey[] = [
    ...(off === null ? [{ id: 'workflow.act', labelKey: `workflow.ui.go.${act}`, shortcut: 'a', run: () => sending.send(act, false) }] : []),
    ...(canReturn ? [{ id: 'workflow.return', labelKey: 'workflow.ui.return', shortcut: 'r', run: () => setSheet('return') }] : []),
    ...(abilities.forward === null ? [{ id: 'workflow.forward', labelKey: 'workflow.ui.forward', shortcut: 't', run: () => setSheet('forward') }] : []),
  ]
  useBarKeys(keys)

  const others: Decision[] = [
    ...task.acts.slice(1).map((kind) => ({ key: kind, label: t(`workflow.ui.go.${kind}`), onAct: () => sending.send(kind, false), busy: acting.busy })),
    ...(canReturn ? [{ key: 'return', label: t('workflow.ui.return'), onAct: () => setSheet('return') }] : []),
    ...(abilities.addSigner === null ? [{ key: 'add', label: t('workflow.ui.add-signer'), onAct: () => setSheet('add-signer') }] : []),
    ...(abilities.forward === null ? [{ key: 'forward', label: t('workflow.ui.forward'), onAct: () => setSheet('forward') }] : []),
  ]
  const write = (text: string) => {
    sending.clearWrong()
    draft.setText(text)
  }
  const refused = sheet === null && openComments === null ? acting.error : null
  return (
    <>
      <DecisionBar
        foldsOnPhone
        wantsSight={sending.wrong !== null || acting.notSaved || refused !== null}
        primary={{ key: act, label: t(`workflow.ui.go.${act}`), to: nextNames(draft.preview), busy: acting.busy, offBecause: off, onAct: () => sending.send(act, false) }}
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
          <OpinionBox act={act} value={draft.text} box={box} wrong={sending.wrong} onChange={write} />
          <WatchActions page={page} seen={seen} acting={acting} onSheet={setSheet} />
          {acting.notSaved ? <Notice kind="warning">{t('workflow.ui.not-saved')}</Notice> : null}
          <RefusalNotice error={refused} />
        </div>
      </DecisionBar>
      <ActSheets kind={sheet} page={page} seen={seen} taskId={task.id} acting={acting} onClose={() => setSheet(null)} />
      <ConfirmSheet
        open={sending.confirming}
        title={t('workflow.ui.sign.confirm-title')}
        confirmLabel={t('workflow.ui.sign.confirm-act')}
        busy={acting.busy}
        onConfirm={() => sending.send('sign', true)}
        onClose={sending.stopConfirming}
      >
        <p>{t('workflow.ui.sign.confirm')}</p>
      </ConfirmSheet>
      <ConfirmSheet
        open={openComments !== null}
        title={t('workflow.ui.sign.comments-title')}
        confirmLabel={t('workflow.ui.sign.comments-act')}
        busy={acting.busy}
        onConfirm={() => sending.send('sign', true, true)}
        onClose={() => {
          acting.clear()
          page.showPanel('comments')
        }}
      >
        <p>{openComments === null ? '' : t('workflow.open-comments', openComments.params)}</p>
      </ConfirmSheet>
    </>
  )
}
