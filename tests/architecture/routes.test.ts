import { pathOf } from '@xiewen/shared/base'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anOffice, type TestOffice } from '../support/office.ts'

describe('every route', () => {
  let office: TestOffice
  beforeAll(async () => {
    office = await anOffice()
  })
  afterAll(() => office.close())

  it('declares who may call it and what it takes, under one name', () => {
    const names = office.server.contracts.map((contract) => contract.name)
    expect(names.length).toBeGreaterThan(60)
    expect(new Set(names).size).toBe(names.length)
    for (const contract of office.server.contracts) {
      expect(contract.access.kind, contract.name).toMatch(/^(public|session|any-session|duties)$/)
      expect(contract.summary.length, contract.name).toBeGreaterThan(10)
    }
  })

  it('takes one value where it takes many: a query string cannot tell a list of one from a value', () => {
    const travelling = office.server.contracts.filter((contract) => contract.kind !== 'command')
    const strict = travelling.flatMap((contract) => {
      const { properties = {} } = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' })
      return Object.entries(properties).flatMap(([name, property]) => (typeof property === 'object' && property.type === 'array' ? [`${contract.name} ${name}`] : []))
    })
    expect(strict).toEqual([])
  })

  it('answers nobody without a session, unless it is declared public', async () => {
    for (const contract of office.server.contracts) {
      const writes = contract.kind !== 'query' && contract.kind !== 'download'
      const raw = contract.kind === 'upload' ? 'application/octet-stream' : contract.media?.request
      const response = await fetch(`${office.server.url}${pathOf(contract)}`, {
        method: writes ? 'POST' : 'GET',
        headers: { 'x-xiewen': '1', ...(writes ? { 'content-type': raw ?? 'application/json' } : {}) },
        ...(writes ? { body: raw === undefined ? '{}' : 'x' } : {}),
      })
      if (contract.access.kind === 'public') expect(response.status, contract.name).toBeLessThan(500)
      else expect(response.status, contract.name).toBe(401)
    }
  })

  it('keeps the three administrators away from business', async () => {
    for (const login of ['sysadmin', 'secadmin', 'auditadmin']) {
      const admin = await office.as(login)
      for (const contract of office.server.contracts) {
        if (contract.access.kind !== 'session' || contract.kind !== 'query') continue
        const response = await admin.fetch(pathOf(contract), {})
        expect(response.status, `${login} ${contract.name}`).toBe(403)
      }
    }
  })

  it('refuses fields it does not know', async () => {
    const client = await office.as('zhangxiaoyu')
    for (const contract of office.server.contracts.filter((candidate) => candidate.kind === 'command' && candidate.access.kind !== 'duties')) {
      const response = await client.fetch(pathOf(contract), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ __proto__x: 1, nonsense: true }),
      })
      expect([400, 403], `${contract.name} ${response.status}`).toContain(response.status)
    }
  })

  it('is described on the API page', async () => {
    const page = await (await fetch(`${office.server.url}/api/openapi.json`)).json()
    for (const contract of office.server.contracts) expect(Object.keys(page.paths)).toContain(pathOf(contract))
    expect((await fetch(`${office.server.url}/api/docs`)).headers.get('content-type')).toContain('text/html')
  })

  it('carries the security headers', async () => {
    const response = await fetch(`${office.server.url}/api/session/current`)
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  })
})
