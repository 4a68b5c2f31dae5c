/** Filing through the public API: what waits, numbers, parts, checking, leaving out, and who sees it. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { archiveContract as contract } from '@xiewen/shared/archive'
import { inboxContract } from '@xiewen/shared/base'
import type { DocumentId } from '@xiewen/shared/documents'
import { exchangeContract } from '@xiewen/shared/exchange'
import type { ApiClient } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCandidate } from '../../../server/src/archive/repository.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, Story } from '../exchange/story.ts'

let office: TestOffice
let story: Story
let archivist: ApiClient
let foreign: ApiClient

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
  archivist = await office.as('dingyiming')
  foreign = await office.as('qinsong')
})
afterAll(() => office.close())

async function setFonds(client: ApiClient, fonds: string): Promise<void> {
  const { organs } = await client.call(contract.settings, {})
  const [organ] = organs
  if (!organ) throw new Error('an archivist has an organ')
  await client.call(contract.setFonds, { organId: organ.organId, fonds })
}

async function issued(): Promise<DocumentId> {
  const documentId = await story.sealed()
  await story.send(documentId, ['planning'])
  await office.settle()
  return documentId
}

async function filed(period: 'permanent' | 'years-30' | 'years-10' = 'years-30') {
  const documentId = await issued()
  return { documentId, ...(await archivist.call(contract.file, { documentId, period })) }
}

describe('filing', () => {
  test('nothing is filed before the organ has a 全宗号, and a 全宗号 belongs to one organ', async () => {
    const documentId = await issued()
    expect(await refusalOf(archivist.call(contract.file, { documentId, period: 'years-30' }))).toBe('archive.fonds-missing')
    await setFonds(archivist, 'Z109')
    expect(await refusalOf(setFonds(foreign, 'Z109'))).toBe('archive.fonds-taken')
    await setFonds(foreign, 'Z001')
    await archivist.call(contract.file, { documentId, period: 'permanent' })
    expect(await refusalOf(setFonds(archivist, 'Z110'))).toBe('archive.fonds-in-use')
  })

  test('an issued document waits with a proposed period and lies in the archivist’s inbox until it is filed', async () => {
    const documentId = await issued()
    const { rows } = await archivist.call(contract.pending, {})
    expect(rows.find((row) => row.documentId === documentId)).toMatchObject({ suggestedPeriod: 'years-30', suggestedYear: 2026, responsible: '云州市政务服务数据管理局' })
    const waits = async () => (await archivist.call(inboxContract.list, { kind: 'todo', room: 'archive' })).rows.some((row) => row.room === 'archive' && row.subjectId === documentId)
    expect(await waits()).toBe(true)

    const { number, pieceId } = await archivist.call(contract.file, { documentId, period: 'years-30' })
    expect(number).toBe('Z109-WS·2026·D30-0001')
    expect(await waits()).toBe(false)
    expect((await archivist.call(contract.pending, {})).rows.some((row) => row.documentId === documentId)).toBe(false)
    const { piece } = await archivist.call(contract.view, { pieceId })
    expect(piece.parts.map((part) => part.name)).toEqual(['正本.pdf', '定稿.txt', '定稿.json', '处理单.txt', '发文稿纸.pdf', '流程.json', '元数据.json', '固化信息.json'])
    expect((await (await story.as('drafter')).call(contract.ofDocument, { documentId })).filed?.number).toBe(number)
    expect(await refusalOf(archivist.call(contract.file, { documentId, period: 'permanent' }))).toBe('archive.already-filed')
  })

  test('a document that is not issued cannot be filed', async () => {
    const documentId = await story.sealed()
    await office.settle()
    expect(await refusalOf(archivist.call(contract.file, { documentId, period: 'years-30' }))).toBe('archive.not-found')
  })

  test('numbers filed at the same moment follow each other without gap or double, and one document gets one', async () => {
    const documents = [await issued(), await issued(), await issued()]
    const outcomes = await Promise.allSettled([...documents, ...documents].map((documentId) => archivist.call(contract.file, { documentId, period: 'years-10' })))
    const numbers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.number] : []))
    expect(numbers.sort()).toEqual([1, 2, 3].map((serial) => `Z109-WS·2026·D10-000${serial}`))
  })

  test('the year of filing is neither before the document nor in the future', async () => {
    const documentId = await issued()
    expect(await refusalOf(archivist.call(contract.file, { documentId, period: 'years-30', year: 2025 }))).toBe('archive.wrong-year')
    expect(await refusalOf(archivist.call(contract.file, { documentId, period: 'years-30', year: 2999 }))).toBe('archive.wrong-year')
  })

  test('a document left out is not filed until it is taken back', async () => {
    const documentId = await issued()
    await archivist.call(contract.leaveOut, { documentId, reason: '参考抄件' })
    expect(await refusalOf(archivist.call(contract.file, { documentId, period: 'years-10' }))).toBe('archive.left-out')
    expect((await archivist.call(contract.pending, { leftOut: true })).rows).toMatchObject([{ documentId, leftOut: '参考抄件' }])
    await archivist.call(contract.takeBack, { documentId })
    expect((await archivist.call(contract.pending, {})).rows.some((row) => row.documentId === documentId)).toBe(true)
  })
})

describe('checking and export', () => {
  test('an untouched piece is intact and its seal VALID', async () => {
    const { pieceId } = await filed()
    const { check } = await archivist.call(contract.check, { pieceId })
    expect(check).toMatchObject({ intact: true, registerAgrees: true, seal: { verdict: 'VALID' } })
  })

  test('one changed byte in a stored part is found, and a damaged piece is not exported', async () => {
    const { pieceId } = await filed()
    const { piece } = await archivist.call(contract.view, { pieceId })
    const fixity = piece.parts.find((part) => part.kind === 'fixity')
    if (!fixity) throw new Error('every piece has 固化信息')
    const folder = await findBlob(office.dataDir, fixity.digest)
    await writeFile(folder, 'x')
    const { check } = await archivist.call(contract.check, { pieceId })
    expect(check.intact).toBe(false)
    expect(check.parts.filter((part) => part.condition !== 'intact')).toEqual([{ place: fixity.place, condition: 'altered' }])
    expect(await refusalOf(archivist.download(contract.export, { pieceId }))).toBe('archive.damaged')
  })

  test('the package is a ZIP that holds every part unchanged', async () => {
    const { pieceId, number } = await filed()
    const { bytes, mediaType } = await archivist.download(contract.export, { pieceId })
    expect(mediaType).toContain('application/zip')
    const { piece } = await archivist.call(contract.view, { pieceId })
    const packed = Buffer.from(bytes)
    expect(packed.readUInt32LE(0)).toBe(0x04034b50)
    expect(packed.readUInt16LE(packed.length - 12)).toBe(piece.parts.length + 2)
    for (const part of piece.parts) {
      expect(packed.includes(`${number}/${part.name}`)).toBe(true)
      const kept = await archivist.download(contract.part, { pieceId, place: part.place })
      expect(packed.includes(Buffer.from(kept.bytes))).toBe(true)
    }
  })
})

describe('sight', () => {
  test('an archivist of another organ sees nothing, and everybody else is refused', async () => {
    const { pieceId, documentId } = await filed()
    expect((await foreign.call(contract.list, {})).rows).toEqual([])
    expect((await foreign.call(contract.pending, {})).rows).toEqual([])
    const drafter = await story.as('drafter')
    for (const [client, code] of [[foreign, 'archive.not-found'], [drafter, 'archive.not-archivist']] as const) {
      expect(await refusalOf(client.call(contract.view, { pieceId }))).toBe(code)
      expect(await refusalOf(client.call(contract.check, { pieceId }))).toBe(code)
      expect(await refusalOf(client.download(contract.part, { pieceId, place: 1 }))).toBe(code)
      expect(await refusalOf(client.download(contract.export, { pieceId }))).toBe(code)
      expect(await refusalOf(client.call(contract.file, { documentId, period: 'years-30' }))).toBe(code)
    }
  })

  test('lists are narrowed by year, period and words', async () => {
    const { number } = await filed('permanent')
    expect((await archivist.call(contract.list, { text: number })).rows.map((row) => row.number)).toEqual([number])
    expect((await archivist.call(contract.list, { period: 'years-10' })).rows.every((row) => row.period === 'years-10')).toBe(true)
    expect((await archivist.call(contract.list, { year: 2025 })).rows).toEqual([])
  })
})

test('a received document that was read to the end is ready for its own organ, with the sender’s sealed PDF as original', async () => {
  const documentId = await story.sealed()
  const { finance } = await story.send(documentId, ['finance'])
  await story.signFor(finance, 'finance')
  const clerk = await story.as('finance')
  const registered = await clerk.call(exchangeContract.register, { receiptId: finance, handling: 'read', readers: [await story.post('financeHead')] })
  await (await story.as('financeHead')).call(exchangeContract.read, { receiptId: finance })
  await office.settle()
  const candidate = await office.server.read((ctx) => findCandidate(ctx.db, registered.documentId))
  expect(candidate).toMatchObject({ origin: 'incoming', sent_document_id: documentId, responsible: '云州市政务服务数据管理局', register_number: '收〔2026〕1号' })
  expect(candidate?.ready_at).not.toBeNull()
})

async function findBlob(dir: string, digest: string): Promise<string> {
  const names = await readdir(dir, { recursive: true })
  const name = names.find((each) => each.endsWith(join(digest.slice(0, 2), digest.slice(2))))
  if (name === undefined) throw new Error(`no blob ${digest}`)
  return join(dir, name)
}
