/** Who may do what in the archive: role × act, asked of the server and kept in a file people can read and sign off. */
import { archiveContract as contract } from '@xiewen/shared/archive'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../support/office.ts'
import { refusalOf, Story } from '../scenarios/exchange/story.ts'

let office: TestOffice
let story: Story
const roles = [
  ['archivist of the organ', 'dingyiming'], ['archivist of another organ', 'qinsong'], ['drafter of the document', 'zhangxiaoyu'], ['registrar', 'zhaomin'],
  ['leader', 'chenguodong'], ['receiver elsewhere', 'xieting'], ['system administrator', 'sysadmin'], ['audit administrator', 'auditadmin'],
] as const

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

async function issued() {
  const documentId = await story.sealed()
  await story.send(documentId, ['planning'])
  await office.settle()
  return documentId
}

test('the matrix of roles and acts is the one that was reviewed', async () => {
  const archivist = await office.as('dingyiming')
  const [organ] = (await archivist.call(contract.settings, {})).organs
  if (!organ) throw new Error('an archivist has an organ')
  await archivist.call(contract.setFonds, { organId: organ.organId, fonds: 'Z109' })
  const documentId = await issued()
  const waiting = await issued()
  const { pieceId } = await archivist.call(contract.file, { documentId, period: 'permanent' })
  const lines = ['# 档案: what each role may do', '']
  // The archivist comes last: leaving out changes what the others would find.
  for (const [role, login] of [...roles.slice(1), roles[0]]) {
    const client = await office.as(login)
    const acts: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['pending', () => client.call(contract.pending, {})],
      ['list', () => client.call(contract.list, {})],
      ['view', () => client.call(contract.view, { pieceId })],
      ['check', () => client.call(contract.check, { pieceId })],
      ['part', () => client.download(contract.part, { pieceId, place: 1 })],
      ['export', () => client.download(contract.export, { pieceId })],
      ['of-document', () => client.call(contract.ofDocument, { documentId })],
      ['settings', () => client.call(contract.settings, {})],
      ['set-fonds', () => client.call(contract.setFonds, { organId: organ.organId, fonds: 'Z109' })],
      ['leave-out', () => client.call(contract.leaveOut, { documentId: waiting, reason: '重份文件' })],
    ]
    lines.push(`## ${role}`)
    for (const [name, work] of acts) lines.push(`- ${name}: ${(await refusalOf(work())).replace('nothing refused', 'yes')}`)
    lines.push('')
  }
  await expect(lines.join('\n')).toMatchFileSnapshot('archive-matrix.md')
})
