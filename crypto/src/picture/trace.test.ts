/** Pictures of seals from elsewhere: read within limits, and turned into drawings that look like what was scanned. */
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { squareGlyphs } from '../../test-support/office.ts'
import { concatBytes, latin1 } from '../bytes.ts'
import { crc32 } from './crc32.ts'
import { rasterise } from './raster.ts'
import { type Pixels, readPng } from './read-png.ts'
import { presentSealPng } from './render.ts'
import { drawRoundSeal, type SealDrawing } from './seal-drawing.ts'
import { traceSealPicture } from './trace.ts'

const seal = drawRoundSeal({ diameterMm: 42, name: '云岭市人民政府办公室' }, squareGlyphs)
const most = 4_000_000

/** Numbers that look random and are always the same. */
function* noise(): Generator<number, never> {
  for (let state = 7; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state / 2_147_483_648
  }
}

/** A scan: yellowish uneven paper, grain, a black line of text across, the seal off the middle in a red that is not ours. */
function scanned(): Pixels {
  const { width, height, coverage } = rasterise(seal, 300 / 25.4)
  const [wide, high] = [width + 260, height + 140]
  const rgba = new Uint8Array(wide * high * 4)
  const grain = noise()
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const [sx, sy] = [x - 180, y - 60]
      const ink = sx >= 0 && sy >= 0 && sx < width && sy < height ? (coverage[sy * width + sx] ?? 0) / 255 : 0
      const paper = 225 + 20 * (x / wide) - 12 * grain.next().value
      const isText = y > high / 2 - 5 && y < high / 2 + 5 && x % 40 < 20
      const under = isText ? [40, 40, 45] : [paper, paper - 4, paper - 16]
      const over = [196, 38, 52]
      rgba.set([0, 1, 2].map((part) => Math.round((under[part] ?? 0) * (1 - ink) + Math.min(under[part] ?? 0, over[part] ?? 0) * ink)), (y * wide + x) * 4)
      rgba[(y * wide + x) * 4 + 3] = 255
    }
  }
  return { width: wide, height: high, rgba }
}

/** Which part of the ink of two drawings is not in both. */
function difference(left: SealDrawing, right: SealDrawing): number {
  const [a, b] = [rasterise(left, 8), rasterise(right, 8)]
  const [sum, apart] = a.coverage.reduce(([all, off], value, i) => [all + value, off + Math.abs(value - (b.coverage[i] ?? 0))], [0, 0])
  return apart / sum
}

describe('a picture of a seal', () => {
  test('of our own making comes back as it was drawn', async () => {
    const traced = traceSealPicture(readPng(await presentSealPng(seal), most), { widthMm: 42 })
    expect(traced.widthMm).toBe(42)
    expect(traced.heightMm).toBeCloseTo(42, 1)
    expect(difference(seal, traced)).toBeLessThan(0.06)
  })

  test('scanned askew from the middle on tinted paper over black text loses paper and text, and is cropped to its size', () => {
    const traced = traceSealPicture(scanned(), { widthMm: 42, heightMm: 42 })
    // The text cuts through where it ran over the seal; nothing of it is left beside the seal.
    expect(difference(seal, traced)).toBeLessThan(0.16)
    const xs = traced.paths.flat().flatMap((step) => (step.kind === 'close' ? [] : [step.x]))
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([0, 42])
  })

  test('without red, all red, or nothing but noise is refused', () => {
    const plain = (colour: readonly number[]): Pixels => ({ width: 400, height: 400, rgba: Uint8Array.from({ length: 640_000 }, (_, i) => colour[i % 4] ?? 0) })
    expect(() => traceSealPicture(plain([255, 255, 255, 255]), { widthMm: 42 })).toThrow('picture.no-seal')
    expect(() => traceSealPicture(plain([60, 60, 60, 255]), { widthMm: 42 })).toThrow('picture.no-seal')
    expect(() => traceSealPicture(plain([220, 20, 30, 255]), { widthMm: 42 })).toThrow('picture.no-seal')
    const grain = noise()
    const dots = Uint8Array.from({ length: 400 * 400 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i % 4 === 0 ? 230 : 0))
    for (let i = 0; i < dots.length; i += 4) if (grain.next().value > 0.5) dots.fill(255, i, i + 3)
    expect(() => traceSealPicture({ width: 400, height: 400, rgba: dots }, { widthMm: 42 })).toThrow(/picture\.(too-noisy|no-seal)/)
  })
})

describe('a PNG file', () => {
  const chunk = (type: string, data: Uint8Array): Uint8Array => {
    const body = concatBytes(latin1(type), data)
    const number = (value: number): Uint8Array => Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
    return concatBytes(number(data.length), body, number(crc32(body)))
  }
  const png = (width: number, height: number, data: Uint8Array, kind: readonly number[] = [8, 6, 0, 0, 0]): Uint8Array => {
    const size = new DataView(new ArrayBuffer(8))
    size.setUint32(0, width)
    size.setUint32(4, height)
    const header = concatBytes(new Uint8Array(size.buffer), Uint8Array.from(kind))
    return concatBytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk('IHDR', header), chunk('IDAT', deflateSync(data)), chunk('IEND', new Uint8Array()))
  }

  test('is read with every prediction and every kind of colour', () => {
    const rows = Uint8Array.of(1, 10, 20, 30, 255, 5, 5, 5, 0, 2, 1, 1, 1, 0, 1, 1, 1, 0)
    expect([...readPng(png(2, 2, rows), most).rgba]).toEqual([10, 20, 30, 255, 15, 25, 35, 255, 11, 21, 31, 255, 16, 26, 36, 255])
    expect([...readPng(png(4, 1, Uint8Array.of(0, 0b0001_1011), [2, 0, 0, 0, 0]), most).rgba].filter((_, i) => i % 4 === 0)).toEqual([0, 85, 170, 255])
  })

  test('that is cut short, damaged, larger than allowed, or unpacks to more than it says is refused', () => {
    const good = png(2, 2, new Uint8Array(18))
    for (let length = 0; length < good.length; length++) expect(() => readPng(good.subarray(0, length), most)).toThrow('picture.malformed')
    for (let at = 0; at < good.length; at++) expect(() => readPng(good.map((byte, i) => (i === at ? byte ^ 4 : byte)), most)).toThrow(/picture\./)
    expect(() => readPng(concatBytes(good, latin1('PK')), most)).toThrow('picture.malformed')
    expect(() => readPng(png(50_000, 50_000, new Uint8Array(18)), most)).toThrow('picture.too-large')
    expect(() => readPng(png(2, 2, new Uint8Array(50_000_000)), most)).toThrow('picture.too-large')
    expect(() => readPng(png(2, 2, new Uint8Array(9)), most)).toThrow('picture.malformed')
    expect(() => readPng(png(2, 2, Uint8Array.of(9, ...new Uint8Array(17))), most)).toThrow('picture.malformed')
    expect(() => readPng(png(2, 2, new Uint8Array(18), [8, 6, 0, 0, 1]), most)).toThrow('picture.malformed')
  })
})
