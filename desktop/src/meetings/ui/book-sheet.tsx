import { meetingsContract as contract, type MeetingRoom } from '@xiewen/shared/meetings'
import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, Notice, tellDone } from '../../platform/kit/index.ts'
import { spanText } from './words.ts'
import { instant } from '@xiewen/shared/base'

/** A time wished for a room. */
export interface Wish {
  readonly room: MeetingRoom
  readonly from: number
  readonly to: number
}

/** Books a chosen time. Before anything is pressed it says whether the time is free, who has it, and what is free instead. */
export function BookSheet({ wish, onWish, onClose }: { readonly wish: Wish; readonly onWish: (wish: Wish) => void; readonly onClose: () => void }) {
  const { t, format } = useWords()
  const [title, setTitle] = useState('')
  const [seats, setSeats] = useState(1)
  const book = useCommand(contract.book)
  const { room, from, to } = wish
  const offer = useQuery(contract.suggest, { roomId: room.id, from, to, seats }, { refreshOn: ['meetings'] })
  const taken = offer.kind === 'ready' ? offer.data.conflict : null
  const confirm = async () => {
    if ((await book.run({ roomId: room.id, from: instant(from), to: instant(to), title, seats })) === null) return
    tellDone(t('meetings.ui.booked'))
    onClose()
  }
  const rooms = offer.kind === 'ready' ? offer.data.freeRooms.filter((each) => each.id !== room.id).slice(0, 3) : []
  const nextFrom = offer.kind === 'ready' ? offer.data.nextFrom : null
  return (
    <ConfirmSheet
      open
      title={t('meetings.ui.book-title', { room: room.name })}
      confirmLabel={t('meetings.ui.book')}
      disabled={title.trim() === '' || taken !== null}
      busy={book.busy}
      error={book.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p className="figures">{spanText(format, from, to)}</p>
      {taken === null ? null : (
        <Notice kind="warning">
          {t('meetings.ui.conflict', { unit: taken.unitName, person: taken.personName, span: spanText(format, taken.from, taken.to) })}
          <span className="row">
            {rooms.length === 0 ? t('meetings.ui.no-alternative') : null}
            {rooms.map((each) => (
              <Button key={each.id} onClick={() => onWish({ ...wish, room: each })}>{t('meetings.ui.use-room', { room: each.name })}</Button>
            ))}
            {nextFrom === null ? null : <Button onClick={() => onWish({ room, from: nextFrom, to: nextFrom + to - from })}>{t('meetings.ui.use-time', { time: format.moment(nextFrom) })}</Button>}
          </span>
        </Notice>
      )}
      <Field label={t('meetings.ui.book-subject')} required>
        {(control) => <Input {...control} maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <Field label={t('meetings.ui.book-seats')}>
        {(control) => <InputNumber {...control} min={1} max={5000} value={seats} onChange={(value) => setSeats(value ?? 1)} />}
      </Field>
    </ConfirmSheet>
  )
}
