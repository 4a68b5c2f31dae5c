/** What was handed in and never used leaves the store after a month, said before in the ledger; what anything still names stays. */
import { auditContract, type BlobDigest, instant } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { documentsContract } from '@xiewen/shared/documents'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { aHolder, anOutsideSeal, letIn, name, pem } from './outside-authority.ts'
import { resume, SealStory } from './story.ts'

const day = 86_400_000
let ahead = 0
let office: TestOffice
let story: SealStory
let aSeal: (dotsPerInch: number) => Promise<Uint8Array>

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(Date.now() + ahead) } })
  story = new SealStory(office)
  const root = await aHolder('root', '云岭省电子认证中心根证书', null)
  const [maker, signer] = [await aHolder('signer', '云岭省制章者', root), await aHolder('signer', name, root)]
  await letIn(office, story, pem(root.certificate), 'authority')
  await letIn(office, story, pem(maker.certificate), 'maker')
  aSeal = (dotsPerInch) => anOutsideSeal(maker, signer, { dotsPerInch })
}, 60_000)
afterAll(() => office.close())

async function later(days: number): Promise<void> {
  ahead += days * day
  ;({ office, story } = await resume(office))
}
const handIn = async (esl: Uint8Array) => (await (await story.as('keeper')).upload(contract.readMaterial, { of: 'outside' }, esl)).materialId
const acts = async (kind: string) => (await (await story.as('auditor')).call(auditContract.list, { kind })).rows.map(({ data }) => JSON.parse(data))
/** What is stored of an upload: its picture as drawn, and the file. */
const storedOf = async (materialId: string): Promise<readonly BlobDigest[]> => {
  const read = (await (await story.as('auditor')).call(auditContract.list, { kind: 'seals.material-read', subjectId: materialId })).rows.map(({ data }) => JSON.parse(data))
  return [read[0].drawing, read[0].data]
}
const isStored = (digests: readonly BlobDigest[]) => Promise.all(digests.map((digest) => office.server.world.services.blobs.has(digest)))

test('goes after a month when nothing names it, and the ledger says before what goes and who holds the rest', async () => {
  const [unused, applied, attached, again] = [await aSeal(300), await aSeal(340), await aSeal(380), await aSeal(420)]
  const ids = [await handIn(unused), await handIn(applied), await handIn(attached), await handIn(again)]
  const stored = await Promise.all(ids.map(storedOf))
  await (await story.as('keeper')).call(contract.propose, { materialId: ids[1] })
  const { documentId } = await (await story.as('drafter')).upload(documentsContract.importFile, {}, new TextEncoder().encode('关于刻制印章的请示\n'))
  await (await story.as('drafter')).upload(documentsContract.addAttachment, { documentId, fileName: '印章.esl' }, attached)
  await later(29)
  expect(await acts('seals.material-unused')).toEqual([])
  expect(await Promise.all(stored.map(isStored))).toEqual([[true, true], [true, true], [true, true], [true, true]])
  // Handed in once more: that upload is young.
  await handIn(again)
  await later(3)
  await office.settle()
  const [account, ...more] = await acts('seals.material-unused')
  expect(more).toEqual([])
  const [own, used, kept, twice] = stored
  expect(account.going).toEqual([{ id: ids[0], origin: 'outside', digest: own?.[0] }, { id: ids[0], origin: 'outside', digest: own?.[1] }, { id: ids[2], origin: 'outside', digest: kept?.[0] }])
  expect(account.staying.map(({ digest, heldBy }: { digest: string; heldBy: string }) => [digest, heldBy.split('.')[0]])).toEqual([
    [used?.[0], 'seal'], [used?.[1], 'seal'], [kept?.[1], 'document_attachment'], [twice?.[0], 'seal_material'], [twice?.[1], 'seal_material'],
  ])
  expect(await Promise.all(stored.map(isStored))).toEqual([[false, false], [true, true], [false, true], [true, true]])
  // What was looked after once is not looked after again; what was handed in since has its own month.
  await later(40)
  await office.settle()
  expect((await acts('seals.material-unused')).map(({ going }) => going.length)).toEqual([2, 3])
  expect(await Promise.all(stored.map(isStored))).toEqual([[false, false], [true, true], [false, true], [false, false]])
}, 120_000)

test('is named in no column of bytes: those hold texts being written, whose pictures count as attachments, and a secret of servers', async () => {
  const all = await office.server.world.database.read((db) => db.kysely.introspection.getTables())
  const inBytes = all.flatMap(({ name: table, columns }) => columns.filter(({ dataType }) => /blob|bytea|binary/i.test(dataType)).map((column) => `${table}.${column.name}`))
  // The index of texts (SQLite) is made of what stands elsewhere.
  expect(inBytes.filter((each) => !each.startsWith('document_search_')).toSorted()).toEqual(['cluster_secret.secret', 'document_snapshot.bytes', 'document_update.bytes', 'document_version.state'])
})
