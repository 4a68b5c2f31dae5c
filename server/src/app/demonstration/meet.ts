/** Meetings of the demonstration: rooms, one meeting to come with receipts, one held with minutes and a task. */
import { instant } from '@xiewen/shared/base'
import { bodyOf } from '@xiewen/shared/documents'
import { type MeetingId, type MeetingRoomId, meetingsContract, type NewMeeting } from '@xiewen/shared/meetings'
import * as Y from 'yjs'
import { editLive } from '../live-client.ts'
import type { Cast } from './cast.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const shanghaiOffsetMs = 8 * 3_600_000

/** 09:00 in China on the next day from Monday to Friday. */
function nextMorning(now: number): number {
  let local = now + shanghaiOffsetMs + dayMs
  while ([0, 6].includes(new Date(local).getUTCDay())) local += dayMs
  return local - (local % dayMs) + 9 * 3_600_000 - shanghaiOffsetMs
}

/** Everything about meetings. */
export async function holdMeetings(cast: Cast): Promise<void> {
  const hall = await addRooms(cast)
  await planNextMeeting(cast, hall)
  await holdOne(cast)
}

async function addRooms(cast: Cast) {
  const { roomId } = await cast.call('luojia', meetingsContract.addRoom, {
    name: '第一会议室', floor: '3楼', capacity: 60, bufferMinutes: 15, equipment: ['projector', 'microphones', 'video'],
  })
  const second = await cast.call('luojia', meetingsContract.addRoom, { name: '第二会议室', floor: '3楼', capacity: 24, bufferMinutes: 15, equipment: ['screen'] })
  const video = await cast.call('luojia', meetingsContract.addRoom, { name: '视频会议室', floor: '5楼', capacity: 40, bufferMinutes: 30, equipment: ['video', 'recording', 'screen'] })
  await bookToday(cast, second.roomId, video.roomId)
  return roomId
}

/** Two bookings from the next full hour on, so that the timeline of the day has something to show. */
async function bookToday(cast: Cast, second: MeetingRoomId, video: MeetingRoomId): Promise<void> {
  const hour = Math.ceil(cast.now() / (60 * minuteMs)) * 60 * minuteMs
  const book = (login: string, roomId: MeetingRoomId, title: string, from: number, minutes: number) =>
    cast.call(login, meetingsContract.book, { roomId, title, from: instant(from), to: instant(from + minutes * minuteMs), seats: 12 })
  await book('tangxuemei', second, '办公室周例会', hour, 60)
  await book('liujianhua', second, '数据目录编制碰头会', hour + 120 * minuteMs, 90)
  await book('maxiaofeng', video, '重点项目视频调度会', hour + 60 * minuteMs, 120)
}

async function planNextMeeting(cast: Cast, roomId: NewMeeting['roomId']): Promise<void> {
  const from = nextMorning(cast.now())
  const { meetingId } = await cast.call('luojia', meetingsContract.create, {
    title: '全市数字政府改革建设工作推进会',
    kind: 'work',
    from: instant(from),
    to: instant(from + 120 * minuteMs),
    roomId,
    hostPostId: (await cast.post('韩立新')).id,
    contact: '罗佳 010-00000106',
    agenda: [
      { title: '通报2026年工作要点任务分工', presenter: '市政务服务数据管理局', minutes: 30 },
      { title: '县（市、区）作表态发言', presenter: '青川县、白水县', minutes: 20 },
    ],
    attendees: await Promise.all(
      ['王静怡', '马晓峰', '彭丽华', '贺庆丰', '邱国平'].map(async (name) => ({ kind: 'post' as const, postId: (await cast.post(name)).id })),
    ),
  })
  await cast.call('luojia', meetingsContract.notify, { meetingId })
  await cast.call('wangjingyi', meetingsContract.reply, { meetingId, attendeeId: await placeOf(cast, meetingId, '王静怡'), reply: 'attend' })
  await cast.call('maxiaofeng', meetingsContract.reply, { meetingId, attendeeId: await placeOf(cast, meetingId, '马晓峰'), reply: 'leave', reason: '赴省发展改革委汇报工作' })
}

async function placeOf(cast: Cast, meetingId: MeetingId, name: string) {
  const { attendees } = await cast.call('luojia', meetingsContract.view, { meetingId })
  const place = attendees.find((attendee) => attendee.personName === name)
  if (!place) throw new Error(`Bug: ${name} is not invited`)
  return place.id
}

const decision = '会议议定，由市发展和改革局牵头，12月18日前完成政务云扩容项目入库。'

async function holdOne(cast: Cast): Promise<void> {
  const from = cast.now() + 5 * minuteMs
  const { meetingId } = await cast.call('luojia', meetingsContract.create, {
    title: '政务云扩容专题会议',
    kind: 'special',
    from: instant(from),
    to: instant(from + 45 * minuteMs),
    place: '市政府办公室小会议室',
    hostPostId: (await cast.post('韩立新')).id,
    agenda: [{ title: '研究政务云扩容有关事项', presenter: '市政务服务数据管理局', minutes: 30 }],
    attendees: await Promise.all(['王静怡', '马晓峰', '彭丽华'].map(async (name) => ({ kind: 'post' as const, postId: (await cast.post(name)).id }))),
  })
  await cast.call('luojia', meetingsContract.notify, { meetingId })
  const { code } = await cast.call('luojia', meetingsContract.signInCode, { meetingId })
  for (const login of ['wangjingyi', 'maxiaofeng']) await cast.call(login, meetingsContract.signIn, { meetingId, code })
  await cast.call('luojia', meetingsContract.start, { meetingId })
  await cast.call('luojia', meetingsContract.end, { meetingId })
  const { documentId } = await cast.call('luojia', meetingsContract.startMinutes, { meetingId })
  await editLive(await cast.as('luojia'), documentId, (doc) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(decision)])
    const body = bodyOf(doc)
    body.insert(body.length, [paragraph])
  })
  await cast.call('luojia', meetingsContract.markSentence, { documentId, quote: decision })
  await cast.settle()
}
