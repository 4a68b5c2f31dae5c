/** What ends when an account is disabled: sessions, live sockets, the stream of events, tickets — at once and for good. */
import { directoryContract, sessionContract } from '@xiewen/shared/directory'
import { documentsContract } from '@xiewen/shared/documents'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { anOffice, type TestOffice } from '../../support/office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await anOffice()
})
afterAll(() => office.close())

const draft = `关于开展自查工作的通知

各科室：

现就有关事项通知如下。

云州市政务服务数据管理局
2026年11月20日
`

/** A live socket of somebody on a document; answers when it is open. */
async function openSocket(url: string, ticket: string, documentId: string): Promise<{ readonly closed: Promise<string> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${documentId}?ticket=${ticket}`, { origin: url })
  const closed = new Promise<string>((resolve) => socket.on('close', (_code, reason) => resolve(reason.toString())))
  await new Promise<void>((resolve, reject) => socket.once('open', () => resolve()).once('error', reject))
  return { closed }
}

test('disabling an account ends its sockets, its events and its unused tickets at once, and enabling it revives no session', async () => {
  const victim = await office.as('zhangxiaoyu')
  const { documentId } = await victim.upload(documentsContract.importFile, {}, new TextEncoder().encode(draft))
  const ticket = async () => (await victim.call(documentsContract.ticket, { documentId })).ticket
  const socket = await openSocket(office.server.url, await ticket(), documentId)
  const unused = await ticket()
  const events = await victim.fetch('/api/events', {})
  const ended = events.text()
  const { session } = await victim.call(sessionContract.current, {})
  if (!session) throw new Error('the victim is not signed in')

  const system = await office.as('sysadmin')
  await system.call(directoryContract.setPersonState, { personId: session.personId, state: 'disabled', reason: '停职' })
  expect(await socket.closed).toBe('session-ended')
  // The stream's own heartbeat would notice after twenty seconds: the test's limit is below that.
  expect(await ended).toContain('retry')
  await expect(openSocket(office.server.url, unused, documentId)).rejects.toThrow('401')
  expect((await victim.call(sessionContract.current, {})).session).toBeNull()

  await system.call(directoryContract.setPersonState, { personId: session.personId, state: 'active', reason: '复职' })
  expect((await victim.call(sessionContract.current, {})).session).toBeNull()
}, 19_000)
