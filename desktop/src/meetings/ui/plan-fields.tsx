import { instant, startOfDay } from '@xiewen/shared/base'
import { directoryContract } from '@xiewen/shared/directory'
import { meetingKinds, meetingsContract as contract, type MeetingId } from '@xiewen/shared/meetings'
import { Button, Input, Select } from 'antd'
import { useMemo } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { DateField, Field, Notice, PostPicker } from '../../platform/kit/index.ts'
import type { PlanForm } from './plan-model.ts'
import { spanText } from './words.ts'

const times = Array.from({ length: 60 }, (_, index) => 420 + index * 15)
const outside = 'outside'

interface Props {
  readonly form: PlanForm
  readonly set: (part: Partial<PlanForm>) => void
  /** The meeting whose own booking is no conflict. */
  readonly bookingOf: MeetingId | null
}

/** Title, time, room and people. */
export function PlanFields({ form, set, bookingOf }: Props) {
  const { t, format } = useWords()
  const rooms = useQuery(contract.rooms, {})
  const units = useQuery(directoryContract.listUnits, {})
  const unitOptions = useMemo(() => (units.kind === 'ready' ? units.data.units.filter((unit) => unit.kind !== 'region').map((unit) => ({ value: unit.id, label: unit.shortName || unit.name })) : []), [units])
  const timeOptions = times.map((minute) => ({ value: minute, label: format.time(startOfDay(form.date) + minute * 60_000) }))
  const roomOptions = [
    { value: outside, label: t('meetings.ui.room-none') },
    ...(rooms.kind === 'ready' ? rooms.data.rooms.map((room) => ({ value: room.id, label: `${room.name} ${t('meetings.ui.seats', { count: room.capacity })}` })) : []),
  ]
  const pickRoom = (value: string) => set({ roomId: rooms.kind === 'ready' ? (rooms.data.rooms.find((room) => room.id === value)?.id ?? null) : null })
  return (
    <div className="meeting-form">
      <div className="wide"><Field label={t('meetings.ui.title')} required>{(control) => <Input {...control} maxLength={120} value={form.title} onChange={(event) => set({ title: event.target.value })} />}</Field></div>
      <Field label={t('meetings.ui.kind')}>{(control) => <Select {...control} value={form.kind} onChange={(kind) => set({ kind })} options={meetingKinds.map((kind) => ({ value: kind, label: t(`meetings.kind.${kind}`) }))} />}</Field>
      <Field label={t('meetings.ui.date')} required>{(control) => <DateField {...control} value={form.date} onChange={(date) => set({ date: date ?? form.date })} />}</Field>
      <Field label={t('meetings.ui.from')} required>{(control) => <Select {...control} showSearch={{ optionFilterProp: 'label' }} value={form.from} onChange={(from) => set({ from, to: Math.max(form.to, from + 15) })} options={timeOptions} />}</Field>
      <Field label={t('meetings.ui.to')} required>{(control) => <Select {...control} showSearch={{ optionFilterProp: 'label' }} value={form.to} onChange={(to) => set({ to })} options={timeOptions.filter((option) => option.value > form.from)} />}</Field>
      <Field label={t('meetings.ui.room')}>{(control) => <Select {...control} value={form.roomId ?? outside} onChange={pickRoom} options={roomOptions} />}</Field>
      {form.roomId === null ? <Field label={t('meetings.ui.place')} required>{(control) => <Input {...control} maxLength={100} value={form.place} onChange={(event) => set({ place: event.target.value })} />}</Field> : <RoomOffer form={form} set={set} bookingOf={bookingOf} />}
      <Field label={t('meetings.ui.host')}>{(control) => <PostPicker {...control} value={form.host} onChange={(host) => set({ host })} />}</Field>
      <Field label={t('meetings.ui.reply-by')}>{(control) => <DateField {...control} value={form.replyBy} onChange={(replyBy) => set({ replyBy })} />}</Field>
      <div className="wide"><Field label={t('meetings.ui.attend-posts')}>{(control) => <PostPicker {...control} multiple value={form.attendPosts} onChange={(attendPosts) => set({ attendPosts })} />}</Field></div>
      <div className="wide"><Field label={t('meetings.ui.observe-posts')}>{(control) => <PostPicker {...control} multiple value={form.observePosts} onChange={(observePosts) => set({ observePosts })} />}</Field></div>
      <Field label={t('meetings.ui.attend-units')}>{(control) => <Select {...control} mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={[...form.attendUnits]} onChange={(attendUnits) => set({ attendUnits })} options={unitOptions} />}</Field>
      <Field label={t('meetings.ui.observe-units')}>{(control) => <Select {...control} mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={[...form.observeUnits]} onChange={(observeUnits) => set({ observeUnits })} options={unitOptions} />}</Field>
      <Field label={t('meetings.ui.contact')}>{(control) => <Input {...control} maxLength={100} value={form.contact} onChange={(event) => set({ contact: event.target.value })} />}</Field>
      <div className="wide"><Field label={t('meetings.ui.notes')}>{(control) => <Input.TextArea {...control} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} value={form.notes} onChange={(event) => set({ notes: event.target.value })} />}</Field></div>
    </div>
  )
}

/** Says at once when the room is taken, by whom, and what is free instead. */
function RoomOffer({ form, set, bookingOf }: Props) {
  const { t, format } = useWords()
  const from = instant(startOfDay(form.date) + form.from * 60_000)
  const to = instant(startOfDay(form.date) + form.to * 60_000)
  const seats = Math.max(1, form.attendPosts.length + form.observePosts.length + form.attendUnits.length + form.observeUnits.length)
  const offer = useQuery(contract.suggest, { from, to, seats, ...(form.roomId === null ? {} : { roomId: form.roomId }) }, { refreshOn: ['meetings'], enabled: to > from })
  if (offer.kind !== 'ready' || offer.data.conflict === null) return null
  const taken = offer.data.conflict
  if (taken.meetingId !== null && taken.meetingId === bookingOf) return null
  return (
    <Notice kind="warning">
      {t('meetings.ui.conflict', { unit: taken.unitName, person: taken.personName, span: spanText(format, taken.from, taken.to) })}
      <span className="row">
        {offer.data.freeRooms.slice(0, 3).map((room) => (
          <Button key={room.id} onClick={() => set({ roomId: room.id })}>{t('meetings.ui.use-room', { room: room.name })}</Button>
        ))}
      </span>
    </Notice>
  )
}
