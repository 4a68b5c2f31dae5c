import type { PostView } from '@xiewen/shared/directory'
import { type TaskId, workflowContract } from '@xiewen/shared/workflow'
import { Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, PostPicker } from '../../platform/kit/index.ts'
import type { ActSheetProps } from './bar-props.ts'

/** 转办: the task goes to somebody else, with words that stay in the stream. */
export function ForwardSheet({ seen, taskId, acting, onClose }: ActSheetProps) {
  const { t } = useWords()
  const [posts, setPosts] = useState<readonly PostView[]>([])
  const [note, setNote] = useState('')
  const to = posts[0]
  const confirm = async () => {
    if (!to || taskId === null) return
    // Safe because the task is one of the case on screen.
    const input = { caseId: seen.id, taskId: taskId as TaskId, expectedVersion: seen.version, toPostId: to.id, opinion: note }
    if (await acting.act(workflowContract.forward, input, t('workflow.ui.done.forwarded'), { caseId: seen.id, taskId })) onClose()
  }
  return (
    <ConfirmSheet
      open
      title={t('workflow.ui.forward.title')}
      confirmLabel={to ? `${t('workflow.ui.forward.act')} → ${to.personName}` : t('workflow.ui.forward.act')}
      disabled={!to}
      busy={acting.busy}
      error={acting.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Field label={t('workflow.ui.forward.to')} required>
        {(control) => <PostPicker {...control} value={posts} onChange={setPosts} />}
      </Field>
      <Field label={t('workflow.ui.note')}>
        {(control) => <Input.TextArea {...control} autoSize={{ minRows: 2, maxRows: 5 }} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
