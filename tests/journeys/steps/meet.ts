/** Step 8: a room is booked and a clash refused; people are invited, answer, sign in by the code on the wall; the minutes are
 * written by two at once, and a sentence of them becomes an assignment. */
import { expect } from 'vitest'
import { DocumentDesk } from '../support/document-desk.ts'
import type { Person } from '../support/person.ts'
import type { Story } from '../support/story.ts'
import { stem, w } from '../support/words.ts'

const topic = '数字政府改革建设工作要点推进会'
const promise = '市财政局于2026年12月25日前完成预算安排。'
const rooms = [['第一会议室', '3楼'], ['第二会议室', '5楼']] as const

/** 罗佳 adds two rooms, books one, and is refused the same hour again, with the other room offered. */
export async function book(story: Story): Promise<void> {
  const clerk = await story.as('luojia')
  await clerk.goto('/meetings/rooms')
  for (const [name, floor] of rooms) {
    await clerk.press(w('meetings.ui.add-room'))
    const sheet = clerk.at('dialog', w('meetings.ui.add-room'))
    await sheet.getByLabel(w('meetings.ui.room-name')).fill(name)
    await sheet.getByLabel(w('meetings.ui.room-floor')).fill(floor)
    await sheet.getByRole('button', { name: /^保\s?存$/ }).click()
    await clerk.sees(name)
  }
  await clerk.press(w('meetings.ui.next-day'))
  await wish(clerk)
  await clerk.fill(w('meetings.ui.book-subject'), '周例会')
  await confirmBooking(clerk)
  await clerk.sees(w('meetings.ui.booked'))
  await wish(clerk)
  await clerk.sees(/该时段已由.*罗佳预订/)
  await clerk.shot('08-conflict')
  await clerk.press(w('meetings.ui.use-room', { room: '第二会议室' }))
  await clerk.fill(w('meetings.ui.book-subject'), '专题碰头')
  await confirmBooking(clerk)
  await clerk.at('button', /专题碰头/).waitFor()
  await clerk.shot('08-rooms')
}

async function wish(clerk: Person): Promise<void> {
  const slot = clerk.page.getByRole('button', { name: new RegExp(`^第一会议室 09:00`) })
  await slot.focus()
  await slot.press('Enter')
}

async function confirmBooking(clerk: Person): Promise<void> {
  await clerk.page.getByRole('dialog').filter({ visible: true }).getByRole('button', { name: /^预\s?订$/ }).click()
}

/** A meeting about the plan, tomorrow at two in the first room; three are invited.
 *
 * @returns the path of the meeting's page
 */
export async function plan(story: Story): Promise<string> {
  const clerk = await story.as('luojia')
  await clerk.goto('/meetings/new')
  await clerk.fill(w('meetings.ui.title'), topic)
  await clerk.pick(w('meetings.ui.from'), '14:00')
  await clerk.pick(w('meetings.ui.to'), '15:00')
  await clerk.choose(w('meetings.ui.room'), '第一会议室')
  await clerk.pick(w('meetings.ui.host'), '韩立新')
  await clerk.pick(w('meetings.ui.attend-posts'), '陈国栋', '曹阳', '王静怡')
  await clerk.press(w('meetings.ui.save'))
  await clerk.page.waitForURL(/\/meetings\/(?!new)[^/]+$/)
  await clerk.press(w('meetings.ui.notify'))
  await clerk.sees(w('meetings.ui.notified'))
  return new URL(clerk.page.url()).pathname
}

/** 陈国栋 comes; 曹阳 asks for leave, which the clerk grants; 王静怡 comes. */
export async function reply(story: Story, path: string): Promise<void> {
  for (const login of ['chenguodong', 'wangjingyi']) {
    const person = await story.as(login)
    await person.openEntry(topic)
    await person.press(w('meetings.reply.attend'))
    await person.sees(w('meetings.receipt.attending'))
  }
  const absent = await story.as('caoyang')
  await absent.openEntry(topic)
  const card = absent.page.getByRole('region', { name: stem('meetings.ui.reply-for') })
  await card.getByText(w('meetings.reply.leave'), { exact: true }).click()
  await card.getByLabel(w('meetings.ui.reply-reason')).fill('赴省财政厅参加会议。')
  await card.getByRole('button', { name: /^请\s?假$/ }).click()
  await absent.sees(w('meetings.receipt.leave-pending'))
  const clerk = await story.as('luojia')
  await clerk.goto(path)
  await clerk.page.getByRole('tab', { name: w('meetings.ui.tab.receipts') }).click()
  await clerk.press(w('meetings.ui.approve'))
  await clerk.sees(w('meetings.receipt.leave-granted'))
  await clerk.shot('08-receipts')
}

/** The clerk opens the meeting; who scans the picture on the wall is signed in. */
export async function signIn(story: Story, path: string): Promise<void> {
  const clerk = await story.as('luojia')
  await clerk.press(w('meetings.ui.start'))
  await clerk.goto(path)
  await clerk.page.getByRole('tab', { name: w('meetings.ui.tab.sign-in') }).click()
  await clerk.page.getByRole('img', { name: w('meetings.ui.qr') }).waitFor()
  // What the picture says, asked for as the page asks: cameras are not part of this test.
  const asked = await clerk.page.request.get(new URL(`/api/meetings/sign-in-code?meetingId=${path.split('/').at(-1) ?? ''}`, clerk.page.url()).href)
  const answer: unknown = await asked.json()
  const scanned = /"path":"([^"]+)"/.exec(JSON.stringify(answer))?.[1] ?? ''
  const guest = await story.as('wangjingyi')
  await guest.goto(scanned)
  await guest.sees(w('meetings.ui.sign-in-done'))
  await guest.shot('08-signed-in')
  await clerk.sees(/实到 1/)
  await clerk.shot('08-qr')
}

/** Selects a sentence in the text and takes the offer beside it. */
async function markSelected(desk: DocumentDesk, words: string): Promise<void> {
  await desk.line(words).click({ clickCount: 3, position: { x: 60, y: 8 } })
  await desk.person.press(w('meetings.ui.task.from-selection'))
}

/** The minutes are begun by the clerk and written with the chair; a sentence goes to supervision and links back. */
export async function minutes(story: Story): Promise<void> {
  const [clerk, chair] = [await story.as('luojia'), await story.as('hanlixin')]
  await clerk.press(w('meetings.ui.start-minutes'))
  await clerk.page.waitForURL(/\/documents\//)
  const hers = new DocumentDesk(clerk)
  await hers.text.waitFor()
  const path = new URL(clerk.page.url()).pathname
  const his = await new DocumentDesk(chair).open(path)
  await hers.typeAtEnd(promise)
  await his.carries(promise)
  await his.typeAtEnd('会议强调，要加强统筹协调。')
  await hers.carries('会议强调，要加强统筹协调。')
  await Promise.all([hers.saved(), his.saved()])
  await clerk.shot('08-minutes')
  await hers.panel(w('meetings.ui.tab.tasks'))
  await clerk.page.getByRole('checkbox', { name: new RegExp(promise.slice(0, 8)) }).check()
  await clerk.press(w('meetings.ui.task.make-count', { count: 1 }))
  await clerk.sees(w('meetings.ui.task.made'))
  const link = clerk.at('link', w('meetings.ui.task.open'))
  await link.waitFor()
  await clerk.shot('08-task')
  await markSelected(hers, '会议强调')
  await expect.poll(() => link.count(), { timeout: 15_000 }).toBe(2)
  const officer = await story.as('liangsiyuan')
  await officer.goto('/supervision')
  await officer.openRow('预算安排')
  await officer.sees(new RegExp(promise.slice(0, 8)))
  expect(await officer.page.getByRole('link', { name: /纪要/ }).count()).toBeGreaterThan(0)
  await officer.shot('08-assignment-from-minutes')
}
