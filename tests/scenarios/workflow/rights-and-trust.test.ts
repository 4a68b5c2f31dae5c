/** Who may do what, who wins, and what a signature is worth. */
import { toBase64 } from '@xiewen/crypto'
import { directoryContract } from '@xiewen/shared/directory'
import { documentsContract } from '@xiewen/shared/documents'
import { workflowContract as contract } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyOpinions } from '../../../server/src/workflow/index.ts'
import { tables } from '../../../server/src/platform/database/index.ts'
import { anOffice, postOf, type TestOffice } from '../../support/office.ts'
import { refusalOf, Story } from './story.ts'

let office: TestOffice
let story: Story

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

describe('who wins', () => {
  test('twenty approvals of one step at once: exactly one wins, the others are told it has been acted on', async () => {
    const caseId = await story.submitted()
    const head = await story.as('head')
    const at = await story.task(caseId, 'head')
    const codes = await Promise.all(Array.from({ length: 20 }, () => refusalOf(head.call(contract.approve, { ...at, opinion: '同意' }))))
    expect(codes.filter((code) => code === 'nothing refused')).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set(['nothing refused', 'workflow.already-acted']))
    expect(await story.waiting(caseId)).toEqual(['office-check 王静怡'])
  })

  test('two countersigners at the same moment both count', async () => {
    const caseId = await story.submitted(['planning', 'finance'])
    await story.approve(caseId, 'head')
    const [a, b] = [await story.task(caseId, 'planning'), await story.task(caseId, 'finance')]
    const [planning, finance] = [await story.as('planning'), await story.as('finance')]
    await Promise.all([planning.call(contract.countersign, a), finance.call(contract.countersign, b)])
    expect(await story.waiting(caseId)).toEqual(['office-check 王静怡'])
    expect(await office.server.world.database.read((db) => verifyOpinions(db, caseId))).toEqual([])
  })

  test('approving, returning, forwarding and taking back at once leave one legal state', async () => {
    const caseId = await story.submitted(['planning', 'finance'])
    await story.approve(caseId, 'head')
    const at = await story.task(caseId, 'planning')
    const [planning, head] = [await story.as('planning'), await story.as('head')]
    const mine = await story.see(caseId, 'head')
    const taskId = mine.abilities.withdraw[0]
    if (!taskId) throw new Error('nothing to take back')
    const codes = await Promise.all([
      refusalOf(planning.call(contract.countersign, at)),
      refusalOf(planning.call(contract.return, { ...at, to: 'draft', then: 'run-again', opinion: '退' })),
      refusalOf(planning.call(contract.forward, { ...at, toPostId: await story.post('stranger') })),
      refusalOf(head.call(contract.withdraw, { caseId, taskId, expectedVersion: mine.version })),
    ])
    expect(codes.filter((code) => code === 'nothing refused').length).toBeGreaterThanOrEqual(1)
    const waiting = await story.waiting(caseId)
    expect(waiting.length).toBeGreaterThan(0)
    expect(new Set(waiting.map((each) => each.split(' ')[0])).size).toBe(1)
  })

  test('what was pressed on an old screen is refused, although the task is open again', async () => {
    const caseId = await story.submitted()
    const head = await story.as('head')
    const old = await story.task(caseId, 'head')
    await head.call(contract.approve, { ...old, opinion: '同意' })
    const { version } = await story.see(caseId, 'head')
    await head.call(contract.withdraw, { caseId, taskId: old.taskId, expectedVersion: version })
    expect(await refusalOf(head.call(contract.approve, { ...old, opinion: '同意' }))).toBe('workflow.already-acted')
    expect(await story.waiting(caseId)).toEqual(['check 刘建华'])
  })

  test('nobody takes back once one of several who got it next has acted', async () => {
    const caseId = await story.submitted(['planning', 'finance'])
    const { taskId } = await story.task(caseId, 'head')
    await story.approve(caseId, 'head')
    await story.countersign(caseId, 'planning')
    const [{ version }, head] = [await story.see(caseId, 'head'), await story.as('head')]
    expect(await refusalOf(head.call(contract.withdraw, { caseId, taskId, expectedVersion: version }))).toBe('workflow.next-has-acted')
    expect(await story.waiting(caseId)).toEqual(['countersign 彭丽华'])
  })

  test('the same request sent again is answered again and acts once', async () => {
    const caseId = await story.submitted()
    const head = await story.as('head')
    const input = { ...(await story.task(caseId, 'head')), opinion: '同意' }
    const first = await head.call(contract.approve, input, { idempotencyKey: 'wf-approve-once-0001' })
    const again = await head.call(contract.approve, input, { idempotencyKey: 'wf-approve-once-0001' })
    expect(again).toEqual(first)
    expect(await refusalOf(head.call(contract.approve, { ...input, opinion: '另一意见' }, { idempotencyKey: 'wf-approve-once-0001' }))).toBe('base.idempotency-mismatch')
    expect((await story.see(caseId)).opinions).toHaveLength(2)
  })
})

describe('rights in the text', () => {
  test('each step gives its own right and takes it back', async () => {
    const caseId = await story.submitted(['planning'])
    const { documentId } = await story.see(caseId)
    const rightOf = async (who: Parameters<Story['as']>[0]) => {
      const client = await story.as(who)
      try {
        return (await client.call(documentsContract.open, { documentId })).right
      } catch {
        return 'none'
      }
    }
    expect([await rightOf('drafter'), await rightOf('head'), await rightOf('planning'), await rightOf('stranger')]).toEqual(['read', 'edit', 'none', 'none'])
    await story.approve(caseId, 'head')
    expect([await rightOf('head'), await rightOf('planning')]).toEqual(['read', 'suggest'])
    await story.countersign(caseId, 'planning')
    expect([await rightOf('planning'), await rightOf('checker')]).toEqual(['read', 'edit'])
  })

  test('a stranger finds neither the case nor its tasks', async () => {
    const caseId = await story.submitted()
    const stranger = await story.as('stranger')
    expect(await refusalOf(stranger.call(contract.case, { caseId }))).toBe('base.not-found')
    const at = await story.task(caseId, 'head')
    expect(await refusalOf(stranger.call(contract.approve, at))).toBe('base.not-found')
  })
})

describe('签发', () => {
  test('圈阅 signs only after an explicit yes, and after signing nothing can be taken back', async () => {
    const caseId = await story.submitted()
    await story.toSigning(caseId)
    expect(await refusalOf(story.sign(caseId, 'signer', { code: 'CIRCLE', opinion: '' }))).toBe('workflow.confirm-circle')
    await story.sign(caseId, 'signer', { code: 'CIRCLE', opinion: '', confirmed: true })
    const seen = await story.see(caseId, 'signer')
    expect([seen.status, seen.abilities.withdraw, seen.abilities.cancel]).toEqual(['signed', [], 'workflow.closed'])
  })

  test('a deputy signs for the principal by delegation: 甲 代 乙 in task, opinion and signature', async () => {
    const caseId = await story.submitted()
    await story.toSigning(caseId)
    const signer = await story.as('signer')
    const [principal, deputy] = [await postOf(signer, '陈国栋'), await postOf(signer, '高志远')]
    const now = Date.now()
    const { id } = await signer.call(directoryContract.delegate, { principalPostId: principal.id, deputyPostId: deputy.id, from: now - 1000, until: now + 3_600_000, reason: '出差' })
    expect((await story.see(caseId, 'otherDeputy')).abilities.task?.onBehalfOf).toBe('陈国栋')
    await story.sign(caseId, 'otherDeputy')
    expect((await story.see(caseId)).opinions.at(-1)).toMatchObject({ personName: '高志远', onBehalfOf: '陈国栋', code: 'SIGN' })
    await signer.call(directoryContract.revokeDelegation, { id })
  })

  test('every opinion is signed; changing one stored byte, or leaving one out, is found', async () => {
    const caseId = await story.submitted(['planning'])
    await story.toSigning(caseId)
    await story.sign(caseId)
    const { database } = office.server.world
    expect(await database.read((db) => verifyOpinions(db, caseId))).toEqual([])

    interface Opinions {
      workflow_opinion: { case_id: string; seq: number; statement: string }
    }
    await database.write(async (db) => {
      const row = await tables<Opinions>(db).selectFrom('workflow_opinion').selectAll().where('case_id', '=', caseId).where('seq', '=', 3).executeTakeFirstOrThrow()
      const forged = row.statement.replace('"opinion":""', '"opinion":"反对"')
      await tables<Opinions>(db).updateTable('workflow_opinion').set({ statement: forged }).where('case_id', '=', caseId).where('seq', '=', 3).execute()
    })
    expect(await database.read((db) => verifyOpinions(db, caseId))).toEqual([{ seq: 3, problem: 'signature' }])
    await database.write(async (db) => {
      await tables<Opinions>(db).deleteFrom('workflow_opinion').where('case_id', '=', caseId).where('seq', '=', 3).execute()
    })
    expect((await database.read((db) => verifyOpinions(db, caseId))).map((fault) => fault.problem)).toContain('predecessor')
  })

  test('V38 an opinion has one spelling: written otherwise it is found, even when the very key of its author has signed it so', async () => {
    const caseId = await story.submitted(['planning'])
    const { database, services } = office.server.world
    const faults = () => database.read((db) => verifyOpinions(db, caseId))
    expect(await faults()).toEqual([])
    interface Opinions {
      workflow_opinion: { case_id: string; seq: number; statement: string; signature: string; public_key: string }
    }
    const first = await database.read((db) => tables<Opinions>(db).selectFrom('workflow_opinion').selectAll().where('case_id', '=', caseId).where('seq', '=', 1).executeTakeFirstOrThrow())
    const store = (change: Partial<Opinions['workflow_opinion']>) =>
      database.write((db) => tables<Opinions>(db).updateTable('workflow_opinion').set(change).where('case_id', '=', caseId).where('seq', '=', 1).execute())
    // Safe because statements are JSON objects with a person.
    const person = (JSON.parse(first.statement) as { readonly person: { readonly id: string } }).person.id
    const key = await services.keys.getOrCreate(`person:${person}`)
    expect(toBase64(key.publicKey)).toBe(first.public_key)
    const spellings = {
      'a name twice': first.statement.replace('{', '{"opinion":"不同意",'),
      'other spaces': first.statement.replace(',', ', '),
      'another order': first.statement.replace(/^\{("act":[^,]+),(.*)\}$/, '{$2,$1}'),
      'a number written otherwise': first.statement.replace(/"previousSeq":0/, '"previousSeq":0.0'),
      'a sign written by its number': first.statement.replace('xiewen-opinion-1', 'xiewen\\u002dopinion-1'),
    }
    for (const [what, statement] of Object.entries(spellings)) {
      expect(statement, what).not.toBe(first.statement)
      await store({ statement, signature: toBase64(await key.sign(new TextEncoder().encode(statement))) })
      expect(await faults(), what).toContainEqual({ seq: 1, problem: 'signature' })
    }
    await store(first)
    expect(await faults()).toEqual([])
  })
})

describe('传阅 and 催办', () => {
  test('readers are asked with a purpose, counted, urged, and what they say stays after the case is closed', async () => {
    const caseId = await story.submitted()
    const head = await story.as('head')
    await head.call(contract.circulate, { caseId, postIds: [await story.post('stranger'), await story.post('finance')], purpose: '请了解自查安排' })
    const stranger = await story.as('stranger')
    expect((await story.see(caseId, 'stranger')).abilities.read?.purpose).toBe('请了解自查安排')
    await stranger.call(contract.read, { caseId, opinion: '已阅，建议放宽时限' })
    expect(await refusalOf(stranger.call(contract.read, { caseId }))).toBe('workflow.already-read')
    expect((await head.call(contract.urgeReading, { caseId })).urged).toEqual([await story.post('finance')])
    expect(await refusalOf(head.call(contract.urgeReading, { caseId }))).toBe('workflow.urged-recently')

    await story.toSigning(caseId)
    await story.sign(caseId)
    const seen = await story.see(caseId)
    expect(seen.readings.map((reading) => reading.readAt !== null)).toEqual(expect.arrayContaining([true, false]))
    expect(seen.opinions.map((opinion) => opinion.text)).toContain('已阅，建议放宽时限')
    const mine = await (await story.as('drafter')).call(contract.listMine, {})
    expect(mine.rows.find((row) => row.id === caseId)?.reading).toEqual({ read: 1, total: 2 })
  })

  test('催办 reaches those the case waits for, once an hour, and never oneself', async () => {
    const caseId = await story.submitted()
    const [drafter, head] = [await story.as('drafter'), await story.as('head')]
    expect((await drafter.call(contract.urge, { caseId })).urged).toEqual([await story.post('head')])
    expect(await refusalOf(drafter.call(contract.urge, { caseId }))).toBe('workflow.urged-recently')
    expect(await refusalOf(head.call(contract.urge, { caseId }))).toBe('workflow.nobody-to-urge')
  })
})
