/** Cutting CFF faces by ourselves: the same drawings as HarfBuzz's, and a clear end for what cannot be read. */
import { readFileSync } from 'node:fs'
import { Blob, Face, Font } from 'harfbuzzjs'
import { beforeAll, expect, test } from 'vitest'
import type { FontFace, Fonts } from '../index.ts'
import { cutFace, FontFormatError, loadFonts, readFace, sharedFontCache, subsetFont } from '../index.ts'
import { UnknownOutlines } from './cff-file.ts'
import { cutCff, type CffSource } from './cut-cff.ts'
import { readOutline } from './read-outline.ts'
import { writeOutline } from './write-outline.ts'

let fonts: Fonts
/** A face of every role that is written as CFF. */
let faces: readonly FontFace[]
const text = readFileSync(new URL('../../../../../tests/support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url), 'utf8')
const signs = [...new Set(text)].map((char) => char.codePointAt(0) ?? 0)

beforeAll(async () => {
  fonts = await loadFonts({ dataDir: sharedFontCache() })
  const found = (['fangsong', 'xiaobiaosong', 'heiti', 'kaiti', 'songti'] as const).flatMap((role) => fonts.find(role, '国'.codePointAt(0) ?? 0)?.face ?? [])
  faces = [...new Map(found.filter((face) => face.sfnt.isCff).map((face) => [face.id, face])).values()]
})

/** Outlines without the lines that close contours, and without lines that go nowhere: both ways of writing them draw the same. */
function drawing(font: Font, glyph: number): string {
  return font.glyphToPath(glyph).split('Z').map((contour) => {
    const commands = contour.match(/[MLQC][^MLQC]*/gu) ?? []
    const ends = commands.map((command) => command.slice(1).split(/[ ,]/u).slice(-2).join(','))
    const kept = commands.filter((command, at) => !(command.startsWith('L') && (ends[at] === ends[at - 1] || (at === commands.length - 1 && ends[at] === ends[0]))))
    return kept.join('')
  }).join('Z')
}

test('every sign is drawn as HarfBuzz draws it from its own cut, at the same width', () => {
  expect(faces.length).toBeGreaterThan(0)
  for (const face of faces) {
    const own = signs.filter((codePoint) => face.sfnt.glyphOf(codePoint) > 0)
    const [ours, theirs] = [cutFace(face, own), subsetFont(readFileSync(face.file), { index: face.index, codePoints: own })]
    const [a, b] = [readFace(ours), readFace(theirs)]
    const [fontA, fontB] = [new Font(new Face(new Blob(ours))), new Font(new Face(new Blob(theirs)))]
    const different = own.filter((codePoint) => {
      const [glyphA, glyphB] = [a.glyphOf(codePoint), b.glyphOf(codePoint)]
      return a.advanceOf(glyphA) !== b.advanceOf(glyphB) || drawing(fontA, glyphA) !== drawing(fontB, glyphB)
    })
    expect(String.fromCodePoint(...different), face.file).toBe('')
  }
})

test('equal signs give equal bytes, in whatever order they are asked for', () => {
  const [face] = faces
  if (!face) throw new Error('no CFF face')
  const own = signs.filter((codePoint) => face.sfnt.glyphOf(codePoint) > 0).slice(0, 60)
  expect(Buffer.compare(cutFace(face, own), cutFace(face, own.toReversed()))).toBe(0)
})

test('segments of every shape come back as they were written', () => {
  const noSubrs = { count: 0, end: 0, get: () => new Uint8Array() }
  const steps = [0, 1, -3, 108, -1132, 0.5]
  let seed = 7
  const next = (): number => {
    seed = (seed * 16807) % 2147483647
    return steps[seed % steps.length] ?? 0
  }
  for (let round = 0; round < 400; round += 1) {
    const segments = Array.from({ length: 1 + (round % 40) }, () => (next() > 0 ? ([next() + 2, next()] as const) : ([next(), next(), next() + 2, next(), next(), next()] as const)))
    // Steps to the right only: the contour never comes back to where it began.
    const contour = { x: 3, y: -7, segments: [[4000, 5000] as const, ...segments] }
    const [read] = readOutline(writeOutline([contour], round % 2 === 0 ? 500 : null), { local: noSubrs, global: noSubrs })
    expect(read, `round ${round}`).toEqual({ ...contour, segments: contour.segments.map((segment) => segment.map((step) => step + 0)) })
  }
})

test('a damaged face ends in a refusal, never in a loop or a crash', () => {
  const [face] = faces
  if (!face) throw new Error('no CFF face')
  const own = signs.filter((codePoint) => face.sfnt.glyphOf(codePoint) > 0).slice(0, 20)
  const whole = cutFace(face, own)
  const sfnt = readFace(whole)
  const tables = new Map(Array.from({ length: whole[5] ?? 0 }, (_each, at) => {
    const view = new DataView(whole.buffer, whole.byteOffset + 12 + 16 * at, 16)
    return [String.fromCharCode(...new Uint8Array(whole.buffer, whole.byteOffset + 12 + 16 * at, 4)), { offset: view.getUint32(8), length: view.getUint32(12) }] as const
  }))
  const table = (tag: string) => tables.get(tag) ?? { offset: 0, length: 0 }
  for (let round = 0; round < 300; round += 1) {
    const bytes = whole.slice()
    const { offset, length } = table('CFF ')
    for (let hit = 0; hit < 3; hit += 1) bytes[offset + ((round * 7919 + hit * 104_729) % (round < 150 ? Math.min(length, 400) : length))] = (round * 31 + hit * 97) % 256
    const source: CffSource = {
      table: (tag) => (tables.has(tag) ? { length: table(tag).length, read: (at, count) => bytes.subarray(table(tag).offset + at, table(tag).offset + Math.min(table(tag).length, at + count)) } : null),
      glyphOf: (codePoint) => sfnt.glyphOf(codePoint),
      widthOf: (glyph) => Math.round(sfnt.advanceOf(glyph) * 1000),
    }
    try {
      expect(cutCff(source, own).length).toBeLessThan(1_000_000)
    } catch (problem) {
      if (!(problem instanceof FontFormatError) && !(problem instanceof UnknownOutlines)) throw problem
    }
  }
})
