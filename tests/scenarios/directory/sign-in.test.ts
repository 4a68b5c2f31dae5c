import { sessionContract, directoryContract } from '@xiewen/shared/directory'
import { ApiClient, RefusedByServer } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOffice, postOf, type TestOffice } from '../../support/office.ts'

describe('signing in', () => {
  let office: TestOffice
  beforeAll(async () => {
    office = await anOffice()
  })
  afterAll(() => office.close())

  it('a one-time link works once', async () => {
    const system = await office.as('sysadmin')
    const { rows } = await system.call(directoryContract.listPeople, { text: 'xuli' })
    const { invitation } = await system.call(directoryContract.invite, { personId: rows[0]!.id })
    const first = await ApiClient.signIn(office.server.url, invitation)
    const { session } = await first.call(sessionContract.current, {})
    expect(session?.name).toBe('许丽')
    await expect(ApiClient.signIn(office.server.url, invitation)).rejects.toMatchObject({ refusal: { code: 'session.link-used' } })
  })

  it('a person holds several posts and sees them all', async () => {
    const { session } = await (await office.as('liangsiyuan')).call(sessionContract.current, {})
    expect(session?.posts.map((post) => post.title)).toEqual(['督查专员', '副科长'])
    expect(session?.posts[0]?.organName).toBe('云州市人民政府办公室')
  })

  it('five wrong passwords lock the account, and unknown names answer alike', async () => {
    const client = await office.as('sunhao')
    await client.call(sessionContract.setPassword, { next: 'Yunzhou-2026-river' })
    const stranger = new ApiClient(office.server.url)
    const attempt = async (login: string, password: string) =>
      stranger.call(sessionContract.signIn, { login, password }).then(
        () => 'in',
        (error: unknown) => (error instanceof RefusedByServer ? error.refusal.code : 'fault'),
      )
    expect(await attempt('nobody-here', 'Wrong-password-1')).toBe('session.wrong-credentials')
    for (let i = 0; i < 5; i += 1) expect(await attempt('sunhao', 'Wrong-password-1')).toBe('session.wrong-credentials')
    expect(await attempt('sunhao', 'Yunzhou-2026-river')).toBe('session.locked')
  })

  it('a weak password is refused with a reason', async () => {
    const client = await office.as('fanglin')
    await expect(client.call(sessionContract.setPassword, { next: 'Passw0rd!!' })).rejects.toMatchObject({ refusal: { code: 'session.password-weak' } })
  })

  it('disabling a person ends their sessions at once', async () => {
    const victim = await office.as('shilei')
    const { session } = await victim.call(sessionContract.current, {})
    const system = await office.as('sysadmin')
    await system.call(directoryContract.setPersonState, { personId: session!.personId, state: 'disabled', reason: '调离' })
    expect((await victim.call(sessionContract.current, {})).session).toBeNull()
  })

  it('an administrator can hold no business duty', async () => {
    const security = await office.as('secadmin')
    const system = await office.as('sysadmin')
    const { rows } = await system.call(directoryContract.listPeople, { text: 'auditadmin' })
    const post = await postOf(await office.as('xuli').catch(() => office.as('zhaomin')), '赵敏')
    await expect(
      security.call(directoryContract.grantPost, { personId: rows[0]!.id, unitId: post.unitId, title: '文书', duties: ['registrar'] }),
    ).rejects.toMatchObject({ refusal: { code: 'directory.admin-exclusive' } })
  })

  it('a request without the header of our pages changes nothing', async () => {
    const response = await fetch(`${office.server.url}/api/session/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'a', password: 'b' }),
    })
    expect(response.status).toBe(403)
  })

  it('malformed bodies are refused in words, and the process lives', async () => {
    for (const body of ['{', '[]', '"x"', '{"login":5}', `{"login":"${'x'.repeat(300_000)}"}`]) {
      const response = await fetch(`${office.server.url}/api/session/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-xiewen': '1' },
        body,
      })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.status).toBeLessThan(500)
    }
    expect((await fetch(`${office.server.url}/healthz`)).status).toBe(200)
  })
})
