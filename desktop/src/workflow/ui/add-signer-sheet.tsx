import type { PostView } from '@xiewen/shared/directory'
import { type TaskId, workflowContract } from '@xiewen/shared/workflow'
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, PostPicker } from '../../platform/kit/index.ts'
import type { ActSheetProps } from './bar-props.ts'

/** 加签: others before or after me. Nothing comes after a signature, so there 签发 asks only for "before". */
export function AddSignerSheet({ seen, taskId, acting, onClose }: ActSheetProps) {
  const { t } = useWords()
  const [posts, setPosts] = useState<readonly PostView[]>([])
  const [place, setPlace] = useState<'before' | 'after'>('before')
  const [note, setNote] = useState('')
  const signing = seen.abilities.task?.acts[0] === 'sign'
  const confirm = async () => {
    if (posts.length === 0 || taskId === null) return
    // Safe because the task is one of the case on screen.
    const input = { caseId: seen.id, taskId: taskId as TaskId, expectedVersion: seen.version, place, postIds: posts.map((post) => post.id), opinion: note }
    if (await acting.act(workflowContract.addSigner, input, t('workflow.ui.done.added'), { caseId: seen.id, taskId })) onClose()
  }
  return (
    <ConfirmSheet
      open
      title={t('workflow.ui.add.title')}
      confirmLabel={posts.length > 0 ? `${t('workflow.ui.add.act')} → ${posts.map((post) => post.personName).join(t('ui.list-comma'))}` : t('workflow.ui.add.act')}
      disabled={posts.length === 0}
      busy={acting.busy}
      error={acting.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Field label={t('workflow.ui.add.who')} required>
        {(control) => <PostPicker {...control} multiple value={posts} onChange={setPosts} />}
      </Field>
      {signing ? null : (
        <fieldset className="wf-question">
          <legend>{t('workflow.ui.add.place')}</legend>
          <Radio.Group value={place} onChange={(event) => setPlace(event.target.value === 'after' ? 'after' : 'before')}>
            <Radio value="before">{t('workflow.ui.add.before')}</Radio>
            <Radio value="after">{t('workflow.ui.add.after')}</Radio>
          </Radio.Group>
        </fieldset>
      )}
      <Field label={t('workflow.ui.note')}>
        {(control) => <Input.TextArea {...control} autoSize={{ minRows: 2, maxRows: 5 }} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
