/** 会议室预订: rooms by the hours of a day. */
import { addDays, type CivilDate, civilDateAt, instant } from '@xiewen/shared/base'
import { type BookingView, meetingsContract as contract } from '@xiewen/shared/meetings'
import { Button } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, ConfirmSheet, DateField, EmptyState, Page, tellDone } from '../../platform/kit/index.ts'
import { holdsDuty, navigate, useSession } from '../../platform/rooms/index.ts'
import { AddRoomSheet } from './add-room-sheet.tsx'
import { BookSheet, type Wish } from './book-sheet.tsx'
import { slotCount, slotStart } from './grid-model.ts'
import { RoomLine } from './room-line.tsx'
import { spanText } from './words.ts'
import './meetings.css'

/** The page. */
export function Component() {
  const { t, format } = useWords()
  const session = useSession()
  const [date, setDate] = useState<CivilDate>(() => civilDateAt(instant(Date.now())))
  const [wish, setWish] = useState<Wish | null>(null)
  const [opened, setOpened] = useState<BookingView | null>(null)
  const [adding, setAdding] = useState(false)
  const day = useQuery(contract.timeline, { date }, { refreshOn: ['meetings'] })
  const open = (booking: BookingView) => (booking.meetingId === null ? setOpened(booking) : navigate(`/meetings/${booking.meetingId}`))
  const actions = (
    <>
      <Button aria-label={t('meetings.ui.previous-day')} onClick={() => setDate(addDays(date, -1))}>‹</Button>
      <DateField value={date} onChange={(picked) => setDate(picked ?? date)} />
      <Button aria-label={t('meetings.ui.next-day')} onClick={() => setDate(addDays(date, 1))}>›</Button>
      {holdsDuty(session, 'meeting-clerk') ? <Button onClick={() => setAdding(true)}>{t('meetings.ui.add-room')}</Button> : null}
    </>
  )
  return (
    <Page title={t('meetings.ui.rooms')} crumbs={[{ label: t('meetings.room'), to: '/meetings' }]} note={t('meetings.ui.grid-hint')} actions={actions} flush>
      <Answer of={day}>
        {({ rooms, bookings }) =>
          rooms.length === 0 ? (
            <EmptyState title={t('meetings.ui.no-rooms')} />
          ) : (
            <section className="room-grid" aria-label={t('meetings.ui.grid', { date: format.civilDate(date) })}>
              <div className="room-line room-hours" aria-hidden>
                <div />
                <div className="room-slots">
                  {Array.from({ length: slotCount / 2 }, (_, hour) => (
                    <span key={hour}>{format.time(slotStart(date, hour * 2)).slice(0, 2)}</span>
                  ))}
                </div>
              </div>
              {rooms.map((room) => (
                <RoomLine key={room.id} room={room} date={date} bookings={bookings.filter((booking) => booking.roomId === room.id)} onWish={(chosen, from, to) => setWish({ room: chosen, from, to })} onOpen={open} />
              ))}
            </section>
          )
        }
      </Answer>
      {wish === null ? null : <BookSheet wish={wish} onWish={setWish} onClose={() => setWish(null)} />}
      {opened === null ? null : <BookingSheet booking={opened} onClose={() => setOpened(null)} />}
      {adding ? <AddRoomSheet onClose={() => setAdding(false)} /> : null}
    </Page>
  )
}

function BookingSheet({ booking, onClose }: { readonly booking: BookingView; readonly onClose: () => void }) {
  const { t, format } = useWords()
  const cancel = useCommand(contract.cancelBooking)
  const confirm = async () => {
    if ((await cancel.run({ bookingId: booking.id })) === null) return
    tellDone(t('meetings.ui.booking-cancelled'))
    onClose()
  }
  return (
    <ConfirmSheet open title={booking.title || booking.roomName} confirmLabel={t('meetings.ui.cancel-booking')} disabled={booking.cancel !== null} busy={cancel.busy} error={cancel.error} onConfirm={() => void confirm()} onClose={onClose}>
      <p className="figures">{spanText(format, booking.from, booking.to)}</p>
      <p>{booking.unitName} {booking.personName}</p>
      {booking.cancel === null ? null : <p className="soft">{t(booking.cancel)}</p>}
    </ConfirmSheet>
  )
}
