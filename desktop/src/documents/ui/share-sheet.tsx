import type { PostView } from '@xiewen/shared/directory'
import { documentsContract } from '@xiewen/shared/documents'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, PostPicker, RefusalNotice } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import type { Desk } from './workbench-model.ts'

const rights = ['edit', 'suggest', 'read'] as const

/** 协作起草: who else may read, revise or edit the draft. */
export function ShareSheet({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) {
  const { t } = useWords()
  const session = useSession()
  const [posts, setPosts] = useState<readonly PostView[]>([])
  const [right, setRight] = useState<(typeof rights)[number]>('edit')
  const share = useCommand(documentsContract.share)
  const unshare = useCommand(documentsContract.unshare)
  const documentId = desk.opened.document.id
  const act = async () => {
    for (const post of posts) if (!(await share.run({ documentId, postId: post.id, right }))) return
    desk.reload()
    onClose()
  }
  const takeBack = async (postId: string) => {
    // Safe because grants of kind `post` carry the id of a post.
    if (await unshare.run({ documentId, postId: postId as PostView['id'] })) desk.reload()
  }
  return (
    <ConfirmSheet open title={t('documents.ui.share.title')} confirmLabel={t('documents.ui.share.act')} busy={share.busy} disabled={posts.length === 0} onConfirm={() => void act()} onClose={onClose}>
      <Field label={t('documents.ui.share.who')}>{(control) => <PostPicker {...control} multiple value={posts} onChange={setPosts} except={session.posts.map((post) => post.id)} />}</Field>
      <Field label={t('documents.ui.share.right')}>
        {(control) => <Select {...control} value={right} onChange={setRight} options={rights.map((value) => ({ value, label: t(`documents.ui.share.right.${value}`) }))} />}
      </Field>
      <RefusalNotice error={share.error ?? unshare.error} />
      <ul className="plain-list">
        {desk.opened.grants.map((grant) => (
          <li key={`${grant.holderKind}${grant.holderId}${grant.source}`} className="row">
            <span>{grant.holderName}</span>
            <span className="soft small">{t(`documents.right.${grant.right}`)}</span>
            {grant.holderKind === 'post' && grant.source.startsWith('share:') ? (
              <Button size="small" onClick={() => void takeBack(grant.holderId)}>
                {t('documents.ui.share.take-back')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </ConfirmSheet>
  )
}
