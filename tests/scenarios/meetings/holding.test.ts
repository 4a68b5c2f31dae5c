/** A meeting from notice to tasks through the public API. */
import { inboxContract } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { meetingsContract as contract } from '@xiewen/shared/meetings'
import { supervisionContract } from '@xiewen/shared/supervision'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, Hall, type Who } from './hall.ts'

let hall: Hall
beforeAll(async () => {
  hall = await Hall.open()
})
afterAll(() => hall.office.close())

async function entries(who: Who, subjectId: string) {
  const { rows } = await (await hall.as(who)).call(inboxContract.list, { limit: 200 })
  return rows.filter((row) => row.subjectId === subjectId).map((row) => `${row.kind} ${row.step}`)
}

describe('notice and receipts', () => {
  test('those invited are asked, see the meeting only then, and answer for themselves or their unit', async () => {
    const clerk = await hall.as('clerk')
    const { meetingId } = await clerk.call(contract.create, await hall.plan())
    expect(await codeOf(hall.see(meetingId, 'finance'))).toBe('meetings.not-found')
    await clerk.call(contract.notify, { meetingId })
    expect(await entries('finance', meetingId)).toEqual(['todo meetings.step.reply'])
    expect(await entries('county', meetingId)).toEqual(['todo meetings.step.reply'])
    expect(await codeOf(hall.see(meetingId, 'drafter'))).toBe('meetings.not-found')

    const finance = await hall.as('finance')
    const own = await hall.place(meetingId, '曹阳')
    await finance.call(contract.reply, { meetingId, attendeeId: own, reply: 'attend' })
    expect(await entries('finance', meetingId)).toEqual([])
    expect(await codeOf(finance.call(contract.reply, { meetingId, attendeeId: await hall.place(meetingId, '邓凯'), reply: 'attend' }))).toBe('meetings.not-invited')
    const county = await hall.as('county')
    const unitPlace = await hall.place(meetingId, '青川县人民政府办公室')
    expect(await codeOf(county.call(contract.reply, { meetingId, attendeeId: unitPlace, reply: 'attend' }))).toBe('meetings.name-needed')
    await county.call(contract.reply, { meetingId, attendeeId: unitPlace, reply: 'attend', name: '石磊', postId: await hall.post('countyHead') })
    expect(await hall.receipts(meetingId)).toEqual({ 曹阳: 'attending', 邓凯: 'no-reply', 陈国栋: 'no-reply', 青川县人民政府办公室: 'attending' })
    expect((await hall.see(meetingId, 'countyHead')).attendees.find((each) => each.mine)?.comesName).toBe('石磊')
  })

  test('leave and substitution wait for the clerk; reasons are for those concerned', async () => {
    const meetingId = await hall.notified()
    const [finance, planning, clerk] = [await hall.as('finance'), await hall.as('planning'), await hall.as('clerk')]
    const [financePlace, planningPlace] = [await hall.place(meetingId, '曹阳'), await hall.place(meetingId, '邓凯')]
    expect(await codeOf(finance.call(contract.reply, { meetingId, attendeeId: financePlace, reply: 'leave' }))).toBe('meetings.reason-needed')
    await finance.call(contract.reply, { meetingId, attendeeId: financePlace, reply: 'substitute', reason: '赴省财政厅开会', postId: await hall.post('financeHead') })
    await planning.call(contract.reply, { meetingId, attendeeId: planningPlace, reply: 'leave', reason: '外出考察' })
    expect(await entries('clerk', meetingId)).toEqual(['todo meetings.step.decide-leave', 'todo meetings.step.decide-leave'])
    expect(await codeOf(finance.call(contract.decideLeave, { meetingId, attendeeId: financePlace, approved: true }))).toBe('meetings.not-organiser')
    const financeHead = await hall.as('financeHead')
    const early = (await (await hall.as('clerk')).call(contract.signInCode, { meetingId })).code
    expect(await codeOf(financeHead.call(contract.signIn, { meetingId, code: early }))).toBe('meetings.substitute-not-granted')
    await clerk.call(contract.decideLeave, { meetingId, attendeeId: financePlace, approved: true })
    await clerk.call(contract.decideLeave, { meetingId, attendeeId: planningPlace, approved: false })
    expect(await hall.receipts(meetingId)).toMatchObject({ 曹阳: 'substitute-granted', 邓凯: 'leave-refused' })
    expect(await entries('clerk', meetingId)).toEqual([])
    expect(await entries('financeHead', meetingId)).toEqual(['to-read meetings.step.leave-granted'])
    const seen = await hall.see(meetingId, 'data')
    expect(seen.attendees.map((each) => each.reason)).toEqual(['', '', '', ''])
    await financeHead.call(contract.readNotice, { meetingId })
    expect(await entries('financeHead', meetingId)).toEqual([])
    await financeHead.call(contract.signIn, { meetingId, code: early })
    expect((await hall.see(meetingId)).attendees[0]).toMatchObject({ state: 'signed-in', signedInName: '彭丽华' })
  })

  test('another time asks everybody again; another agenda only tells; those dropped are told', async () => {
    const meetingId = await hall.notified()
    const clerk = await hall.as('clerk')
    await (await hall.as('finance')).call(contract.reply, { meetingId, attendeeId: await hall.place(meetingId, '曹阳'), reply: 'attend' })
    const plan = await hall.plan()
    await clerk.call(contract.change, { meetingId, ...plan, agenda: [], note: '议题另行通知' })
    expect(await hall.receipts(meetingId)).toMatchObject({ 曹阳: 'attending' })
    expect(await entries('finance', meetingId)).toEqual(['to-read meetings.step.changed'])
    const kept = plan.attendees.filter((_, index) => index !== 1)
    await clerk.call(contract.change, { meetingId, ...plan, to: hall.inMinutes(120), attendees: kept })
    expect(await hall.receipts(meetingId)).toEqual({ 曹阳: 'no-reply', 陈国栋: 'no-reply', 青川县人民政府办公室: 'no-reply' })
    expect(await entries('finance', meetingId)).toContain('todo meetings.step.reply-again')
    expect(await entries('planning', meetingId)).toEqual(['to-read meetings.step.dropped'])
    await clerk.call(contract.cancel, { meetingId, reason: '改期另行通知' })
    expect(await entries('finance', meetingId)).toEqual(['to-read meetings.step.cancelled'])
    expect(await codeOf(clerk.call(contract.change, { meetingId, ...plan }))).toBe('meetings.settled')
  })

  test('papers are opened to those invited by the notice and closed with the meeting; drafts of others cannot be handed round', async () => {
    const bytes = new TextEncoder().encode('关于数据共享的汇报\n\n各单位：\n\n现将情况汇报如下。\n')
    const { documentId } = await (await hall.as('clerk')).upload(documentsContract.importFile, {}, bytes)
    const foreign = await (await hall.as('drafter')).upload(documentsContract.importFile, {}, bytes)
    const clerk = await hall.as('clerk')
    const agenda = (id: typeof documentId) => [{ title: '数据共享', presenter: '', minutes: 10, documentId: id }]
    expect(await codeOf(clerk.call(contract.create, await hall.plan(40, { agenda: agenda(foreign.documentId) })))).toBe('meetings.document-not-shareable')
    const { meetingId } = await clerk.call(contract.create, await hall.plan(40, { agenda: agenda(documentId) }))
    const finance = await hall.as('finance')
    expect(await codeOf(finance.call(documentsContract.open, { documentId }))).not.toBe('nothing refused')
    await clerk.call(contract.notify, { meetingId })
    expect((await finance.call(documentsContract.open, { documentId })).right).toBe('read')
    await clerk.call(contract.cancel, { meetingId, reason: '不再召开' })
    expect(await codeOf(finance.call(documentsContract.open, { documentId }))).not.toBe('nothing refused')
  })
})

describe('sign-in', () => {
  test('a code holds sixty seconds, for its own meeting only, and late is late', async () => {
    const [meetingId, otherId] = [await hall.notified(2), await hall.notified(2)]
    const [clerk, finance, data] = [await hall.as('clerk'), await hall.as('finance'), await hall.as('data')]
    expect(await codeOf(finance.call(contract.signInCode, { meetingId }))).toBe('meetings.not-organiser')
    const stale = await clerk.call(contract.signInCode, { meetingId })
    expect(await codeOf(finance.call(contract.signIn, { meetingId: otherId, code: stale.code }))).toBe('meetings.code-stale')
    expect(await codeOf(finance.call(contract.signIn, { meetingId, code: `${stale.code.slice(0, -1)}${stale.code.endsWith('0') ? '1' : '0'}` }))).toBe('meetings.code-stale')
    hall.passSeconds(61)
    expect(await codeOf(finance.call(contract.signIn, { meetingId, code: stale.code }))).toBe('meetings.code-stale')
    const { code, path } = await clerk.call(contract.signInCode, { meetingId })
    expect(path).toBe(`/meetings/${meetingId}/sign-in?code=${code}`)
    hall.passSeconds(58)
    expect((await finance.call(contract.signIn, { meetingId, code })).late).toBe(false)
    expect(await codeOf(finance.call(contract.signIn, { meetingId, code }))).toBe('meetings.already-signed-in')
    expect(await codeOf((await hall.as('drafter')).call(contract.signIn, { meetingId, code }))).toBe('meetings.not-found')
    hall.passSeconds(10)
    const { code: later } = await clerk.call(contract.signInCode, { meetingId })
    expect((await data.call(contract.signIn, { meetingId, code: later })).late).toBe(true)
    await clerk.call(contract.signInFor, { meetingId, attendeeId: await hall.place(meetingId, '青川县人民政府办公室') })
    await clerk.call(contract.start, { meetingId })
    await clerk.call(contract.end, { meetingId })
    const seen = await hall.see(meetingId)
    expect(seen.attendance).toMatchObject({ invited: 4, expected: 4, present: 3 })
    expect(seen.units.map((unit) => `${unit.unitName} ${unit.attendance.present}/${unit.attendance.expected}`)).toEqual(['云州市财政局 1/1', '云州市发展和改革局 0/1', '云州市政务服务数据管理局 1/1', '青川县人民政府办公室 1/1'])
  })

  test('long before a meeting nobody signs in', async () => {
    const meetingId = await hall.notified(120)
    const { code } = await (await hall.as('clerk')).call(contract.signInCode, { meetingId })
    expect(await codeOf((await hall.as('finance')).call(contract.signIn, { meetingId, code }))).toBe('meetings.too-early')
  })
})

describe('minutes', () => {
  test('they begin with agenda and attendance, are co-edited, and a marked sentence becomes an assignment that links back', async () => {
    const meetingId = await hall.notified(5)
    const [clerk, mayor, supervisor] = [await hall.as('clerk'), await hall.as('mayor'), await hall.as('supervisor')]
    expect(await codeOf(clerk.call(contract.startMinutes, { meetingId }))).toBe('meetings.not-begun')
    const planningPlace = await hall.place(meetingId, '邓凯')
    await (await hall.as('planning')).call(contract.reply, { meetingId, attendeeId: planningPlace, reply: 'leave', reason: '出差' })
    await clerk.call(contract.decideLeave, { meetingId, attendeeId: planningPlace, approved: true })
    const { code } = await clerk.call(contract.signInCode, { meetingId })
    await (await hall.as('finance')).call(contract.signIn, { meetingId, code })
    await (await hall.as('data')).call(contract.signIn, { meetingId, code })
    await mayor.call(contract.start, { meetingId })
    await mayor.call(contract.end, { meetingId })
    expect(await entries('clerk', meetingId)).toContain('todo meetings.step.minutes')
    const { documentId } = await clerk.call(contract.startMinutes, { meetingId })
    expect(await entries('clerk', meetingId)).toEqual([])
    expect(await codeOf(clerk.call(contract.startMinutes, { meetingId }))).toBe('meetings.minutes-exist')

    expect((await mayor.call(documentsContract.open, { documentId })).right).toBe('edit')
    const { sentences } = await clerk.call(contract.sentences, { documentId })
    const text = sentences.map((sentence) => sentence.text)
    expect(text).toContain('数据共享目录编制情况')
    expect(text).toContain('会议听取了市政务服务数据管理局关于数据共享目录编制情况的汇报。')
    expect(text[0]).toContain('市长周文博主持在市政府301会议室召开云州市数据共享工作专题会议')
    expect(await codeOf(clerk.call(contract.markSentence, { documentId, quote: '由市财政局牵头，12月15日前完成。' }))).toBe('meetings.sentence-not-in-minutes')

    const quote = '会议听取了市政务服务数据管理局关于数据共享目录编制情况的汇报。'
    expect(await codeOf((await hall.as('finance')).call(contract.markSentence, { documentId, quote }))).toBe('meetings.no-minutes')
    const { markId } = await clerk.call(contract.markSentence, { documentId, quote, leadUnitId: await hall.unit('云州市财政局') })
    expect(await codeOf(clerk.call(contract.markSentence, { documentId, quote }))).toBe('meetings.already-marked')
    await hall.office.settle()
    const mark = (await hall.see(meetingId)).marks.find((each) => each.id === markId)
    expect(mark).toMatchObject({ leadUnitName: '云州市财政局', assignmentState: 'proposed' })
    const ledger = await supervisor.call(supervisionContract.ledger, { sourceKind: 'minutes' })
    expect(ledger.rows.map((row) => row.id)).toEqual([mark?.assignmentId])
    const assignmentId = ledger.rows[0]?.id
    if (assignmentId === undefined) throw new Error('nothing was proposed')
    expect((await supervisor.call(supervisionContract.view, { assignmentId })).assignment.source).toMatchObject({ kind: 'minutes', documentId, quote })
    expect((await supervisor.call(documentsContract.open, { documentId })).right).toBe('read')
    expect(await entries('supervisor', assignmentId)).toEqual(['todo meetings.step.assign'])
    await supervisor.call(supervisionContract.assign, { items: [{ kind: 'existing', assignmentId, leadUnitId: await hall.unit('云州市财政局'), dueOn: '2026-12-15' }] })
    await hall.office.settle()
    expect((await clerk.call(contract.sentences, { documentId })).sentences.find((each) => each.text === quote)?.mark?.assignmentState).toBe('assigned')
    expect(await entries('supervisor', assignmentId)).toEqual([])
  })
})

test('people expected in two places at once are named to the organiser', async () => {
  const [first, second] = [await hall.notified(20), await hall.notified(30)]
  const clashes = (await hall.see(second)).clashes
  expect(clashes.map((clash) => clash.personName)).toContain('曹阳')
  expect((await hall.see(first, 'finance')).clashes).toEqual([])
})
