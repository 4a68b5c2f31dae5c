/** 联合行文 and 骑缝章: several organs seal one file, each at its own place, in any order. */
import { ApiClient } from '@xiewen/server'
import { parseCertificate, verifyFile } from '@xiewen/crypto'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { type SealApplicationId, type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { jointLetter, refusalOf, SealStory } from './story.ts'

// Two organs, eleven people and four sealed files: slow is not wrong.
vi.setConfig({ testTimeout: 120_000 })

let office: TestOffice
let story: SealStory
let bureauSeal: SealId
let officeSeal: SealId

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
  bureauSeal = await story.enabledSeal()
  officeSeal = await story.enabledSeal('officeKeeper', 'officeApprover')
})
afterAll(() => office.close())

/** Both organs have permitted their seals, side by side, on the same unsealed file. */
async function permitted(documentId: DocumentId, straddle: 'none' | 'single' = 'none') {
  const registrar = await story.as('registrar')
  const ask = async (sealId: SealId) => (await registrar.call(contract.apply, { documentId, sealId, straddle })).applicationId
  const [bureau, partner] = [await ask(bureauSeal), await ask(officeSeal)]
  await (await story.as('approver')).call(contract.approve, { applicationId: bureau })
  await (await story.as('officeApprover')).call(contract.approve, { applicationId: partner })
  return { bureau, partner }
}

const impress = async (who: 'keeper' | 'officeKeeper', applicationId: SealApplicationId) => (await story.as(who)).call(contract.impress, { applicationId })
const stateOf = async (documentId: DocumentId) => (await (await story.as('registrar')).call(documentsContract.open, { documentId })).document.state
const needsOf = async (documentId: DocumentId) => (await story.as('registrar')).call(contract.needs, { documentId })

describe('a joint issue', () => {
  test('names the seal of every organ, and is sealed when all have sealed, whoever comes first', async () => {
    const documentId = await story.typeset('drafter', jointLetter)
    expect((await needsOf(documentId)).needs).toMatchObject([
      { organ: '云州市政务服务数据管理局', sealId: bureauSeal, state: 'none' },
      { organ: '云州市人民政府办公室', sealId: officeSeal, state: 'none' },
    ])
    const { bureau, partner } = await permitted(documentId, 'single')
    expect((await needsOf(documentId)).needs.map(({ state }) => state)).toEqual(['asked', 'asked'])
    await impress('officeKeeper', partner)
    expect(await stateOf(documentId)).toBe('typeset')
    expect((await needsOf(documentId)).needs.map(({ state }) => state)).toEqual(['asked', 'impressed'])
    expect(await refusalOf((await story.as('registrar')).call(documentsContract.typeset, { documentId }))).toBe('documents.wrong-state')
    const done = await impress('keeper', bureau)
    expect(await stateOf(documentId)).toBe('sealed')
    expect(done.verification).toMatchObject({ verdict: 'VALID', seals: [{ verdict: 'VALID', sealName: '云州市人民政府办公室' }, { verdict: 'VALID', sealName: '云州市政务服务数据管理局' }] })
    const { reconciliation } = await (await story.as('auditor')).call(contract.ledger, {})
    expect(reconciliation).toMatchObject({ unexplained: 0, impressions: reconciliation.used })
    await expectStraddled(documentId)
    const ofd = (await (await story.as('registrar')).download(documentsContract.ofd, { documentId })).bytes
    const seen = await new ApiClient(office.server.url).upload(contract.verify, {}, ofd)
    expect(seen).toMatchObject({ verdict: 'VALID', seals: [{ sealName: '云州市人民政府办公室' }, { sealName: '云州市政务服务数据管理局' }], registered: { title: '关于做好数据共享工作的通知' } })
  })

  /** Each seal stands at its place and over the seam of every page, at a height of its own. */
  async function expectStraddled(documentId: DocumentId): Promise<void> {
    const folder = join(office.dataDir, 'trust')
    const trust = await Promise.all((await readdir(folder)).filter((name) => name.endsWith('.cer')).map(async (name) => parseCertificate(await readFile(join(folder, name)))))
    const report = await verifyFile(await story.pdf(documentId), { trust, at: Date.now(), revoked: [] })
    const { pages } = await needsOf(documentId)
    expect(pages).toBeGreaterThan(1)
    for (const { places } of report.signatures) {
      expect(places.slice(1).map(({ page }) => page)).toEqual(Array.from({ length: pages }, (_, i) => i + 1))
    }
    const heights = report.signatures.map(({ places }) => Math.round((places[1]?.topMm ?? 0) + (places[1]?.heightMm ?? 0) / 2))
    expect(heights.toSorted((a, b) => a - b)).toEqual([149, 199])
  }

  test('two keepers at once leave both seals on the file, or tell one to try again', async () => {
    const documentId = await story.typeset('drafter', jointLetter)
    const { bureau, partner } = await permitted(documentId)
    const both = await Promise.all([refusalOf(impress('keeper', bureau)), refusalOf(impress('officeKeeper', partner))])
    for (const [i, outcome] of both.entries()) {
      expect(['nothing refused', 'base.conflict']).toContain(outcome)
      if (outcome === 'base.conflict') await (i === 0 ? impress('keeper', bureau) : impress('officeKeeper', partner))
    }
    expect((await needsOf(documentId)).needs.map(({ state }) => state)).toEqual(['impressed', 'impressed'])
    expect(await stateOf(documentId)).toBe('sealed')
  })
})

test('a seal over the seam needs a seam', async () => {
  const documentId = await story.typeset()
  expect(await refusalOf((await story.as('registrar')).call(contract.apply, { documentId, straddle: 'double' }))).toBe('seals.too-few-pages')
})
