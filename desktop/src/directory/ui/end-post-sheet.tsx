import { directoryContract, type PostView } from '@xiewen/shared/directory'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, PostPicker, tellDone } from '../../platform/kit/index.ts'

/** Props of `EndPostSheet`. */
export interface EndPostSheetProps {
  readonly post: PostView
  readonly onClose: () => void
  readonly onEnded: () => void
}

/** Ends a post; its open work goes to a successor in the same act. */
export function EndPostSheet({ post, onClose, onEnded }: EndPostSheetProps) {
  const { t } = useWords()
  const end = useCommand(directoryContract.endPost)
  const [successors, setSuccessors] = useState<readonly PostView[]>([])
  const successor = successors[0]
  const save = async () => {
    if (successor === undefined) return
    if ((await end.run({ postId: post.id, successorPostId: successor.id })) === null) return
    tellDone(t('directory.ui.post-ended', { name: successor.personName }))
    onClose()
    onEnded()
  }
  return (
    <ConfirmSheet
      open
      danger
      title={t('directory.ui.end-post-title', { name: post.personName, post: `${post.unitName} ${post.title}` })}
      confirmLabel={successor === undefined ? t('directory.ui.end-post') : t('directory.ui.end-post-confirm', { name: successor.personName })}
      busy={end.busy}
      disabled={successor === undefined}
      error={end.error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <p>{t('directory.ui.end-post-hint')}</p>
      <Field label={t('directory.ui.successor')} required>
        {(control) => <PostPicker {...control} value={successors} onChange={setSuccessors} except={[post.id]} />}
      </Field>
    </ConfirmSheet>
  )
}
