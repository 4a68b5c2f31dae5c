/** Sending a sealed document to organs and signing for it, through the public API. */
import { inboxContract } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { exchangeContract as contract } from '@xiewen/shared/exchange'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, Story } from './story.ts'

let office: TestOffice
let story: Story

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

describe('sending', () => {
  test('the organs named as addressees are proposed, others and those without a receiver are marked so', async () => {
    const documentId = await story.sealed()
    const rows = await story.candidates(documentId)
    expect(rows.filter((row) => row.named === 'main').map((row) => row.shortName)).toEqual(['市发展和改革局', '市财政局'])
    expect(rows.find((row) => row.shortName === '市政府')).toMatchObject({ hasReceiver: false, named: null })
    expect(rows.some((row) => row.shortName === '市政务服务数据管理局')).toBe(false)
  })

  test('a sealed document goes to three organs, is issued, and lies on the desks of their receivers', async () => {
    const documentId = await story.sealed()
    const receipts = await story.send(documentId, ['planning', 'finance', 'qingchuan'])
    const opened = await (await story.as('registrar')).call(documentsContract.open, { documentId })
    expect(opened.document.state).toBe('issued')
    expect(await story.states(documentId)).toEqual(['云州市发展和改革局 sent', '云州市财政局 sent', '青川县人民政府办公室 sent'])

    const todo = await (await story.as('planning')).call(inboxContract.list, { kind: 'todo' })
    expect(todo.rows.find((row) => row.subjectId === receipts.planning)).toMatchObject({ room: 'exchange', step: 'exchange.step.sign-for' })
    const { rows } = await (await story.as('registrar')).call(contract.sentList, {})
    expect(rows.find((row) => row.documentId === documentId)?.counts.sent).toBe(3)
  })

  test('only the registrar sends, only after sealing, to another organ with a receiver, once', async () => {
    const typeset = await story.typeset()
    const documentId = await story.sealed()
    const [finance, city] = [await story.organ('finance'), await story.organ('city')]
    const registrar = await story.as('registrar')
    const to = (organId: typeof finance) => ({ documentId, receivers: [{ organId }] })
    expect(await refusalOf((await story.as('drafter')).call(contract.send, to(finance)))).toBe('exchange.not-registrar')
    expect(await refusalOf((await story.as('planning')).call(contract.send, to(finance)))).toBe('base.not-found')
    expect(await refusalOf(registrar.call(contract.send, { ...to(finance), documentId: typeset }))).toBe('exchange.not-sealed')
    expect(await refusalOf(registrar.call(contract.send, to(city)))).toBe('exchange.no-receiver')
    expect(await refusalOf(registrar.call(contract.send, { documentId, receivers: [{ organId: finance }, { organId: finance }] }))).toBe('exchange.named-twice')
    const { document } = await registrar.call(documentsContract.open, { documentId })
    expect(await refusalOf(registrar.call(contract.send, to(document.organId)))).toBe('exchange.own-organ')
    await registrar.call(contract.send, to(finance))
    expect(await refusalOf(registrar.call(contract.send, to(finance)))).toBe('exchange.already-sent')
  })

  test('a resolution under its 题注, which nobody signs, goes out after typesetting and its receiver misses no seal', async () => {
    const resolution = '云州市政务服务数据管理局关于批准年度工作报告的决议\n（2026年11月18日云州市政务服务数据管理局第三次会议通过）\n　　会议审议了年度工作报告，决定予以批准。\n'
    const documentId = await story.typeset(resolution)
    const registrar = await story.as('registrar')
    const open = () => registrar.call(documentsContract.open, { documentId })
    expect(await open()).toMatchObject({ document: { state: 'typeset' }, rendition: { stage: 'typeset', sealPlaces: 0 } })
    await expect.poll(() => story.stepsOf(documentId)).toEqual(['workflow.step.dispatch'])

    const { planning: receiptId } = await story.send(documentId, ['planning'])
    expect((await open()).document.state).toBe('issued')
    await expect.poll(() => story.stepsOf(documentId)).toEqual([])
    await story.signFor(receiptId, 'planning')
    const verified = await (await story.as('planning')).call(contract.verify, { receiptId })
    expect(verified).toMatchObject({ seals: [], isUnsealed: true, digestMatches: true, envelope: 'valid', acknowledgement: 'valid' })
    // 补发 to a further organ is the same bytes.
    expect(Object.keys(await story.send(documentId, ['finance']))).toEqual(['finance'])
  })

  test('a text of another kind whose signature was left out does not go past the seal keeper', async () => {
    const documentId = await story.typeset('云州市政务服务数据管理局关于开展检查的通知\n各科室：\n　　现就有关事项通知如下。\n')
    expect(await (await story.as('registrar')).call(documentsContract.open, { documentId })).toMatchObject({ rendition: { stage: 'typeset', sealPlaces: 0 } })
    await expect.poll(() => story.stepsOf(documentId)).toEqual(['workflow.step.seal'])
    expect((await (await story.as('registrar')).call(contract.candidates, { documentId })).send).toBe('exchange.not-sealed')
  })

  test('minutes, which nobody signs, go out after typesetting, are signed for and miss no seal', async () => {
    const minutes = '云州市政务服务数据管理局会议纪要\n〔2026〕12号\n\n　　2026年11月18日，局长陈立新主持召开会议，研究政务数据共享工作。现将会议议定事项纪要如下：\n一、数据共享\n　　会议议定，各单位按月核对共享数据。\n　　出席：陈立新、王强\n'
    const documentId = await story.typeset(minutes)
    const registrar = await story.as('registrar')
    const opened = await registrar.call(documentsContract.open, { documentId })
    // Without a title on their pages they go by their mark.
    expect(opened).toMatchObject({ document: { kind: '纪要', state: 'typeset', title: '云州市政务服务数据管理局会议纪要' }, rendition: { stage: 'typeset', sealPlaces: 0 } })

    const { finance: receiptId } = await story.send(documentId, ['finance'])
    expect((await registrar.call(documentsContract.open, { documentId })).document.state).toBe('issued')
    await story.signFor(receiptId, 'finance')
    const verified = await (await story.as('finance')).call(contract.verify, { receiptId })
    expect(verified).toMatchObject({ seals: [], isUnsealed: true, digestMatches: true, envelope: 'valid', acknowledgement: 'valid' })
  })

  test('what has a signature waits for its seal, whoever asks', async () => {
    const documentId = await story.typeset()
    await expect.poll(() => story.stepsOf(documentId)).toEqual(['workflow.step.seal'])
    expect((await (await story.as('registrar')).call(contract.candidates, { documentId })).send).toBe('exchange.not-sealed')
  })

  test('the same request repeated sends once', async () => {
    const documentId = await story.sealed()
    const registrar = await story.as('registrar')
    const input = { documentId, receivers: [{ organId: await story.organ('baishui') }] }
    const key = 'one-request-number-for-two-calls'
    const both = await Promise.all([1, 2].map(() => registrar.call(contract.send, input, { idempotencyKey: key })))
    expect(both[0]).toEqual(both[1])
    expect(await story.states(documentId)).toEqual(['白水县人民政府办公室 sent'])
  })
})

describe('signing for it', () => {
  test('the receiver signs for exactly the bytes that were sent, and sender and receiver both see who and when', async () => {
    const documentId = await story.sealed()
    const { planning: receiptId } = await story.send(documentId, ['planning'])
    const receiver = await story.as('planning')
    expect(await refusalOf(receiver.call(contract.signFor, { receiptId, digest: 'a'.repeat(64) }))).toBe('exchange.other-bytes')
    await story.signFor(receiptId, 'planning')

    const seen = await story.see(receiptId, 'planning')
    expect(seen).toMatchObject({ state: 'signed-for', signedFor: { personName: '谢婷', onBehalfOf: null } })
    const { dispatches } = await (await story.as('registrar')).call(contract.tracking, { documentId })
    expect(dispatches[0]?.receipts[0]).toMatchObject({ state: 'signed-for', signedFor: { personName: '谢婷' }, withdraw: 'exchange.withdraw-after-signing' })
    const verified = await receiver.call(contract.verify, { receiptId })
    expect(verified).toMatchObject({ digestMatches: true, verdict: 'VALID', envelope: 'valid', acknowledgement: 'valid', contradictions: [], isUnsealed: false })
    expect(verified.seals).toMatchObject([{ verdict: 'VALID', sealName: '云州市政务服务数据管理局' }])
    const todo = await receiver.call(inboxContract.list, { kind: 'todo' })
    expect(todo.rows.filter((row) => row.subjectId === receiptId).map((row) => row.step)).toEqual(['exchange.step.register'])
  })

  test('the receiver downloads the very bytes that were sealed', async () => {
    const documentId = await story.sealed()
    const { finance: receiptId } = await story.send(documentId, ['finance'])
    const sent = await (await story.as('registrar')).download(documentsContract.pdf, { documentId })
    const received = await (await story.as('finance')).download(contract.pdf, { receiptId })
    expect(Buffer.from(received.bytes).equals(Buffer.from(sent.bytes))).toBe(true)
  })

  test('a receiver of another organ sees nothing of it', async () => {
    const documentId = await story.sealed()
    const { planning: receiptId } = await story.send(documentId, ['planning'])
    const stranger = await story.as('finance')
    expect(await story.see(receiptId, 'finance')).toBeNull()
    expect(await refusalOf(stranger.call(contract.signFor, { receiptId, digest: 'a'.repeat(64) }))).toBe('base.not-found')
    expect(await refusalOf(stranger.download(contract.pdf, { receiptId }))).toBe('base.not-found')
    expect(await refusalOf(stranger.call(contract.verify, { receiptId }))).toBe('base.not-found')
    expect((await stranger.call(contract.tracking, { documentId })).dispatches).toEqual([])
    const list = await stranger.call(contract.receivedList, {})
    expect(list.rows.some((row) => row.id === receiptId)).toBe(false)
  })

  test('the receiver sees the sealed document and nothing of how it was drafted', async () => {
    const documentId = await story.sealed()
    await story.send(documentId, ['planning'])
    expect(await refusalOf((await story.as('planning')).call(documentsContract.open, { documentId }))).toBe('documents.not-found')
  })
})

describe('going back', () => {
  test('a return before signing needs a reason, reaches the sender, and the organ may be sent to again', async () => {
    const documentId = await story.sealed()
    const { planning: receiptId } = await story.send(documentId, ['planning'])
    const receiver = await story.as('planning')
    expect(await refusalOf(receiver.call(contract.return, { receiptId, reason: ' ' }))).toBe('exchange.reason-needed')
    await receiver.call(contract.return, { receiptId, reason: '主送机关有误' })
    expect(await refusalOf(receiver.download(contract.pdf, { receiptId }))).toBe('exchange.already-returned')

    const registrar = await story.as('registrar')
    const entry = async () => (await registrar.call(inboxContract.list, { kind: 'todo' })).rows.find((row) => row.taskId === `${receiptId}.returned`)
    expect(await entry()).toMatchObject({ subjectId: documentId, detail: '云州市发展和改革局退回：主送机关有误' })
    await story.send(documentId, ['planning'])
    expect(await entry()).toBeUndefined()
    expect(await story.states(documentId)).toEqual(['云州市发展和改革局 returned', '云州市发展和改革局 sent'])
  })

  test('after signing nothing can be returned or withdrawn', async () => {
    const { planning: receiptId } = await story.send(await story.sealed(), ['planning'])
    await story.signFor(receiptId, 'planning')
    expect(await refusalOf((await story.as('planning')).call(contract.return, { receiptId, reason: '不收' }))).toBe('exchange.return-after-signing')
    expect(await refusalOf((await story.as('registrar')).call(contract.withdraw, { receiptId }))).toBe('exchange.withdraw-after-signing')
  })

  test('what was withdrawn leaves the receiver’s inbox and can no longer be read or signed for', async () => {
    const { planning: receiptId } = await story.send(await story.sealed(), ['planning'])
    await (await story.as('registrar')).call(contract.withdraw, { receiptId, reason: '附件有误' })
    const receiver = await story.as('planning')
    expect((await receiver.call(inboxContract.list, { kind: 'todo' })).rows.some((row) => row.subjectId === receiptId)).toBe(false)
    expect(await refusalOf(receiver.download(contract.pdf, { receiptId }))).toBe('exchange.already-withdrawn')
    expect(await refusalOf(story.signFor(receiptId, 'planning'))).toBe('exchange.already-withdrawn')
    expect(await refusalOf(receiver.call(contract.withdraw, { receiptId }))).toBe('exchange.not-registrar')
  })

  test('of signing and withdrawing at the same moment exactly one wins', async () => {
    const documentId = await story.sealed()
    const receipts = await story.send(documentId, ['planning', 'finance', 'qingchuan', 'baishui'])
    const registrar = await story.as('registrar')
    for (const who of ['planning', 'finance', 'qingchuan', 'baishui'] as const) {
      const receiptId = receipts[who]
      const seen = await story.see(receiptId, who)
      const receiver = await story.as(who)
      const outcomes = await Promise.all([
        refusalOf(receiver.call(contract.signFor, { receiptId, digest: seen?.digest ?? '' })),
        refusalOf(registrar.call(contract.withdraw, { receiptId })),
      ])
      expect(outcomes.filter((outcome) => outcome === 'nothing refused')).toHaveLength(1)
      const after = await story.see(receiptId, who)
      expect(after?.state).toBe(outcomes[0] === 'nothing refused' ? 'signed-for' : 'withdrawn')
    }
  })
})
