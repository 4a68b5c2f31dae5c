/** The thread that reads files nobody vouches for. */
import { describe, expect, test } from 'vitest'
import { readInThread } from './read-in-thread.ts'

const plain = { bytes: new TextEncoder().encode('关于测试的通知\n各科室：\n正文。'), fileName: 'x.txt' }
const refusalOf = async (...given: Parameters<typeof readInThread>): Promise<string> => {
  const read = await readInThread(...given)
  return read.ok ? 'read' : read.refusal.code
}

describe('reading in a thread', () => {
  test('is ended at its deadline', async () => {
    expect(await refusalOf(plain, { deadlineMs: 1, heapMiB: 512 })).toBe('documents.import-too-slow')
  })

  test('is ended at its memory cap, and the process lives', async () => {
    const many = new TextEncoder().encode(`<html>${'<p>政府</p>'.repeat(190_000)}`)
    expect(await refusalOf({ bytes: many, fileName: 'x.html' }, { deadlineMs: 60_000, heapMiB: 24 })).toBe('documents.oversized-file')
    expect(await refusalOf(plain)).toBe('read')
  })

  test('takes Chinese in UTF-16 without a mark, and nothing else with zero bytes', async () => {
    const wide = new Uint8Array(Buffer.from('关于做好防汛工作的通知\n各单位：\n　　请认真贯彻执行。\n', 'utf16le'))
    expect(await readInThread({ bytes: wide, fileName: 'x.txt' })).toMatchObject({ ok: true, value: { encoding: 'utf-16le' } })
    expect(await refusalOf({ bytes: new Uint8Array(Buffer.from('Notice 2026\n', 'utf16le')), fileName: 'x.txt' })).toBe('documents.not-text')
  })

  test('takes its turn when several come at once', async () => {
    expect(await Promise.all(Array.from({ length: 5 }, () => refusalOf(plain)))).toEqual(Array(5).fill('read'))
  })
})
