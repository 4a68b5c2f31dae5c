/** Typefaces of the office: dropped into a folder, tried, chosen as an act; what is final stays as it was sealed. */
import { documentsContract, type DocumentId, type FaceChoice } from '@xiewen/shared/documents'
import { type ApiClient, RefusedByServer } from '@xiewen/server'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freezeVersion, renderIssuedPage, setDocumentState } from '../../../server/src/documents/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'

/** A black face that every installation has; whoever sees it in the text sees that it was chosen. */
const black = fileURLToPath(new URL('../../../node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Medium.otf', import.meta.url))
const none: FaceChoice = { fangsong: '', xiaobiaosong: '', heiti: '', kaiti: '', songti: '' }
const own: FaceChoice = { ...none, fangsong: '单位仿宋.otf#0' }

let office: TestOffice
let administrator: ApiClient
let drafter: ApiClient
let registrar: ApiClient
let folder: string

beforeAll(async () => {
  office = await anOffice()
  folder = join(office.dataDir, 'fonts')
  mkdirSync(folder, { recursive: true })
  administrator = await office.as('sysadmin')
  drafter = await office.as('zhangxiaoyu')
  registrar = await office.as('zhaomin')
})
afterAll(() => office.close())

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => null, (problem: unknown) => problem)
  return error instanceof RefusedByServer ? error.refusal.code : 'nothing refused'
}

async function typesetDocument(): Promise<DocumentId> {
  const text = '关于做好数据共享工作的通知\n各科室：\n　　现就有关事项通知如下。\n云州市政务服务数据管理局\n2026年11月20日\n'
  const { documentId } = await drafter.upload(documentsContract.importFile, {}, new TextEncoder().encode(text))
  const signed = await office.server.run(async (ctx) => {
    await setDocumentState(ctx, documentId, 'in-review')
    return { ok: true, value: await freezeVersion(ctx, documentId, '签发稿') }
  })
  if (!signed.ok) throw new Error(signed.refusal.code)
  await registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' })
  await registrar.call(documentsContract.typeset, { documentId })
  return documentId
}

const issuedPage = (documentId: DocumentId) => office.server.read((ctx) => renderIssuedPage(ctx.db, ctx.services.fonts, documentId, 1))
const fingerprint = async () => (await drafter.call(documentsContract.faces, {})).fingerprint

test('a file dropped into the folder can be tried and chosen at once, by those who may, and once only', async () => {
  const before = await administrator.call(documentsContract.typefaces, {})
  expect(before).toMatchObject({ version: 0, changed: null, isBehind: false, refused: [], choice: none })
  copyFileSync(black, join(folder, '单位仿宋.otf'))
  writeFileSync(join(folder, '坏.ttf'), 'no font')
  const seen = await administrator.call(documentsContract.typefaces, {})
  expect(seen).toMatchObject({ isBehind: true, refused: [{ file: '坏.ttf', reason: 'not-a-font' }] })
  expect(seen.roles.find(({ role }) => role === 'fangsong')?.options).toContainEqual(expect.objectContaining({ key: '单位仿宋.otf#0', file: '单位仿宋.otf', origin: 'office', isStandIn: false }))

  const [usual, tried] = [await administrator.call(documentsContract.previewTypefaces, none), await administrator.call(documentsContract.previewTypefaces, own)]
  expect(tried.pages[0]).not.toBe(usual.pages[0])
  const print = await fingerprint()
  expect(await refusalOf(registrar.call(documentsContract.chooseTypefaces, { choice: own, version: 0, reason: '' }))).toBe('base.not-allowed')
  expect(await refusalOf(drafter.call(documentsContract.typefaces, {}))).toBe('base.not-allowed')
  expect(await refusalOf(administrator.call(documentsContract.chooseTypefaces, { choice: { ...none, heiti: '../../etc/passwd#0' }, version: 0, reason: '' }))).toBe('documents.unknown-typeface')
  expect(await fingerprint()).toBe(print)

  const issued = await typesetDocument()
  const [pdf, page] = [await drafter.download(documentsContract.pdf, { documentId: issued }), await issuedPage(issued)]
  expect(await administrator.call(documentsContract.chooseTypefaces, { choice: own, version: 0, reason: '购入' })).toEqual({ version: 1 })
  expect(await refusalOf(administrator.call(documentsContract.chooseTypefaces, { choice: none, version: 0, reason: '' }))).toBe('documents.typefaces-changed')
  expect(await fingerprint()).not.toBe(print)
  expect(await administrator.call(documentsContract.typefaces, {})).toMatchObject({ version: 1, changed: { name: expect.any(String), reason: '购入' }, choice: own, isBehind: false })

  // What is final stays: its file, its pages for receivers, its preview.
  expect(Buffer.compare(Buffer.from((await drafter.download(documentsContract.pdf, { documentId: issued })).bytes), Buffer.from(pdf.bytes))).toBe(0)
  expect(await issuedPage(issued)).toBe(page)
  const later = await typesetDocument()
  expect((await issuedPage(later))?.length).not.toBe(page?.length)
})

test('the choice is found again after a restart', async () => {
  const { readFaceChoices } = await import('../../../server/src/documents/index.ts')
  expect(await office.server.read((ctx) => readFaceChoices(ctx.db))).toEqual({ fangsong: '单位仿宋.otf#0' })
})
