import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../support/office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await anOffice()
})
afterAll(() => office.close())

test('one request number cannot carry two uploads, even of the same size', async () => {
  const client = await office.as('zhangxiaoyu')
  const send = async (text: string) => {
    const response = await client.fetch('/api/documents/import-file', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'idempotency-key': 'upload-replay-1' },
      body: Buffer.from(text),
    })
    return { status: response.status, body: await response.json() }
  }
  const first = await send('关于甲事项的通知\n各科室：\n正文。\n')
  expect(first.status).toBe(200)
  expect(await send('关于甲事项的通知\n各科室：\n正文。\n')).toEqual(first)
  expect((await send('关于乙事项的通知\n各科室：\n正文。\n')).status).toBe(422)
})
