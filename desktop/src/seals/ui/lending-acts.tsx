import { addDays, type CivilDate, civilDateAt, endOfDay, instant, startOfDay } from '@xiewen/shared/base'
import type { PostView } from '@xiewen/shared/directory'
import { sealNameOf, sealsContract, type SealView } from '@xiewen/shared/seals'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { refreshTopics, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, DateField, Field, PostPicker, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'

/** Who keeps the seal for now, and the buttons that lend it and end that. */
export function LendingActs({ seal }: { readonly seal: SealView }) {
  const { t, format } = useWords()
  const session = useSession()
  const [open, setOpen] = useState(false)
  const end = useCommand(sealsContract.endLending)
  const [ending, setEnding] = useState(false)
  const { lending } = seal
  const isApprover = session.posts.some((post) => post.organId === seal.custodianId && post.duties.includes('seal-approver'))
  const mayLend = isApprover || session.posts.some((post) => post.id === seal.keeperPostId)
  const isBorrower = lending !== null && session.posts.some((post) => post.id === lending.postId)
  const isLive = seal.state === 'active' || seal.state === 'suspended'
  const confirmEnd = async () => {
    if ((await end.run({ sealId: seal.id })) === null) return
    tellDone(t('seals.ui.lend.ended'))
    setEnding(false)
    refreshTopics(['seals'])
  }
  return (
    <>
      {lending === null ? null : <p className="lent">{t('seals.ui.lend.lent', { name: lending.personName, from: format.moment(lending.from), until: format.moment(lending.until - 60_000), reason: lending.reason, by: lending.lentBy })}</p>}
      <div className="row">
        {lending === null && mayLend && isLive ? <Button onClick={() => setOpen(true)}>{t('seals.ui.lend')}</Button> : null}
        {lending !== null && (mayLend || isBorrower) ? <Button onClick={() => setEnding(true)}>{t('seals.ui.lend.end')}</Button> : null}
      </div>
      <LendSheet seal={seal} open={open} onClose={() => setOpen(false)} />
      <ConfirmSheet
        open={ending} title={t('seals.ui.lend.end-ask', { name: lending?.personName ?? '' })} confirmLabel={t('seals.ui.lend.end')} busy={end.busy} error={end.error} onConfirm={() => void confirmEnd()}
        onClose={() => setEnding(false)}
      />
    </>
  )
}

function LendSheet({ seal, open, onClose }: { readonly seal: SealView; readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useWords()
  const lend = useCommand(sealsContract.lend)
  const today = civilDateAt(instant(Date.now()))
  const [posts, setPosts] = useState<readonly PostView[]>([])
  const [from, setFrom] = useState<CivilDate | null>(today)
  const [until, setUntil] = useState<CivilDate | null>(addDays(today, 1))
  const [reason, setReason] = useState('')
  const [post] = posts
  const confirm = async () => {
    if (post === undefined || from === null || until === null) return
    // The last day counts whole.
    if ((await lend.run({ sealId: seal.id, postId: post.id, from: startOfDay(from), until: endOfDay(until) + 1, reason })) === null) return
    tellDone(t('seals.ui.lend.done'))
    onClose()
    refreshTopics(['seals'])
  }
  return (
    <ConfirmSheet
      open={open} title={t('seals.ui.lend.ask', { name: sealNameOf(seal) })} confirmLabel={t('seals.ui.lend')} busy={lend.busy} disabled={post === undefined || from === null || until === null || reason.trim() === ''}
      error={lend.error} onConfirm={() => void confirm()} onClose={onClose}
    >
      <p className="soft">{t('seals.ui.lend.hint')}</p>
      <Field label={t('seals.ui.lend.to')} required>
        {(control) => <PostPicker {...control} value={posts} onChange={setPosts} withinUnitId={seal.custodianId} except={[seal.keeperPostId]} />}
      </Field>
      <Field label={t('seals.ui.lend.from')} required>
        {(control) => <DateField {...control} value={from} onChange={setFrom} from={today} />}
      </Field>
      <Field label={t('seals.ui.lend.until')} required>
        {(control) => <DateField {...control} value={until} onChange={setUntil} from={from ?? today} />}
      </Field>
      <Field label={t('seals.ui.reason')} required>
        {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
