/** Uncommon characters (生僻字) on their way through the office: a draft is never held up, a final file never has a box in a name. */
import { documentsContract, elementsOf, type DocumentId } from '@xiewen/shared/documents'
import { type ApiClient, editLive, RefusedByServer } from '@xiewen/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freezeVersion, setDocumentState } from '../../../server/src/documents/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'

let office: TestOffice
let drafter: ApiClient
let registrar: ApiClient

beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
  registrar = await office.as('zhaomin')
})
afterAll(() => office.close())

/** In no face; in an extension of 2020. */
const unknown = '\u{31350}'

async function draft(name: string): Promise<DocumentId> {
  const text = `关于王${name}同志任职的通知\n各科室：\n　　任命王${name}同志为办公室主任。\n　　请遵照执行。\n云州市政务服务数据管理局\n2026年11月20日\n`
  return (await drafter.upload(documentsContract.importFile, {}, new TextEncoder().encode(text))).documentId
}

async function signAndNumber(documentId: DocumentId): Promise<void> {
  const signed = await office.server.run(async (ctx) => {
    await setDocumentState(ctx, documentId, 'in-review')
    return { ok: true, value: await freezeVersion(ctx, documentId, '签发稿') }
  })
  if (!signed.ok) throw new Error(signed.refusal.code)
  await registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' })
}

test('the checker names a sign no typeface has, block by block and in the elements, and holds nobody up', async () => {
  const documentId = await draft(unknown)
  await editLive(drafter, documentId, (doc) => elementsOf(doc).set('copyTo', [`王${unknown}同志`]))
  const { findings } = await drafter.call(documentsContract.lint, { documentId })
  const told = findings.filter(({ rule }) => rule === 'G11')
  expect(told.map(({ block, element, severity }) => ({ block, element, severity }))).toEqual([
    { block: null, element: 'copyTo', severity: 'warning' },
    { block: 0, element: null, severity: 'warning' },
    { block: 2, element: null, severity: 'warning' },
  ])
  expect(told[1]?.params['text']).toBe(`${unknown}（U+31350）`)
})

test('proofs are made with a marked box, the final file is refused with sign, code point and page', async () => {
  const documentId = await draft(unknown)
  const proof = await drafter.download(documentsContract.pdf, { documentId })
  expect(new TextDecoder('latin1').decode(proof.bytes.subarray(0, 5))).toBe('%PDF-')
  expect((await drafter.call(documentsContract.layout, { documentId })).missing).toEqual([{ text: unknown, pages: [1], count: 2 }])
  await signAndNumber(documentId)
  const refused = await registrar.call(documentsContract.typeset, { documentId }).catch((error: unknown) => error)
  if (!(refused instanceof RefusedByServer)) throw new Error('a final file with a box in a name')
  expect(refused.refusal).toMatchObject({ code: 'documents.missing-glyphs', params: { text: `${unknown}（U+31350，p. 1）` } })
})

test('a sign another typeface lends is printed, and whoever typesets is told which face drew it', async () => {
  const documentId = await draft('\u{2A6D7}')
  const { findings } = await drafter.call(documentsContract.lint, { documentId })
  expect(findings.filter(({ rule }) => rule === 'G11')).toEqual([])
  expect(findings.find(({ rule }) => rule === 'G12')).toMatchObject({ severity: 'hint', page: 1, params: { text: '\u{2A6D7}', fix: 'LXGW WenKai' } })
  await signAndNumber(documentId)
  expect((await registrar.call(documentsContract.typeset, { documentId })).lent).toContainEqual({ family: 'LXGW WenKai', role: 'xiaobiaosong', text: '\u{2A6D7}', count: 1 })
})
