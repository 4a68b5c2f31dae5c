import { directoryContract } from '@xiewen/shared/directory'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'

describe('the list of people', () => {
  let office: TestOffice
  beforeAll(async () => {
    office = await anOffice()
  })
  afterAll(() => office.close())

  it('begins with the leaders, follows the precedence of the units and ends with the three administrators', async () => {
    const { rows } = await (await office.as('xuli')).call(directoryContract.listPeople, { limit: 100 })
    const names = rows.map((person) => person.name)
    expect(names.slice(0, 3)).toEqual(['周文博', '沈慧兰', '韩立新'])
    expect(names.indexOf('陈国栋')).toBeLessThan(names.indexOf('贺庆丰'))
    expect(names.slice(-3)).toEqual(['系统管理员', '安全保密管理员', '审计管理员'])
  })

  it('offers no administrator before those who work', async () => {
    const { posts } = await (await office.as('xuli')).call(directoryContract.listPosts, {})
    const administrators = posts.map((post) => post.duties.some((duty) => duty.endsWith('-admin')))
    expect(administrators.indexOf(true)).toBe(posts.length - 3)
  })

  it('shows each colleague a number, masked, that reaches nobody', async () => {
    const { rows } = await (await office.as('xuli')).call(directoryContract.listPeople, { text: '张晓雨' })
    expect(rows[0]?.phone).toMatch(/^120\*{4}01\d\d$/)
  })
})
