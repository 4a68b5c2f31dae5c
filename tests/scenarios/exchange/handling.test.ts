/** What an organ does with a document it has signed for: registering, handling, reading; and the proof of receipt. */
import { inboxContract } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { exchangeContract as contract, formatRegisterNumber, type ReceiptId } from '@xiewen/shared/exchange'
import { workflowContract } from '@xiewen/shared/workflow'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { type Organ, refusalOf, Story, type Who } from './story.ts'

let office: TestOffice
let story: Story
let offsetMs = 0

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => (Date.now() + offsetMs) as ReturnType<TestOffice['server']['world']['clock']['now']> } })
  story = new Story(office)
})
afterAll(() => office.close())

/** A receipt an organ has signed for. */
async function signed(who: Who & Organ): Promise<ReceiptId> {
  const receipts = await story.send(await story.sealed(), [who])
  await story.signFor(receipts[who], who)
  return receipts[who]
}

describe('registering', () => {
  test('numbers of one organ follow each other without doubles, however many are registered at once', async () => {
    const receipts = await Promise.all([1, 2, 3, 4].map(() => signed('finance')))
    const client = await story.as('finance')
    const answers = await Promise.all(receipts.map((receiptId) => client.call(contract.register, { receiptId, handling: 'handle' })))
    const year = Number(office.server.world.clock.now() > 0 ? new Date(office.server.world.clock.now() + 8 * 3_600_000).getUTCFullYear() : 0)
    expect(answers.map((each) => each.registerNumber.serial).sort()).toEqual([1, 2, 3, 4])
    expect(formatRegisterNumber({ year, serial: 1 })).toBe(`收〔${year}〕1号`)
    const { rows } = await client.call(contract.receivedList, { year, limit: 200 })
    expect(rows).toHaveLength(4)
  })

  test('two registrations of one receipt at once take one number', async () => {
    const receiptId = await signed('baishui')
    const client = await story.as('baishui')
    const outcomes = await Promise.all([1, 2].map(() => refusalOf(client.call(contract.register, { receiptId, handling: 'handle' }))))
    expect(outcomes.sort()).toEqual(['exchange.already-registered', 'nothing refused'])
    expect((await story.see(receiptId, 'baishui'))?.registerNumber?.serial).toBe(1)
  })

  test('the organ’s copy carries the signed text with its number, and its owner is the receiver', async () => {
    const receiptId = await signed('qingchuan')
    const client = await story.as('qingchuan')
    const { documentId } = await client.call(contract.register, { receiptId, handling: 'handle' })
    const { document, right } = await client.call(documentsContract.open, { documentId })
    expect(document).toMatchObject({ state: 'incoming', origin: 'incoming', title: '关于开展政务数据共享自查工作的通知', organName: '青川县人民政府办公室' })
    expect(right).toBe('read')
    expect((await client.call(contract.receiptOfCopy, { documentId })).receiptId).toBe(receiptId)
    expect((await (await story.as('finance')).call(contract.receiptOfCopy, { documentId })).receiptId).toBeNull()
  })

  test('nothing is registered before it was signed for, nor by anybody but the receiver, nor with a limit in the past', async () => {
    const { planning: receiptId } = await story.send(await story.sealed(), ['planning'])
    const client = await story.as('planning')
    expect(await refusalOf(client.call(contract.register, { receiptId, handling: 'handle' }))).toBe('exchange.not-signed-for')
    await story.signFor(receiptId, 'planning')
    expect(await refusalOf(client.call(contract.register, { receiptId, handling: 'handle', dueOn: '2020-01-02' }))).toBe('exchange.due-in-past')
    expect(await refusalOf(client.call(contract.register, { receiptId, handling: 'read' }))).toBe('exchange.readers-missing')
    expect(await refusalOf((await story.as('registrar')).call(contract.register, { receiptId, handling: 'handle' }))).toBe('exchange.not-receiver')
  })
})

describe('a document for handling (办件)', () => {
  test('goes through 拟办, 批示, 承办 and 办结, and the sender sees it finished', async () => {
    const receiptId = await signed('finance')
    const { documentId } = await (await story.as('finance')).call(contract.register, { receiptId, handling: 'handle' })
    await office.settle()
    expect((await story.see(receiptId, 'finance'))?.state).toBe('in-handling')

    const act = async (who: Who, contractOf: 'propose' | 'instruct' | 'assign' | 'handle' | 'finish', choice: Record<string, string[]> = {}) => {
      const client = await story.as(who)
      const { case: seen } = await client.call(workflowContract.case, { documentId })
      const task = seen?.abilities.task
      if (!seen || !task) throw new Error(`${who} has nothing to ${contractOf}`)
      await client.call(workflowContract[contractOf], { caseId: seen.id, taskId: task.id, expectedVersion: seen.version, opinion: '请按要求办理', choice })
    }
    await act('financeChecker', 'propose', { instruct: [await story.post('financeHead')] })
    await act('financeHead', 'instruct')
    await act('financeChecker', 'assign', { handle: [await story.post('financeChecker')] })
    await act('financeChecker', 'handle')
    // The handler sees the sealed original too.
    expect((await (await story.as('financeChecker')).download(contract.pdf, { receiptId })).bytes.length).toBeGreaterThan(1000)
    await act('financeChecker', 'finish')
    await office.settle()

    const seen = await story.see(receiptId, 'finance')
    expect(seen).toMatchObject({ state: 'finished' })
    expect(seen?.events.map((event) => event.act)).toEqual(['send', 'sign-for', 'register', 'begin', 'finish'])
    const { rows } = await (await story.as('registrar')).call(contract.sentList, {})
    expect(rows[0]?.counts).toMatchObject({ finished: 1, sent: 0 })
    expect(await refusalOf((await story.as('finance')).call(contract.close, { receiptId }))).toBe('exchange.already-finished')
  })
})

describe('a document whose handling was stopped (终止)', () => {
  test('lies before the receiver again, who starts a new case once; both cases stay readable', async () => {
    const receiptId = await signed('finance')
    const receiver = await story.as('finance')
    const { documentId } = await receiver.call(contract.register, { receiptId, handling: 'handle' })
    await office.settle()
    expect(await refusalOf(receiver.call(contract.resume, { receiptId }))).toBe('exchange.already-in-handling')

    const { case: first } = await receiver.call(workflowContract.case, { documentId })
    if (!first) throw new Error('no case')
    await receiver.call(workflowContract.cancel, { caseId: first.id, expectedVersion: first.version, opinion: '主办科室有误' })
    await office.settle()
    expect((await story.see(receiptId, 'finance'))).toMatchObject({ state: 'registered', abilities: { resume: null } })
    const waiting = async () => (await receiver.call(inboxContract.list, {})).rows.filter((row) => row.subjectId === receiptId).map((row) => row.step)
    expect(await waiting()).toEqual(['exchange.step.resume'])

    expect(await refusalOf((await story.as('financeChecker')).call(contract.resume, { receiptId }))).toBe('base.not-found')
    expect(await refusalOf((await story.as('planning')).call(contract.resume, { receiptId }))).toBe('base.not-found')
    expect(await refusalOf((await story.as('registrar')).call(contract.resume, { receiptId }))).toBe('exchange.not-receiver')
    expect(await refusalOf(receiver.call(contract.resume, { receiptId, dueOn: '2020-01-02' }))).toBe('exchange.due-in-past')
    const outcomes = await Promise.all([1, 2].map(() => refusalOf(receiver.call(contract.resume, { receiptId, note: '改由综合科办理' }))))
    expect(outcomes.sort()).toEqual(['exchange.already-in-handling', 'nothing refused'])
    await office.settle()
    expect(await waiting()).toEqual([])

    const { case: second } = await receiver.call(workflowContract.case, { documentId })
    expect(second).toMatchObject({ status: 'running', former: [{ id: first.id, status: 'cancelled', opinions: [{ act: 'cancel', text: '主办科室有误' }] }] })
    const seen = await story.see(receiptId, 'finance')
    expect(seen?.state).toBe('in-handling')
    const ways = [['begin', ''], ['stop', '主办科室有误'], ['resume', '改由综合科办理'], ['begin', '']]
    expect(seen?.events.slice(3).map((event) => [event.act, event.detail])).toEqual(ways)
    expect(seen?.events.find((event) => event.act === 'stop')?.personName).toBe('蒋涛')
    // The sender sees that it was taken up again, not why.
    expect((await story.see(receiptId, 'registrar'))?.events.slice(3).map((event) => [event.act, event.detail])).toEqual(ways.map(([act]) => [act, '']))
  })

  test('is not to be had for a document that is only read', async () => {
    const receiptId = await signed('planning')
    const receiver = await story.as('planning')
    await receiver.call(contract.register, { receiptId, handling: 'read', readers: [await story.post('planningHead')] })
    expect(await refusalOf(receiver.call(contract.resume, { receiptId }))).toBe('exchange.already-in-handling')
  })
})

describe('a document for reading (阅件)', () => {
  test('lies before its readers, who are listed with time and opinion; the last of them finishes it', async () => {
    const receiptId = await signed('qingchuan')
    const receiver = await story.as('qingchuan')
    const readers = [await story.post('qingchuanHead'), await story.post('qingchuanClerk')]
    await receiver.call(contract.register, { receiptId, handling: 'read', readers: readers.slice(0, 1), purpose: '请阅知' })
    await receiver.call(contract.circulate, { receiptId, readers, purpose: '请阅' })
    await office.settle()

    const head = await story.as('qingchuanHead')
    expect((await head.call(inboxContract.list, { kind: 'to-read' })).rows.filter((row) => row.subjectId === receiptId)).toMatchObject([{ detail: '请阅知' }])
    expect((await story.see(receiptId, 'qingchuanHead'))?.abilities).toMatchObject({ read: null, signFor: 'exchange.not-receiver' })
    await head.call(contract.read, { receiptId, opinion: '已阅，请按要求落实' })
    expect(await refusalOf(head.call(contract.read, { receiptId }))).toBe('exchange.already-read')

    expect((await receiver.call(contract.urgeReaders, { receiptId })).urged).toEqual(readers.slice(1))
    expect(await refusalOf(receiver.call(contract.urgeReaders, { receiptId }))).toBe('exchange.urged-recently')
    const seen = await story.see(receiptId, 'qingchuan')
    expect(seen?.readers.map((reader) => [reader.personName, reader.opinion, reader.readAt !== null])).toEqual([
      ['贺庆丰', '已阅，请按要求落实', true], ['石磊', '', false],
    ])
    await (await story.as('qingchuanClerk')).call(contract.read, { receiptId })
    expect((await story.see(receiptId, 'qingchuan'))?.state).toBe('finished')
    const sender = await story.see(receiptId, 'registrar')
    expect(sender).toMatchObject({ state: 'finished', readers: [], documentId: null })
  })

  test('is never started as a case and never given to people of other organs', async () => {
    const receiptId = await signed('planning')
    const receiver = await story.as('planning')
    const foreign = [await story.post('financeHead')]
    expect(await refusalOf(receiver.call(contract.register, { receiptId, handling: 'read', readers: foreign }))).toBe('exchange.foreign-reader')
    const { documentId } = await receiver.call(contract.register, { receiptId, handling: 'read', readers: [await story.post('planningHead')] })
    await office.settle()
    expect((await receiver.call(workflowContract.case, { documentId })).case).toBeNull()
    expect(await refusalOf((await story.as('planningChecker')).call(contract.read, { receiptId }))).toBe('base.not-found')
    await receiver.call(contract.close, { receiptId })
    expect(await refusalOf((await story.as('planningHead')).call(contract.read, { receiptId }))).toBe('exchange.already-finished')
  })
})

describe('the proof of receipt', () => {
  test.each([
    ['the signed words', sql`update exchange_receipt set acknowledgement = replace(acknowledgement, '"copies":1', '"copies":2')`, ['copies']],
    ['the register', sql`update exchange_receipt set copies = 3`, ['copies']],
    ['the time', sql`update exchange_receipt set signed_at = signed_at + 1`, ['at']],
    ['the person', sql`update exchange_receipt set signed_person_id = 'somebody'`, ['person', 'key']],
  ])('an alteration of %s is found', async (_what, change, contradictions) => {
    const receiptId = await signed('planning')
    const client = await story.as('planning')
    expect(await client.call(contract.verify, { receiptId })).toMatchObject({ acknowledgement: 'valid', contradictions: [] })
    const { database } = office.server.world
    await database.write(async (db) => void (await sql`${change} where id = ${receiptId}`.execute(db.kysely)))
    const altered = await client.call(contract.verify, { receiptId })
    expect(altered.acknowledgement).toBe('broken')
    expect(altered.contradictions).toEqual(contradictions)
  })

  test('a signature by another key is found although it is genuine', async () => {
    const [one, other] = [await signed('planning'), await signed('finance')]
    const { database } = office.server.world
    await database.write(async (db) => {
      await sql`update exchange_receipt set public_key = (select public_key from exchange_receipt where id = ${other}) where id = ${one}`.execute(db.kysely)
    })
    const seen = await (await story.as('planning')).call(contract.verify, { receiptId: one })
    expect(seen).toMatchObject({ acknowledgement: 'broken', contradictions: ['key'] })
  })

  test('an altered envelope is found', async () => {
    const receiptId = await signed('planning')
    const { database } = office.server.world
    await database.write(async (db) => {
      await sql`update exchange_dispatch set envelope = replace(envelope, '市发展和改革局', '市财政局') where id = (select dispatch_id from exchange_receipt where id = ${receiptId})`.execute(db.kysely)
    })
    expect(await (await story.as('planning')).call(contract.verify, { receiptId })).toMatchObject({ envelope: 'broken', acknowledgement: 'valid' })
  })
})

describe('time', () => {
  test('who has not signed in time is urged on the next working morning, marked for the sender, and no more after signing', async () => {
    const documentId = await story.sealed()
    const { baishui: receiptId } = await story.send(documentId, ['baishui'])
    const registrar = await story.as('registrar')
    expect((await registrar.call(contract.urge, { receiptId, note: '请尽快签收' })).urgeCount).toBe(1)
    expect(await refusalOf(registrar.call(contract.urge, { receiptId }))).toBe('exchange.urged-recently')

    offsetMs = 20 * 86_400_000
    const fresh = new Story(office)
    await office.settle()
    const { database } = office.server.world
    const events = await database.read((db) => sql<{ act: string }>`select act from exchange_event where receipt_id = ${receiptId} order by seq`.execute(db.kysely))
    offsetMs = 0
    expect(events.rows.map((row) => row.act)).toEqual(['send', 'urge', 'overdue'])
    await fresh.signFor(receiptId, 'baishui')
    offsetMs = 40 * 86_400_000
    await office.settle()
    offsetMs = 0
    expect((await story.see(receiptId, 'baishui'))?.urgeCount).toBe(2)
  })
})
