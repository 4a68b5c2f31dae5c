/** The thread that reads pictures of seals from strangers. */
import { drawRoundSeal, type Pixels, presentSealPng, readPng } from '@xiewen/crypto'
import { encode } from 'jpeg-js'
import { describe, expect, test } from 'vitest'
import type { ThreadLimits } from '../../platform/threads/ask-thread.ts'
import { pictureLimits, readPicture } from './read-picture.ts'

const glyphs = { unitsPerEm: 1000, findGlyph: () => ({ path: 'M50,-80L950,-80L950,820L50,820ZM150,20L150,720L850,720L850,20Z', advance: 1000 }) }
const drawing = drawRoundSeal({ diameterMm: 42, name: '云州市政务服务数据管理局' }, glyphs)

/** Numbers that look random and are always the same. */
function* grains(): Generator<number, never> {
  for (let state = 7; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state / 2_147_483_648
  }
}

/** The seal stamped on greyish uneven paper with grain, as an office scanner sees it. */
async function stamped(dpi: number): Promise<Pixels> {
  const { width, height, rgba: ink } = readPng(await presentSealPng(drawing, dpi), 4_000_000)
  const [wide, high] = [width + 120, height + 90]
  const rgba = new Uint8Array(wide * high * 4)
  const grain = grains()
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const at = ((y - 40) * width + x - 60) * 4
      const isInside = x >= 60 && y >= 40 && x < width + 60 && y < height + 40
      // Ink that did not take everywhere.
      const cover = isInside ? ((ink[at + 3] ?? 0) / 255) * (0.82 + 0.18 * grain.next().value) : 0
      const paper = 206 + 18 * (x / wide) - 14 * grain.next().value
      rgba.set([[196, paper], [38, paper - 2], [48, paper - 9]].map(([red = 0, under = 0]) => Math.round(under * (1 - cover) + red * cover)), (y * wide + x) * 4)
      rgba[(y * wide + x) * 4 + 3] = 255
    }
  }
  return { width: wide, height: high, rgba }
}

function jpeg({ width, height, rgba }: Pixels, quality = 80): Uint8Array {
  return encode({ width, height, data: rgba }, quality).data
}

const scan = (bytes: Uint8Array, limits: ThreadLimits = pictureLimits) => readPicture({ kind: 'scan', bytes, widthMm: 100 }, limits)
const codeOf = async (...given: Parameters<typeof scan>): Promise<string> => {
  const read = await scan(...given)
  return read.ok ? 'read' : read.refusal.code
}

/** The frame's own size overwritten. */
function claiming(bytes: Uint8Array, width: number, height: number): Uint8Array {
  const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0)
  const changed = Uint8Array.from(bytes)
  changed.set([height >> 8, height & 255, width >> 8, width & 255], at + 5)
  return changed
}

describe('a scan as JPEG', () => {
  test('becomes the outlines of what was stamped: paper and grain are gone', async () => {
    const read = await scan(jpeg(await stamped(300)))
    if (!read.ok) throw new Error(read.refusal.code)
    expect([read.value.widthMm, read.value.heightMm]).toEqual([100, 100])
    const points = read.value.paths.flat().length
    expect(points).toBeGreaterThan(300)
    expect(points).toBeLessThan(8000)
    // Drawn anew over the drawing it was stamped from, nearly all of the ink lies in both.
    const [was, is] = [await presentSealPng(drawing, 200), await presentSealPng({ ...read.value, widthMm: 42, heightMm: 42, paths: scaled(read.value.paths, 42 / 100) }, 200)].map((png) => readPng(png, 4_000_000))
    if (!was || !is) throw new Error('two pictures')
    expect([is.width, is.height]).toEqual([was.width, was.height])
    const apart = was.rgba.reduce((sum, value, i) => (i % 4 === 3 ? sum + Math.abs(value - (is.rgba[i] ?? 0)) : sum), 0)
    const all = was.rgba.reduce((sum, value, i) => (i % 4 === 3 ? sum + value : sum), 0)
    expect(apart / all).toBeLessThan(0.12)
  })

  test('is refused in words when it is small, broken, huge, another file as well, or shows no seal', async () => {
    const good = jpeg(await stamped(220))
    expect(await codeOf(good)).toBe('read')
    expect(await codeOf(jpeg(await stamped(120)))).toBe('seals.scan-small')
    for (const share of [0.02, 0.3, 0.9]) expect(await codeOf(good.subarray(0, Math.floor(good.length * share)))).toBe('seals.scan-unreadable')
    expect(await codeOf(claiming(good, 65_000, 65_000))).toBe('seals.scan-large')
    expect(await codeOf(claiming(good, 1300, 1300))).not.toBe('read')
    expect(await codeOf(Uint8Array.from([...good, ...new TextEncoder().encode('PK\u0003\u0004<script>')]))).toBe('seals.scan-unreadable')
    expect(await codeOf(Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]))).toBe('seals.scan-unreadable')
    const { width, height } = await stamped(120)
    expect(await codeOf(jpeg({ width, height, rgba: new Uint8Array(width * height * 4).fill(220) }))).toBe('seals.scan-no-seal')
  }, 60_000)

  test('with any of its bytes changed it is read or refused, and nothing else happens', async () => {
    const good = jpeg(await stamped(200), 40)
    const grain = grains()
    for (let round = 0; round < 12; round++) {
      const changed = Uint8Array.from(good)
      for (let times = 0; times < 6; times++) changed[Math.floor(grain.next().value * (round < 6 ? 700 : changed.length))] = Math.floor(grain.next().value * 256)
      expect(await codeOf(changed)).toMatch(/^(read|seals\.scan-[a-z-]+)$/)
    }
  }, 60_000)
})

test('a picture that takes too long or too much memory ends with its thread, and the next one is read', async () => {
  const good = jpeg(await stamped(220))
  expect(await codeOf(good, { deadlineMs: 1, heapMiB: 384 })).toBe('seals.scan-large')
  expect(await codeOf(good, { deadlineMs: 15_000, heapMiB: 4 })).toBe('seals.scan-large')
  expect(await codeOf(good)).toBe('read')
})

function scaled(paths: typeof drawing.paths, factor: number): typeof drawing.paths {
  return paths.map((path) => path.map((command) => ('x' in command ? { ...command, x: command.x * factor, y: command.y * factor } : command)) as typeof path)
}
