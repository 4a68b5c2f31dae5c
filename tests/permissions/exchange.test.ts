/** Who may do what with a sent document at which moment: role × act × state, asked of the server and kept in a file people can
 * read and sign off. */
import { exchangeContract as contract, type ReceiptId } from '@xiewen/shared/exchange'
import { workflowContract } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../support/office.ts'
import { people, refusalOf, Story, type Who } from '../scenarios/exchange/story.ts'

let office: TestOffice
let story: Story
const roles: readonly Who[] = ['registrar', 'drafter', 'finance', 'financeHead', 'financeChecker', 'planning', 'qingchuanHead']

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

async function row(receiptId: ReceiptId, documentId: Parameters<Story['states']>[0], who: Who): Promise<string> {
  const client = await story.as(who)
  const { receipt } = await client.call(contract.receipt, { receiptId })
  const { dispatches } = await client.call(contract.tracking, { documentId })
  const line = dispatches.flatMap((dispatch) => dispatch.receipts).find((each) => each.id === receiptId)
  const sending = line ? [...(line.urge === null ? ['urge'] : []), ...(line.withdraw === null ? ['withdraw'] : []), ...(line.acknowledgeReturn ? ['note return'] : [])] : []
  const pdf = (await refusalOf(client.download(contract.pdf, { receiptId }))) === 'nothing refused'
  const acts = receipt ? Object.entries(receipt.abilities).flatMap(([act, because]) => (because === null ? [act] : [])) : []
  const sees = [...(receipt ? ['receipt'] : []), ...(line ? ['tracking'] : []), ...(pdf ? ['pdf'] : [])]
  return `sees ${sees.join(', ') || 'nothing'}; may ${[...acts, ...sending].join(', ') || 'nothing'}`
}

test('the matrix of roles, acts and states is the one that was reviewed', async () => {
  const lines = ['# 收发: what each role may do', '']
  const documentId = await story.sealed()
  const { finance: receiptId } = await story.send(documentId, ['finance'])
  const look = async (state: string, id = receiptId, of = documentId) => {
    lines.push(`## ${state}`)
    for (const who of roles) lines.push(`- ${who} (${people[who]}): ${await row(id, of, who)}`)
    lines.push('')
  }
  await look('待签收')
  await story.signFor(receiptId, 'finance')
  await look('已签收')
  const finance = await story.as('finance')
  await finance.call(contract.register, { receiptId, handling: 'read', readers: [await story.post('financeHead'), await story.post('financeChecker')] })
  await look('阅件, nobody has read')
  await (await story.as('financeHead')).call(contract.read, { receiptId })
  await look('阅件, one of two has read')
  await (await story.as('financeChecker')).call(contract.read, { receiptId })
  await look('办结')

  const handled = await story.sealed()
  const { finance: handledId } = await story.send(handled, ['finance'])
  await story.signFor(handledId, 'finance')
  await finance.call(contract.register, { receiptId: handledId, handling: 'handle' })
  await office.settle()
  await look('办件, in handling', handledId, handled)
  const { documentId: copyId } = (await finance.call(contract.receipt, { receiptId: handledId })).receipt ?? {}
  const { case: running } = copyId ? await finance.call(workflowContract.case, { documentId: copyId }) : { case: null }
  if (!running) throw new Error('no case was started')
  await finance.call(workflowContract.cancel, { caseId: running.id, expectedVersion: running.version, opinion: '主办科室有误' })
  await office.settle()
  await look('办件, its handling stopped', handledId, handled)

  const back = await story.sealed()
  const { finance: backId } = await story.send(back, ['finance'])
  await finance.call(contract.return, { receiptId: backId, reason: '主送有误' })
  await look('已退回', backId, back)
  const taken = await story.sealed()
  const { finance: takenId } = await story.send(taken, ['finance'])
  await (await story.as('registrar')).call(contract.withdraw, { receiptId: takenId })
  await look('已撤回', takenId, taken)
  await expect(lines.join('\n')).toMatchFileSnapshot('exchange-matrix.md')
})
