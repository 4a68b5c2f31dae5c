import { expect, test } from 'vitest'
import { ByteReader } from './byte-reader.ts'
import { seeded } from './twins/raw-client.ts'
import { closeFrame, FrameReader, pongFrame } from './web-socket-frames.ts'

interface Heard {
  readonly kind: string
  readonly body?: string
  readonly code?: number
}

function listenTo(maxBytes = 1000): { readonly reader: FrameReader; readonly heard: Heard[] } {
  const heard: Heard[] = []
  const hex = (body: Buffer): string => body.toString('hex')
  const reader = new FrameReader(
    {
      binary: (body) => heard.push({ kind: 'binary', body: hex(body) }),
      text: () => heard.push({ kind: 'text' }),
      pinged: (body) => heard.push({ kind: 'ping', body: hex(body) }),
      pong: () => heard.push({ kind: 'pong' }),
      farewell: (code) => heard.push({ kind: 'close', code }),
      broken: (code) => heard.push({ kind: 'broken', code }),
    },
    maxBytes,
  )
  return { reader, heard }
}

/** A frame as a client sends it. */
function masked(first: number, body: Uint8Array, mask: readonly number[] = [7, 77, 177, 250]): Buffer {
  const { length } = body
  const size = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : [127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255]
  const [short = 0, ...more] = size
  return Buffer.from([first, 0x80 | short, ...more, ...mask, ...body.map((byte, at) => byte ^ (mask[at % 4] ?? 0))])
}

const hear = (frames: readonly Buffer[], maxBytes?: number): Heard[] => {
  const { reader, heard } = listenTo(maxBytes)
  for (const frame of frames) reader.push(frame)
  return heard
}

test('messages arrive whole however the network cuts them', () => {
  const random = seeded(11)
  const bodies = Array.from({ length: 60 }, (_, n) => Uint8Array.from({ length: n % 9 === 0 ? 70_000 : Math.floor(random() * 400) }, () => random() * 256))
  const stream = Buffer.concat(bodies.map((body, n) => masked(0x82, body, n % 3 === 0 ? [0, 0, 0, 0] : undefined)))
  for (const step of [1, 7, 1000, 65_536, stream.length]) {
    const { reader, heard } = listenTo(100_000)
    for (let at = 0; at < stream.length; at += step) reader.push(Buffer.from(stream.subarray(at, at + step)))
    expect(heard.map((each) => each.body)).toEqual(bodies.map((body) => Buffer.from(body).toString('hex')))
  }
})

test('a message in pieces is put together, with control frames between them', () => {
  const pieces = [masked(0x02, Buffer.from('ab')), masked(0x89, Buffer.from('?')), masked(0x00, Buffer.from('cd')), masked(0x8a, Buffer.alloc(0)), masked(0x80, Buffer.from('e'))]
  expect(hear(pieces)).toEqual([{ kind: 'ping', body: '3f' }, { kind: 'pong' }, { kind: 'binary', body: Buffer.from('abcde').toString('hex') }])
})

test.each([
  ['an unmasked frame', Buffer.of(0x82, 1, 0, 0, 0, 0, 0), 1002],
  ['a reserved bit', masked(0xc2, Buffer.of(1)), 1002],
  ['an unknown kind', masked(0x83, Buffer.of(1)), 1002],
  ['an unknown control frame', masked(0x8b, Buffer.of(1)), 1002],
  ['a continuation of nothing', masked(0x80, Buffer.of(1)), 1002],
  ['a control frame in pieces', masked(0x09, Buffer.of(1)), 1002],
  ['a long ping', masked(0x89, Buffer.alloc(126)), 1002],
  ['a close frame of one byte', masked(0x88, Buffer.of(3)), 1002],
  ['a close code that is not sent', masked(0x88, Buffer.of(3, 0xee)), 1002],
  ['a close reason that is no text', masked(0x88, Buffer.of(3, 0xe8, 0xff)), 1007],
  ['text that is none', masked(0x81, Buffer.of(0xed, 0xa0, 0x80)), 1007],
  ['a message over the limit', masked(0x82, Buffer.alloc(1001)), 1009],
  ['a length beyond all limits', Buffer.of(0x82, 0xff, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0), 1009],
])('%s ends the reading with %s', (_what, frame, code) => {
  expect(hear([frame, masked(0x82, Buffer.of(1))])).toEqual([{ kind: 'broken', code }])
})

test('pieces count together, in bytes and in number', () => {
  expect(hear([masked(0x02, Buffer.alloc(600)), masked(0x80, Buffer.alloc(600))])).toEqual([{ kind: 'broken', code: 1009 }])
  const crumbs = [masked(0x02, Buffer.alloc(0)), ...Array.from({ length: 2000 }, () => masked(0x00, Buffer.alloc(0)))]
  expect(hear(crumbs)).toEqual([{ kind: 'broken', code: 1009 }])
  expect(hear([masked(0x02, Buffer.of(1)), masked(0x82, Buffer.of(1))])).toEqual([{ kind: 'broken', code: 1002 }])
})

test('a close frame is the last thing that is read', () => {
  expect(hear([masked(0x88, Buffer.of(3, 0xe8)), masked(0x82, Buffer.of(1))])).toEqual([{ kind: 'close', code: 1000 }])
  expect(hear([masked(0x88, Buffer.alloc(0))])).toEqual([{ kind: 'close', code: 1005 }])
  expect([closeFrame(4400, 'malformed').toString('hex'), closeFrame(1005, '').toString('hex'), pongFrame(Buffer.of(1)).toString('hex')]).toEqual(['880b11306d616c666f726d6564', '8800', '8a0101'])
})

test('the length of a text is told as strictly as the text is read', () => {
  const random = seeded(3)
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const pool = [0x41, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe5, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xbb, 0x90, 0x8f]
  let valid = 0
  for (let n = 0; n < 60_000; n += 1) {
    const bytes = Uint8Array.from({ length: Math.floor(random() * 6) }, () => pool[Math.floor(random() * pool.length)] ?? 0)
    let expected: number | string
    try {
      expected = strict.decode(bytes).length
      valid += 1
    } catch {
      expected = 'refused'
    }
    let told: number | string
    try {
      told = new ByteReader(Uint8Array.of(bytes.length, ...bytes)).textLength()
    } catch {
      told = 'refused'
    }
    expect([Buffer.from(bytes).toString('hex'), told]).toEqual([Buffer.from(bytes).toString('hex'), expected])
  }
  expect(valid).toBeGreaterThan(5_000)
})
