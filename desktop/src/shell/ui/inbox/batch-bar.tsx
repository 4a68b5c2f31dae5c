/** Several entries in one act: the bar of what is picked, the review before, and what became of each after. */
import { type InboxEntry, inboxContract } from '@xiewen/shared/base'
import { type TaskId, workflowContract } from '@xiewen/shared/workflow'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useCommand } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { DecisionBar, Field, Lamp, RefusalNotice, Sheet } from '../../../platform/kit/index.ts'
import type { BatchAct } from './batch-model.ts'

/** Props of `BatchBar`. */
export interface BatchBarProps {
  readonly act: BatchAct
  readonly entries: readonly InboxEntry[]
  readonly reviewing: boolean
  readonly onReview: (reviewing: boolean) => void
  /** Takes all picks away. */
  readonly onClear: () => void
}

interface Outcome {
  readonly entry: InboxEntry
  readonly refusal: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null
}

/** The bar at the foot of the list; nothing while nothing is picked. */
export function BatchBar({ act, entries, reviewing, onReview, onClear }: BatchBarProps) {
  const { t } = useWords()
  const count = entries.length
  if (count === 0 && !reviewing) return null
  return (
    <>
      {count === 0 ? null : (
        <DecisionBar
          primary={{ key: act, label: t(`shell.batch.${act}`, { count }), onAct: () => onReview(true) }}
          others={[{ key: 'clear', label: t('shell.batch.clear'), onAct: onClear }]}
          hint={t('shell.batch.hint')}
        />
      )}
      {reviewing ? (
        <ReviewSheet
          act={act}
          entries={entries}
          onClose={(isDone) => {
            onReview(false)
            if (isDone) onClear()
          }}
        />
      ) : null}
    </>
  )
}

/** Lists what is picked before the act; afterwards the same lines say what became of each. */
function ReviewSheet({ act, entries, onClose }: { readonly act: BatchAct; readonly entries: readonly InboxEntry[]; readonly onClose: (isDone: boolean) => void }) {
  const { t } = useWords()
  // The list behind loses its entries as they are done; the review keeps those it was opened with.
  const [asked] = useState(entries)
  const [opinion, setOpinion] = useState(() => t('shell.batch.phrase'))
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null)
  const [read, approve] = [useCommand(inboxContract.readTogether), useCommand(workflowContract.approveTogether)]
  const formId = useId()
  const run = async () => {
    if (act === 'read') {
      const output = await read.run({ ids: asked.map((entry) => entry.id) })
      if (output !== null) setOutcomes(asked.map((entry) => ({ entry, refusal: output.results.find((each) => each.id === entry.id)?.refusal ?? null })))
      return
    }
    // Safe because pickable entries are the workflow's, whose task ids these are; the server parses them again.
    const output = await approve.run({ taskIds: asked.map((entry) => entry.taskId as TaskId), opinion: opinion.trim() })
    if (output !== null) setOutcomes(asked.map((entry) => ({ entry, refusal: output.results.find((each) => each.taskId === entry.taskId)?.refusal ?? null })))
  }
  const isDone = outcomes !== null
  const failed = outcomes?.filter((each) => each.refusal !== null).length ?? 0
  const title = isDone ? t(failed === 0 ? 'shell.batch.all-done' : 'shell.batch.result', { done: asked.length - failed, failed }) : t(`shell.batch.${act}-title`, { count: asked.length })
  const foot = isDone ? (
    <Button type="primary" autoFocus onClick={() => onClose(true)}>
      {t('ui.close')}
    </Button>
  ) : (
    <>
      <Button onClick={() => onClose(false)}>{t('ui.cancel')}</Button>
      <Button form={formId} htmlType="submit" type="primary" loading={read.busy || approve.busy}>
        {t(`shell.batch.${act}`, { count: asked.length })}
      </Button>
    </>
  )
  return (
    <Sheet open wide title={title} onClose={() => onClose(isDone)} foot={foot}>
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        {act === 'approve' && !isDone ? (
          <Field label={t('shell.batch.opinion')} hint={t('shell.batch.opinion-hint')}>
            {(control) => <Input {...control} maxLength={2000} value={opinion} onChange={(event) => setOpinion(event.target.value)} />}
          </Field>
        ) : null}
      </form>
      <ol className="batch-list">
        {asked.map((entry) => (
          <BatchLine key={entry.id} entry={entry} outcome={outcomes?.find((each) => each.entry.id === entry.id) ?? null} act={act} />
        ))}
      </ol>
      <RefusalNotice error={read.error ?? approve.error} />
    </Sheet>
  )
}

function BatchLine({ entry, outcome, act }: { readonly entry: InboxEntry; readonly outcome: Outcome | null; readonly act: BatchAct }) {
  const { t } = useWords()
  return (
    <li>
      <span className="strong">{entry.title}</span>
      <span className="soft small">{[entry.detail, t(entry.step), entry.postTitle].filter((part) => part !== '').join(' · ')}</span>
      {outcome === null ? null : outcome.refusal === null ? (
        <Lamp tone="green" label={t(`shell.batch.${act}-done`)} />
      ) : (
        <span className="tone-red">{t(outcome.refusal.code, outcome.refusal.params)}</span>
      )}
    </li>
  )
}
