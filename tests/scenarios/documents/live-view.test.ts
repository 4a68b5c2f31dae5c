/** 管理 · 在线编辑: the system administrator sees how much is being edited, and nothing of what. */
import { liveContract } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { editLive } from '@xiewen/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { Story } from '../workflow/story.ts'

let office: TestOffice
beforeAll(async () => {
  office = await anOffice()
})
afterAll(() => office.close())

test('a document being edited stands there with people, rate and memory, and without a word of its title or text', async () => {
  const documentId = await new Story(office).draft()
  const drafter = await office.as('zhangxiaoyu')
  await editLive(drafter, documentId, (doc) => doc.getMap('seen').set('a', 1))
  const seen = await (await office.as('sysadmin')).call(liveContract.documents, {})
  const row = seen.documents.find((each) => each.documentId === documentId)
  expect(row).toMatchObject({ updates: 1 })
  expect(row?.updatesPerSecond).toBeGreaterThan(0)
  expect(row?.bytes).toBeGreaterThan(100)
  expect(seen.nodes).toHaveLength(1)
  expect(seen.nodes[0]).toMatchObject({ isThis: true, name: row?.node })
  expect(seen.nodes[0]?.figures?.documents).toBeGreaterThan(0)
  expect(seen.nodes[0]?.figures?.updatesPerSecond).toBeGreaterThan(0)
  // Drafting was done by commands.
  expect(seen.nodes[0]?.figures?.commandsPerSecond).toBeGreaterThan(0)
  const { document } = await drafter.call(documentsContract.open, { documentId })
  expect(JSON.stringify(seen)).not.toContain(document.title)
})

test('nobody else sees it', async () => {
  for (const login of ['zhangxiaoyu', 'secadmin', 'auditadmin']) await expect((await office.as(login)).call(liveContract.documents, {})).rejects.toThrow()
})
