/** 督办 through the public API: from the real plan of a city to 销号, with lamps and urging by a calendar of the test's. */
import { civilDate, inboxContract } from '@xiewen/shared/base'
import { directoryContract } from '@xiewen/shared/directory'
import { type DocumentId, documentsContract } from '@xiewen/shared/documents'
import { type AssignmentId, formatAssignmentNumber, type Proposal, supervisionContract as contract } from '@xiewen/shared/supervision'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lampText, plan, refusalOf, Supervision } from './story.ts'

let story: Supervision

beforeAll(async () => {
  // A Thursday.
  story = await Supervision.open('2026-03-05')
})
afterAll(() => story.office.close())

const todoSteps = async (who: Parameters<Supervision['as']>[0], id: AssignmentId): Promise<readonly string[]> => {
  const { rows } = await (await story.as(who)).call(inboxContract.list, { kind: 'todo', room: 'supervision', limit: 200 })
  return rows.filter((row) => row.subjectId === id).map((row) => row.step.replace('supervision.step.', ''))
}

describe('from a real plan', () => {
  test('every item that names its lead unit is proposed, with units of the directory found and others marked', async () => {
    const documentId = await story.signedPlan()
    const { proposals } = await (await story.as('supervisor')).call(contract.propose, { documentId })
    const lines = new TextDecoder().decode(plan).split('\n').filter((line) => /牵头\)\s*$/.test(line)).length
    expect(proposals).toHaveLength(lines)
    expect(lines).toBeGreaterThan(50)

    const finance = proposals.find((each) => each.title === '强化财政智能化管理能力')
    expect(finance).toMatchObject({ label: '三、（九）6.', leadUnitId: await story.unit('finance'), existing: null })
    const everywhere = proposals.find((each) => each.units.some((unit) => unit.name.startsWith('各县')))
    expect(everywhere?.units.find((unit) => unit.name.startsWith('各县'))?.units.map((unit) => unit.unitName)).toEqual(['青川县政府办公室', '白水县政府办公室'])
    expect(proposals.some((each) => each.leadUnitId === null && each.units[0]?.units.length === 0)).toBe(true)
  })

  test('the chosen proposals are assigned in one act, numbered without gap, and lie in the units’ inboxes', async () => {
    const documentId = await story.signedPlan()
    const supervisor = await story.as('supervisor')
    const { proposals } = await supervisor.call(contract.propose, { documentId })
    const chosen = proposals.filter((each) => each.leadUnitId !== null).slice(0, 12)
    const { assigned } = await supervisor.call(contract.assign, { items: chosen.map((each) => itemOf(each, documentId)) })
    const serials = assigned.map((each) => each.number.serial)
    expect(serials).toEqual(serials.map((_each, index) => (serials[0] ?? 0) + index))

    const [first] = assigned
    if (!first) throw new Error('nothing assigned')
    const view = await story.see(first.assignmentId)
    expect(view.source).toMatchObject({ mayOpen: true })
    expect(view.assignment.source.quote).toContain(view.assignment.title)
    expect(view.assignment.source.quote).toMatch(/牵头）$/)
    const receiver = view.assignment.parts[0]?.unitName === '市财政局' ? 'financeReceiver' : 'dataReceiver'
    expect(await todoSteps(receiver, view.assignment.id)).toEqual(['accept'])

    const again = await supervisor.call(contract.propose, { documentId })
    expect(again.proposals.filter((each) => each.existing !== null)).toHaveLength(12)
    expect(await refusalOf(supervisor.call(contract.assign, { items: chosen.slice(0, 1).map((each) => itemOf(each, documentId)) }))).toBe('supervision.already-supervised')
  })

  test('one wrong item undoes the whole list', async () => {
    const documentId = await story.signedPlan()
    const supervisor = await story.as('supervisor')
    const { proposals } = await supervisor.call(contract.propose, { documentId })
    const items = proposals.filter((each) => each.leadUnitId !== null).slice(0, 3).map((each) => itemOf(each, documentId))
    const last = items.at(-1)
    const wrong = last ? [...items.slice(0, -1), { ...last, dueOn: civilDate('2026-01-01') }] : []
    expect(await refusalOf(supervisor.call(contract.assign, { items: wrong }))).toBe('supervision.due-in-the-past')
    const { rows } = await supervisor.call(contract.ledger, { sourceId: documentId })
    expect(rows).toEqual([])
  })

  test('a draft cannot be supervised', async () => {
    const supervisor = await story.as('supervisor')
    const { documentId } = await supervisor.upload(documentsContract.importFile, {}, plan)
    expect(await refusalOf(supervisor.call(contract.propose, { documentId }))).toBe('supervision.document-not-issued')
  })
})

function itemOf(proposal: Proposal, documentId: DocumentId) {
  if (proposal.leadUnitId === null) throw new Error('no lead')
  return {
    kind: 'new' as const,
    source: { kind: 'document' as const, documentId, block: proposal.block, label: proposal.label, quote: proposal.quote },
    title: proposal.title,
    task: proposal.task,
    leadUnitId: proposal.leadUnitId,
    supportUnitIds: proposal.supportUnitIds,
    dueOn: civilDate('2026-06-30'),
    feedback: 'monthly' as const,
  }
}

describe('the whole way', () => {
  test('units sign, report with evidence, are returned, report again, claim completion; the supervisor closes', async () => {
    const id = await story.assigned('2026-04-30')
    await story.accept(id, 'financeReceiver')
    expect((await story.see(id)).assignment.state).toBe('assigned')
    expect((await story.accept(id)).state).toBe('accepted')
    expect(await todoSteps('dataReceiver', id)).toEqual(['report'])

    const head = await story.as('dataHead')
    const proof = new TextEncoder().encode('平台上线运行记录')
    const { evidenceId } = await head.upload(contract.uploadEvidence, { assignmentId: id, fileName: '运行记录.txt' }, proof)
    await head.call(contract.report, { assignmentId: id, percent: 40, progress: '完成招标。', problems: '资金未到位', nextSteps: '加快支付', evidenceIds: [evidenceId] })
    expect(await todoSteps('supervisor', id)).toEqual(['review'])
    const supervisor = await story.as('supervisor')
    expect((await supervisor.download(contract.evidence, { assignmentId: id, evidenceId })).bytes).toEqual(proof)

    expect(await refusalOf(supervisor.call(contract.review, { assignmentId: id, serial: 1, outcome: 'returned' }))).toBe('supervision.reason-needed')
    expect((await supervisor.call(contract.review, { assignmentId: id, serial: 1, outcome: 'returned', reason: '请补充具体数据' })).state).toBe('returned')
    expect(await todoSteps('dataHead', id)).toEqual(['report-again'])
    expect((await story.report(id, 50)).state).toBe('reporting')
    await supervisor.call(contract.review, { assignmentId: id, serial: 2, outcome: 'accepted' })
    expect((await story.claim(id)).state).toBe('completion-claimed')
    expect(await todoSteps('supervisor', id)).toEqual(['close'])
    expect((await story.close(id)).state).toBe('closed')
    for (const who of ['supervisor', 'dataHead', 'dataReceiver', 'financeReceiver'] as const) expect(await todoSteps(who, id)).toEqual([])

    const seen = await story.see(id)
    expect(lampText(seen)).toBe('blue closed-on-time')
    expect(seen.stream.map((entry) => entry.kind)).toEqual([
      'assigned', 'accepted', 'accepted', 'reported', 'returned', 'reported', 'reviewed', 'completion-claimed', 'closed',
    ])
    expect(await refusalOf(story.report(id, 60))).toBe('supervision.ended')
  })

  test('a file stored by one person cannot be cited by another, and a program is no evidence', async () => {
    const id = await story.assigned('2026-04-30')
    await story.accept(id)
    const receiver = await story.as('dataReceiver')
    const { evidenceId } = await receiver.upload(contract.uploadEvidence, { assignmentId: id, fileName: '表.txt' }, new TextEncoder().encode('1'))
    const head = await story.as('dataHead')
    expect(await refusalOf(head.call(contract.report, { assignmentId: id, percent: 10, progress: '进展', evidenceIds: [evidenceId] }))).toBe('supervision.unknown-evidence')
    expect(await refusalOf(head.download(contract.evidence, { assignmentId: id, evidenceId }))).toBe('supervision.unknown-evidence')
    expect(await refusalOf(head.upload(contract.uploadEvidence, { assignmentId: id, fileName: 'a.exe' }, new Uint8Array([1])))).toBe('supervision.evidence-type')
    expect(await refusalOf(head.upload(contract.uploadEvidence, { assignmentId: id, fileName: 'a.txt' }, new Uint8Array()))).toBe('supervision.evidence-empty')
  })

  test('two closings at once: one closes, the other is refused', async () => {
    const id = await story.assigned('2026-04-30')
    await story.accept(id)
    await story.claim(id)
    const results = await Promise.all([refusalOf(story.close(id)), refusalOf(story.close(id))])
    expect(results.toSorted()).toEqual(['nothing refused', 'supervision.ended'])
  })

  test('a proposal can be made by hand and assigned later', async () => {
    const supervisor = await story.as('supervisor')
    const { assignmentId, state } = await supervisor.call(contract.create, {
      source: { kind: 'instruction', documentId: null, block: null, label: '沈慧兰副市长批示', quote: '请抓紧研究。' },
      title: '研究政务数据授权运营',
    })
    expect(state).toBe('proposed')
    const { assigned } = await supervisor.call(contract.assign, { items: [{ kind: 'existing', assignmentId, leadUnitId: await story.unit('planning'), dueOn: civilDate('2026-04-10') }] })
    expect(formatAssignmentNumber(assigned[0]?.number ?? { year: 0, serial: 0 })).toMatch(/^督〔2026〕\d+号$/)
    expect(await todoSteps('planReceiver', assignmentId)).toEqual(['accept'])
  })

  test('a matter rests without urging and can be taken up again', async () => {
    const id = await story.assigned('2026-03-12')
    const supervisor = await story.as('supervisor')
    await supervisor.call(contract.suspend, { assignmentId: id, reason: '等待上级部署' })
    expect(await todoSteps('dataReceiver', id)).toEqual([])
    expect(await refusalOf(story.accept(id))).toBe('supervision.suspended')
    expect(lampText(await story.see(id))).toBe('grey suspended')
    await supervisor.call(contract.resume, { assignmentId: id, dueOn: civilDate('2026-05-29') })
    expect(await todoSteps('dataReceiver', id)).toEqual(['accept'])
    expect((await story.see(id)).assignment.dueOn).toBe('2026-05-29')
    await supervisor.call(contract.cancel, { assignmentId: id, reason: '上级另有安排' })
    expect(await refusalOf(supervisor.call(contract.resume, { assignmentId: id }))).toBe('supervision.ended')
  })
})

describe('the ledger', () => {
  test('is found by state, lamp, unit, source and text, page after page', async () => {
    const supervisor = await story.as('supervisor')
    const title = '台账检索专用事项'
    const ids = []
    for (let index = 0; index < 5; index += 1) ids.push(await story.assigned(`2026-05-0${5 + index}`, { title: `${title}${index}` }))
    const first = await supervisor.call(contract.ledger, { text: title, limit: 3 })
    const second = await supervisor.call(contract.ledger, { text: title, limit: 3, cursor: first.next ?? '' })
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(ids)
    expect(second.next).toBeNull()
    const count = async (more: object) => (await supervisor.call(contract.ledger, { text: title, ...more })).rows.length
    expect(await count({ states: ['accepted'] })).toBe(0)
    expect(await count({ states: ['assigned'], lamps: ['green'] })).toBe(5)
    expect(await count({ unitId: await story.unit('finance'), role: 'support' })).toBe(5)
    expect(await count({ unitId: await story.unit('finance'), role: 'lead' })).toBe(0)
    expect(await count({ sourceKind: 'document' })).toBe(0)
    expect(await count({ text: '%%' })).toBe(0)
  })
})

test('when a post ends, what waits for it waits for its successor', async () => {
  const id = await story.assigned('2026-05-29', { title: '离任交接的事项' })
  const security = await story.as('securityAdmin')
  const { posts } = await security.call(directoryContract.listPosts, { text: '孙浩' })
  const [post] = posts
  if (!post) throw new Error('no post of 孙浩')
  const { rows } = await security.call(directoryContract.listPeople, { text: '赵敏' })
  const [person] = rows
  if (!person) throw new Error('nobody is called 赵敏')
  const { id: successorPostId } = await security.call(directoryContract.grantPost, { personId: person.id, unitId: post.unitId, title: '收文员', duties: ['receiver'], primary: false })
  await security.call(directoryContract.endPost, { postId: post.id, successorPostId })
  await story.office.settle()
  expect(await todoSteps('dataRegistrar', id)).toEqual(['accept'])
  expect((await story.accept(id, 'dataRegistrar')).state).toBe('accepted')
})
