import type { PostView } from '@xiewen/shared/directory'
import { type AttendeeView, meetingsContract as contract, type MeetingView, replyKinds, type ReplyKind } from '@xiewen/shared/meetings'
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, Lamp, PostPicker, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { toneOfReceipt } from './words.ts'

/** Answers one invitation: 参加 with one touch, 请假 and 替会 with a reason. */
export function ReplyCard({ meeting, attendee }: { readonly meeting: MeetingView; readonly attendee: AttendeeView }) {
  const { t } = useWords()
  const reply = useCommand(contract.reply)
  const [kind, setKind] = useState<ReplyKind>(attendee.reply ?? 'attend')
  const [reason, setReason] = useState(attendee.reason)
  const [name, setName] = useState(attendee.comesName)
  const [posts, setPosts] = useState<readonly PostView[]>([])
  const needsName = kind === 'substitute' || (kind === 'attend' && attendee.kind === 'unit')
  const ready = (kind === 'attend' || reason.trim() !== '') && (!needsName || name.trim() !== '' || posts.length > 0)
  const send = async () => {
    const input = { meetingId: meeting.id, attendeeId: attendee.id, reply: kind, reason, name: needsName ? name : '', postId: needsName ? (posts[0]?.id ?? null) : null }
    if ((await reply.run(input)) !== null) tellDone(t('meetings.ui.replied'))
  }
  return (
    <section className="reply-card" aria-label={t('meetings.ui.reply-for', { name: attendee.personName || attendee.unitName })}>
      <span className="row">
        <strong>{t('meetings.ui.reply-for', { name: attendee.personName || attendee.unitName })}</strong>
        <Lamp tone={toneOfReceipt(attendee.state)} label={t(`meetings.receipt.${attendee.state}`)} />
      </span>
      {meeting.state === 'notified' && attendee.signedInAt === null ? (
        <>
          <Radio.Group value={kind} onChange={(event) => setKind(event.target.value)} optionType="button" options={replyKinds.map((each) => ({ value: each, label: t(`meetings.reply.${each}`) }))} />
          {kind === 'attend' ? null : (
            <Field label={t('meetings.ui.reply-reason')} required>{(control) => <Input {...control} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
          )}
          {needsName ? (
            <>
              <Field label={t('meetings.ui.reply-post')}>{(control) => <PostPicker {...control} value={posts} onChange={setPosts} withinUnitId={attendee.unitId} />}</Field>
              {posts.length > 0 ? null : <Field label={t('meetings.ui.reply-name')} required>{(control) => <Input {...control} maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />}</Field>}
            </>
          ) : null}
          <RefusalNotice error={reply.error} />
          <Button type="primary" disabled={!ready} loading={reply.busy} onClick={() => void send()}>{t(`meetings.reply.${kind}`)}</Button>
        </>
      ) : null}
    </section>
  )
}
