/** Who may do what with a seal and an application at which moment: role × act × state, asked of the server. Where the server says
 * an act is not offered, the act is tried and its refusal written down. */
import { type SealApplicationId, type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, postOf, type TestOffice } from '../support/office.ts'
import { people, refusalOf, SealStory } from '../scenarios/seals/story.ts'

type Who = keyof typeof people

let office: TestOffice
let story: SealStory
const roles: readonly Who[] = ['registrar', 'approver', 'keeper', 'drafter', 'maker', 'auditor', 'stranger']
const reason = '核对'

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
})
afterAll(() => office.close())

async function useRow(applicationId: SealApplicationId, who: Who): Promise<string> {
  const client = await story.as(who)
  const seen = await client.call(contract.application, { applicationId }).catch(() => null)
  const { approve = false, impress = false, withdraw = false } = seen?.abilities ?? {}
  const tried = [
    ['approve', approve, () => client.call(contract.approve, { applicationId })],

    ['impress', impress, () => client.call(contract.impress, { applicationId })],
    ['withdraw', withdraw, () => client.call(contract.withdraw, { applicationId })],
  ] as const
  const cells: string[] = []
  for (const [act, isOffered, run] of tried) cells.push(`${act}: ${isOffered ? 'yes' : await refusalOf(run())}`)
  return `sees ${seen ? 'it' : 'nothing'}; ${cells.join(', ')}`
}

async function sealRow(sealId: SealId, who: Who): Promise<string> {
  const { id: borrower } = await postOf(await story.as('keeper'), '许丽')
  const client = await story.as(who)
  const reads = [
    ['list', () => client.call(contract.list, {})],
    ['picture', () => client.download(contract.picture, { sealId })],
    ['ledger', () => client.call(contract.ledger, {})],
    ['overview', () => client.call(contract.overview, {})],
    ['take-register', () => client.call(contract.takeRegister, { of: 'book' })],
    ['lend', () => client.call(contract.lend, { sealId, postId: borrower, from: 0, until: 1, reason })],
    ['end-lending', () => client.call(contract.endLending, { sealId })],
    ['enable', () => client.call(contract.enable, { sealId })],
    ['make', () => client.call(contract.make, { sealId })],
    ['approve-seal', () => client.call(contract.approveSeal, { sealId })],
  ] as const
  const cells: string[] = []
  for (const [act, run] of reads) cells.push(`${act}: ${(await refusalOf(run())).replace('nothing refused', 'yes')}`)
  return cells.join(', ')
}

test('the matrix of roles, acts and states is the one that was reviewed', async () => {
  const lines = ['# 印章: what each role may do', '']
  const write = async (state: string, cell: (who: Who) => Promise<string>) => {
    lines.push(`## ${state}`)
    for (const who of roles) lines.push(`- ${who} (${people[who]}): ${await cell(who)}`)
    lines.push('')
  }
  const sealId = await story.enabledSeal()
  await write('印章启用', (who) => sealRow(sealId, who))

  const documentId = await story.typeset()
  const registrar = await story.as('registrar')
  const { applicationId } = await registrar.call(contract.apply, { documentId })
  await write('待审批', (who) => useRow(applicationId, who))
  await (await story.as('approver')).call(contract.approve, { applicationId })
  await write('待用印', (who) => useRow(applicationId, who))
  await (await story.as('keeper')).call(contract.impress, { applicationId })
  await write('已用印', (who) => useRow(applicationId, who))

  const refused = await registrar.call(contract.apply, { documentId: await story.typeset() })
  await (await story.as('approver')).call(contract.refuse, { ...refused, reason })
  await write('不同意', (who) => useRow(refused.applicationId, who))
  const own = await story.permitted(await story.typeset('keeper'))
  await write('待用印, drafted by the keeper', (who) => useRow(own, who))
  await expect(lines.join('\n')).toMatchFileSnapshot('seals-matrix.md')
}, 120_000)
