/** Who may do what at which moment of a case: role × act × state, asked of the server and kept in a file people can read and
 * sign off. */
import { documentsContract } from '@xiewen/shared/documents'
import { workflowContract as contract, type CaseId } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../support/office.ts'
import { people, refusalOf, Story, type Who } from '../scenarios/workflow/story.ts'

let office: TestOffice
let story: Story
const roles: readonly Who[] = ['drafter', 'colleague', 'head', 'planning', 'finance', 'checker', 'deputy', 'signer', 'registrar', 'stranger']

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

async function row(caseId: CaseId, who: Who): Promise<string> {
  const client = await story.as(who)
  if ((await refusalOf(client.call(contract.case, { caseId }))) !== 'nothing refused') return 'sees nothing'
  const { abilities, documentId } = await story.see(caseId, who)
  const { right } = await client.call(documentsContract.open, { documentId })
  const acts = [
    ...(abilities.task?.acts ?? []),
    ...abilities.returnTo.map((target) => `return to ${target.step}`),
    ...(abilities.addSigner === null ? ['add signer'] : []),
    ...(abilities.forward === null ? ['forward'] : []),
    ...(abilities.withdraw.length > 0 ? ['take back'] : []),
    ...(abilities.urge === null ? ['urge'] : []),
    ...(abilities.circulate === null ? ['circulate'] : []),
    ...(abilities.cancel === null ? ['end'] : []),
  ]
  return `text: ${right}; ${acts.join(', ') || 'nothing'}`
}

test('the matrix of roles, acts and states is the one that was reviewed', async () => {
  const lines = ['# 发文: what each role may do', '']
  const caseId = await story.submitted(['planning', 'finance'])
  const look = async (state: string) => {
    lines.push(`## ${state}`)
    for (const who of roles) lines.push(`- ${who} (${people[who][1]}): ${await row(caseId, who)}`)
    lines.push('')
  }
  await look('核稿')
  await story.approve(caseId, 'head')
  await look('会签, nobody has acted')
  await story.countersign(caseId, 'planning')
  await look('会签, one of two has acted')
  await story.giveBack(caseId, 'finance', 'draft', 'back-to-me')
  await look('退回 to the drafter, straight back')
  await story.resubmit(caseId)
  await story.countersign(caseId, 'finance')
  await look('办公室核稿')
  await story.approve(caseId, 'checker', { 'deputy-leader': [await story.post('deputy')] })
  await look('分管领导')
  await story.approve(caseId, 'deputy')
  await look('签发')
  await story.sign(caseId)
  await office.settle()
  await look('已签发')
  await expect(lines.join('\n')).toMatchFileSnapshot('workflow-matrix.md')
})
