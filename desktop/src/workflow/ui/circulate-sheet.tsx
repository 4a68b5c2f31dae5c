import type { PostView } from '@xiewen/shared/directory'
import { workflowContract } from '@xiewen/shared/workflow'
import { Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, PostPicker } from '../../platform/kit/index.ts'
import type { ActSheetProps } from './bar-props.ts'

/** 传阅: to whom, and why in one line. */
export function CirculateSheet({ seen, acting, onClose }: ActSheetProps) {
  const { t } = useWords()
  const [posts, setPosts] = useState<readonly PostView[]>([])
  const [purpose, setPurpose] = useState('')
  const confirm = async () => {
    const input = { caseId: seen.id, postIds: posts.map((post) => post.id), purpose }
    if (await acting.act(workflowContract.circulate, input, t('workflow.ui.done.circulated'))) onClose()
  }
  return (
    <ConfirmSheet
      open
      title={t('workflow.ui.circulate.title')}
      confirmLabel={posts.length > 0 ? `${t('workflow.ui.circulate.act')} → ${posts.map((post) => post.personName).join(t('ui.list-comma'))}` : t('workflow.ui.circulate.act')}
      disabled={posts.length === 0 || purpose.trim() === ''}
      busy={acting.busy}
      error={acting.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Field label={t('workflow.ui.circulate.purpose')} required>
        {(control) => <Input {...control} maxLength={200} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}
      </Field>
      <Field label={t('workflow.ui.circulate.who')} required>
        {(control) => <PostPicker {...control} multiple value={posts} onChange={setPosts} />}
      </Field>
    </ConfirmSheet>
  )
}
