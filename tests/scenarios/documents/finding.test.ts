/** Finding documents: by number, code, drafter and words of the title. */
import { documentsContract as contract } from '@xiewen/shared/documents'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { Story } from '../workflow/story.ts'

let office: TestOffice
let story: Story

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
  const caseId = await story.submitted()
  await story.toSigning(caseId)
  await story.sign(caseId)
  await office.settle()
  const { documentId } = await story.see(caseId)
  await (await story.as('registrar')).call(contract.allocateNumber, { documentId, code: '云政数发', year: 2026 })
  await story.draft()
  await office.settle()
})
afterAll(() => office.close())

/** Titles and serials the registrar's list shows for a text. */
async function found(text: string): Promise<readonly (number | null)[]> {
  const { rows } = await (await story.as('registrar')).call(contract.list, { text })
  return rows.map((row) => row.number?.serial ?? null)
}

describe('the list', () => {
  test.each(['云政数发〔2026〕1号', '云政数发[2026]1号', '政数发〔2026〕1', '〔2026〕1号', '〕1号', '1号'])('finds a number typed as %s', async (text) => {
    expect(await found(text)).toEqual([1])
  })

  test.each(['〕2号', '〔2025〕1号', '云府发〔2026〕1号', '11号'])('does not find another number: %s', async (text) => {
    expect(await found(text)).toEqual([])
  })

  test.each(['云政数发', '张晓雨', '晓雨', '数据共享自查', '2026'])('finds by code, drafter, title or year: %s', async (text) => {
    expect(await found(text)).toEqual([1])
  })

  test('finds nothing by a word that stands only in the text', async () => {
    expect(await found('共享目录')).toEqual([])
    expect((await (await story.as('registrar')).call(contract.search, { text: '共享目录' })).rows).toHaveLength(1)
  })

  test('a number declared void is not found any more', async () => {
    const registrar = await story.as('registrar')
    const { rows } = await registrar.call(contract.list, { text: '〕1号' })
    const documentId = rows[0]?.id
    if (!documentId) throw new Error('not found')
    await registrar.call(contract.voidNumber, { documentId, reason: '编号有误' })
    expect(await found('云政数发〔2026〕1号')).toEqual([])
    expect(await found('云政数发')).toEqual([])
  })
})
