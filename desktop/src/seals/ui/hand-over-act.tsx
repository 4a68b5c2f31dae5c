import type { PostView } from '@xiewen/shared/directory'
import { sealNameOf, sealsContract, type SealView } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { useState } from 'react'
import { refreshTopics, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, PostPicker, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'

/** 移交保管: whoever approves gives a seal to another keeper of the organ. */
export function HandOverAct({ seal }: { readonly seal: SealView }) {
  const { t } = useWords()
  const session = useSession()
  const handOver = useCommand(sealsContract.handOver)
  const [open, setOpen] = useState(false)
  const [[keeper], setKeeper] = useState<readonly PostView[]>([])
  const isApprover = session.posts.some((post) => post.organId === seal.custodianId && post.duties.includes('seal-approver'))
  if (!isApprover || (seal.state !== 'active' && seal.state !== 'suspended')) return null
  const confirm = async () => {
    if (keeper === undefined || (await handOver.run({ sealId: seal.id, keeperPostId: keeper.id })) === null) return
    tellDone(t('seals.ui.hand-over.done', { name: keeper.personName }))
    setOpen(false)
    refreshTopics(['seals'])
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('seals.ui.hand-over')}</Button>
      <ConfirmSheet
        open={open} title={t('seals.ui.hand-over.ask', { name: sealNameOf(seal) })} confirmLabel={t('seals.ui.hand-over')} busy={handOver.busy} disabled={keeper === undefined} error={handOver.error}
        onConfirm={() => void confirm()} onClose={() => setOpen(false)}
      >
        <p className="soft">{t('seals.ui.hand-over.hint', { name: seal.keeperName })}</p>
        <Field label={t('seals.ui.hand-over.to')} required>
          {(control) => <PostPicker {...control} value={keeper === undefined ? [] : [keeper]} onChange={setKeeper} duty="seal-keeper" withinUnitId={seal.custodianId} except={[seal.keeperPostId]} />}
        </Field>
      </ConfirmSheet>
    </>
  )
}
