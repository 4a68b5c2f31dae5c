import type { CivilDate } from '@xiewen/shared/base'
import type { BookingView, MeetingRoom } from '@xiewen/shared/meetings'
import { type KeyboardEvent, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { placeOnDay, rangeOf, slotCount, slotStart } from './grid-model.ts'

/** Props of `RoomLine`. */
export interface RoomLineProps {
  readonly room: MeetingRoom
  readonly date: CivilDate
  readonly bookings: readonly BookingView[]
  readonly onWish: (room: MeetingRoom, from: number, to: number) => void
  readonly onOpen: (booking: BookingView) => void
}

/** One room's day. Dragging over half hours, or arrows with Shift and Enter, chooses a time. */
export function RoomLine({ room, date, bookings, onWish, onOpen }: RoomLineProps) {
  const { t, format } = useWords()
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null)
  const chosen = drag === null ? null : rangeOf(drag.from, drag.to)
  const finish = () => {
    if (chosen !== null) onWish(room, slotStart(date, chosen.first), slotStart(date, chosen.last + 1))
    setDrag(null)
  }
  const onKey = (event: KeyboardEvent<HTMLButtonElement>, slot: number) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.min(slotCount - 1, Math.max(0, slot + step))
    setDrag(event.shiftKey ? { from: drag?.from ?? slot, to: next } : null)
    const element = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('.room-slot')[next]
    element?.focus()
  }
  return (
    <div className="room-line">
      <div className="room-name">
        <strong>{room.name}</strong>
        <span className="soft small">
          {room.floor} {t('meetings.ui.seats', { count: room.capacity })}
        </span>
      </div>
      <div className="room-slots" onPointerUp={finish} onPointerLeave={() => setDrag(null)}>
        {Array.from({ length: slotCount }, (_, slot) => (
          <button
            key={slot}
            type="button"
            className={chosen !== null && slot >= chosen.first && slot <= chosen.last ? 'room-slot chosen' : 'room-slot'}
            aria-label={t('meetings.ui.free-at', { room: room.name, time: format.time(slotStart(date, slot)) })}
            tabIndex={slot === 4 ? 0 : -1}
            onPointerDown={() => setDrag({ from: slot, to: slot })}
            onPointerEnter={() => setDrag((before) => (before === null ? null : { ...before, to: slot }))}
            onKeyDown={(event) => onKey(event, slot)}
            // A click by pointer has been answered on its way up; this one comes from Enter or a screen reader.
            onClick={(event) => {
              if (event.detail !== 0) return
              const keys = drag === null ? { first: slot, last: Math.min(slotCount - 1, slot + 1) } : rangeOf(drag.from, drag.to)
              setDrag(null)
              onWish(room, slotStart(date, keys.first), slotStart(date, keys.last + 1))
            }}
          />
        ))}
        {bookings.map((booking) => (
          <Booking key={booking.id} booking={booking} date={date} onOpen={onOpen} />
        ))}
      </div>
    </div>
  )
}

function Booking({ booking, date, onOpen }: { readonly booking: BookingView; readonly date: CivilDate; readonly onOpen: (booking: BookingView) => void }) {
  const { t, format } = useWords()
  const place = placeOnDay(date, booking.from, booking.to)
  if (place === null) return null
  const words = t('meetings.ui.taken-by', { from: format.time(booking.from), to: format.time(booking.to), unit: booking.unitName, person: booking.personName, title: booking.title })
  return (
    <button type="button" className="room-booking" style={{ left: `${place.left}%`, width: `${place.width}%` }} title={words} aria-label={words} onPointerDown={(event) => event.stopPropagation()} onPointerUp={(event) => event.stopPropagation()} onClick={() => onOpen(booking)}>
      <span>{booking.title || booking.unitName}</span>
      <span className="soft">{booking.personName}</span>
    </button>
  )
}
