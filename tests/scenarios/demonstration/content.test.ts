import { documentsContract } from '@xiewen/shared/documents'
import { inboxContract } from '@xiewen/shared/base'
import { buildContent, Cast } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'

describe('the demonstration office', () => {
  let office: TestOffice
  let cast: Cast
  beforeAll(async () => {
    office = await anOffice()
    cast = new Cast(office.server, office.tokens)
    await buildContent(cast, () => undefined)
    await office.settle()
  }, 120_000)
  afterAll(() => office.close())

  it('has documents at every stage', async () => {
    const client = await cast.as('chenguodong')
    const { rows } = await client.call(documentsContract.list, { limit: 100 })
    expect(rows.length).toBeGreaterThan(2)
    const registrar = await cast.as('zhaomin')
    const { rows: todo } = await registrar.call(inboxContract.list, { kind: 'todo' })
    expect(todo.length).toBeGreaterThan(0)
  })
})
