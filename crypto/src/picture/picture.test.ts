import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { squareGlyphs } from '../../test-support/office.ts'
import { fromLatin1 } from '../bytes.ts'
import { parsePath, starPath } from './path.ts'
import { rasterise } from './raster.ts'
import { presentSealOperators, presentSealPng, presentSealSvg, sealRed } from './render.ts'
import { drawRoundSeal } from './seal-drawing.ts'

const drawing = drawRoundSeal({ diameterMm: 42, name: '云岭市人民政府', bottomLine: '财务专用章' }, squareGlyphs)

test('a seal has a ring, a star, and one outline for every character', () => {
  expect(drawing.paths.length).toBe(2 + 7 + 5)
  expect([drawing.widthMm, drawing.heightMm]).toEqual([42, 42])
})

test.each([1, 8, 20, 40])('a name of %i characters stays inside the ring', (count) => {
  const long = drawRoundSeal({ diameterMm: 42, name: '府'.repeat(count) }, squareGlyphs)
  for (const command of long.paths.slice(2).flat()) {
    if (command.kind === 'close') continue
    expect(Math.hypot(command.x - 21, command.y - 21)).toBeLessThan(21 - 42 * 0.0286)
  }
})

test('an empty name, a name that is too long and a missing character are refused', () => {
  const draw = (name: string, glyphs = squareGlyphs): unknown => drawRoundSeal({ diameterMm: 42, name }, glyphs)
  expect(() => draw('')).toThrow('text.malformed')
  expect(() => draw('府'.repeat(41))).toThrow('text.malformed')
  expect(() => draw('府', { unitsPerEm: 1000, findGlyph: () => null })).toThrow('no such character')
})

test('the area of a star is what geometry says', () => {
  const { coverage } = rasterise({ widthMm: 20, heightMm: 20, paths: [shift(starPath(10), 10)] }, 20)
  const area = coverage.reduce((sum, value) => sum + value, 0) / 255 / 400
  expect(area).toBeCloseTo(1.12257 * 100, 0)
})

function shift(path: ReturnType<typeof starPath>, by: number): ReturnType<typeof starPath> {
  return path.map((command) =>
    command.kind === 'move' || command.kind === 'line' ? { ...command, x: command.x + by, y: command.y + by } : command,
  )
}

test('the PNG has the right size, is transparent in its corner and red on its ring', async () => {
  const png = await presentSealPng(drawing, 254)
  const view = new DataView(png.buffer, png.byteOffset)
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([420, 420])
  const text = fromLatin1(png)
  const palette = text.indexOf('PLTE') + 4
  expect([...png.subarray(palette, palette + 3)]).toEqual([sealRed.red, sealRed.green, sealRed.blue])
  const at = text.indexOf('IDAT')
  const rows = inflateSync(png.subarray(at + 4, at + 4 + view.getUint32(at - 4)))
  expect(rows.length).toBe(420 * 421)
  expect(rows[1]).toBe(0)
  expect(rows[210 * 421 + 1 + 5]).toBe(255)
})

test('a picture beyond 4096 pixels is refused', async () => {
  await expect(presentSealPng(drawing, 100_000)).rejects.toThrow('picture.too-large')
})

test('SVG and page operators draw every outline', () => {
  expect(presentSealSvg(drawing).match(/<path /g)?.length).toBe(drawing.paths.length)
  expect(presentSealOperators(drawing).match(/^f$/gm)?.length).toBe(drawing.paths.length)
})

test('paths of fonts are read, others are refused', () => {
  expect(parsePath('M1,2L3 4H5V6Q1 2 3 4C1 2 3 4 5 6Z').length).toBe(7)
  expect(parsePath('M-1.5-2.5L1e-3,4').length).toBe(2)
  expect(() => parsePath('M1 2A1 2 3 4 5 6 7')).toThrow('text.malformed')
  expect(() => parsePath('L1')).toThrow('text.malformed')
})
