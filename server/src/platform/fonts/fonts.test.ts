import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { cutFace, fetchDebianFonts, FontFormatError, type Fonts, loadFonts, readFace, sharedFontCache } from './index.ts'
import { findPackagePath } from './slices.ts'

let fonts: Fonts

beforeAll(async () => {
  fonts = await loadFonts({ dataDir: sharedFontCache() })
})

function anEmptyDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'xiewen-fonts-test-'))
}

/** A whole face that every installation has. */
const sans = findPackagePath('@embedpdf/fonts-sc/fonts/NotoSansHans-Medium.otf') ?? ''

/** The face with its OS/2 embedding rights set. */
function withRights(fsType: number): Uint8Array {
  const face = fonts.find('heiti', 0x4e00)?.face
  if (!face) throw new Error('no face for 黑体')
  const bytes = cutFace(face, [0x4e00, 0x4e8c])
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 12; at < 12 + 16 * view.getUint16(4); at += 16) {
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) === 'OS/2') view.setUint16(view.getUint32(at + 8) + 8, fsType)
  }
  return bytes
}

test('every role has a face with all signs a document cannot do without', () => {
  for (const role of fonts.report().roles) {
    expect(role.missing, role.role).toBe('')
    expect(role.coverage).toBeGreaterThan(6763)
    expect(role.sha256).toMatch(/^[0-9a-f]{64}$/u)
  }
})

test('Chinese signs take a whole em and unknown ones have no width', () => {
  expect(fonts.metrics.advance('fangsong', 0x56fd)).toBe(1)
  expect(fonts.metrics.advance('fangsong', 0xf0000)).toBeNull()
})

test('a sign the first face lacks is lent by another', () => {
  const rare = [...'龘㛃镕䶮'].map((char) => char.codePointAt(0) ?? 0)

  for (const codePoint of rare) expect(fonts.find('fangsong', codePoint), String.fromCodePoint(codePoint)).not.toBeNull()
})

test('the office’s own file comes first and changes the fingerprint', async () => {
  const dataDir = anEmptyDirectory()
  copyFileSync(sans, join(dataDir, 'own.otf'))
  writeFileSync(join(dataDir, 'fonts.json'), JSON.stringify({ fangsong: [{ file: 'own.otf', licence: 'ours' }] }))

  const own = await loadFonts({ dataDir })

  expect(own.report().roles.find((role) => role.role === 'fangsong')).toMatchObject({ origin: 'office', isStandIn: false, file: join(dataDir, 'own.otf') })
  expect(own.metrics.fingerprint).not.toBe(fonts.metrics.fingerprint)
})

test.each([
  [2, 'restricted', 'fangsong'],
  [4, null, 'fangsong'],
] as const)('a file with embedding rights %d is refused as %s', async (fsType, reason, role) => {
  const dataDir = anEmptyDirectory()
  const file = join(dataDir, 'own.otf')
  writeFileSync(file, withRights(fsType))
  writeFileSync(join(dataDir, 'fonts.json'), JSON.stringify({ [role]: [{ file: 'own.otf' }] }))

  const report = (await loadFonts({ dataDir })).report()

  expect(report.refused).toEqual(reason === null ? [] : [{ file, reason }])
  expect(report.roles.find((each) => each.role === role)?.file === file).toBe(reason === null)
})

test('a file that is no font or is cut short is refused and the next face stands in', async () => {
  const dataDir = anEmptyDirectory()
  writeFileSync(join(dataDir, 'text.otf'), 'no font')
  writeFileSync(join(dataDir, 'cut.otf'), withRights(0).subarray(0, 900))
  writeFileSync(join(dataDir, 'fonts.json'), JSON.stringify({ heiti: [{ file: 'text.otf' }, { file: 'cut.otf' }, { file: 'absent.otf' }] }))

  const report = (await loadFonts({ dataDir })).report()

  expect(report.refused.map((each) => each.reason)).toEqual(['not-a-font', 'not-a-font', 'unreadable'])
  expect(report.roles.find((role) => role.role === 'heiti')?.missing).toBe('')
})

test('a malformed fonts.json names itself', async () => {
  const dataDir = anEmptyDirectory()
  writeFileSync(join(dataDir, 'fonts.json'), JSON.stringify({ fangsong: [{ file: '' }] }))

  await expect(loadFonts({ dataDir })).rejects.toThrow('fonts.json')
})

test('a font cut short at any byte is a format error', () => {
  const bytes = withRights(0)

  for (let length = 0; length < bytes.length; length += 37) expect(() => readFace(bytes.subarray(0, length))).toThrow(FontFormatError)
})

test('the npm packages alone give all roles, and say that no real 仿宋 is there', async () => {
  // A directory that stays: unpacking a thousand slices once a machine is enough.
  const cacheDir = join(tmpdir(), 'xiewen-fonts-of-npm')

  const bare = await loadFonts({ dataDir: anEmptyDirectory(), systemDirs: [], cacheDir })

  expect(bare.report().roles.map((role) => [role.role, role.isStandIn, role.missing])).toEqual([
    ['fangsong', true, ''], ['xiaobiaosong', false, ''], ['heiti', false, ''], ['kaiti', false, ''], ['songti', false, ''],
  ])
  expect(bare.glyphPath('xiaobiaosong', '国')?.path).not.toBe(bare.glyphPath('songti', '国')?.path)
}, 60_000)

test('the browser gets the very face that prints, cut to the text', () => {
  const faces = fonts.subsetForBrowser('kaiti', '（一）加强领导')

  expect(faces.flatMap((face) => face.codePoints)).toHaveLength(7)
  for (const face of faces) {
    const read = readFace(face.bytes)
    expect(face.codePoints.every((codePoint) => read.glyphOf(codePoint) > 0)).toBe(true)
    expect(read.glyphOf(0x4e8c)).toBe(0)
  }
})

test('outlines are drawn for signs and empty for spaces', () => {
  expect(fonts.glyphPath('songti', '印')?.path).toMatch(/^M.*Z$/u)
  expect(fonts.glyphPath('songti', ' ')?.path).toBe('')
  expect(fonts.glyphPath('songti', '\u{F0000}')).toBeNull()
})

test('where the cache cannot be written the office’s own directory holds what is unpacked', async () => {
  const dataDir = anEmptyDirectory()
  const blocked = join(anEmptyDirectory(), 'a-file')
  writeFileSync(blocked, 'in the way')

  const bare = await loadFonts({ dataDir, systemDirs: [], cacheDir: blocked })

  expect(bare.report().roles.find((role) => role.role === 'kaiti')?.file).toContain(dataDir)
}, 60_000)

test('a machine without apt-get gets a reason instead of the fonts', async () => {
  const path = process.env['PATH']
  process.env['PATH'] = anEmptyDirectory()
  try {
    const outcome = await fetchDebianFonts(anEmptyDirectory(), { timeoutMs: 5000 })

    expect(outcome).toMatchObject({ kind: 'not-fetched', reason: expect.stringContaining('apt-get') })
  } finally {
    process.env['PATH'] = path
  }
})

/** A directory in which one small face with a single sign plays every role, and whole faces only lie about. */
async function aPoorOffice(): Promise<string> {
  const dataDir = anEmptyDirectory()
  const face = fonts.find('heiti', 0x4e00)?.face
  if (!face) throw new Error('no face for 黑体')
  writeFileSync(join(dataDir, 'one.otf'), cutFace(face, [0x4e00]))
  const all = [{ file: 'one.otf' }]
  writeFileSync(join(dataDir, 'fonts.json'), JSON.stringify({ fangsong: all, xiaobiaosong: all, heiti: all, kaiti: all, songti: all }))
  return dataDir
}

test('a file that was only dropped into the office’s folder lends the signs nobody else has', async () => {
  const dataDir = await aPoorOffice()
  const bare = { dataDir, systemDirs: [], cacheDir: dataDir, npm: false }
  expect((await loadFonts(bare)).find('fangsong', 0x4e8c)).toBeNull()
  copyFileSync(sans, join(dataDir, 'dropped.otf'))
  const after = await loadFonts(bare)
  expect(after.find('fangsong', 0x4e8c)?.face.file).toBe(join(dataDir, 'dropped.otf'))
  expect(after.find('fangsong', 0x4e00)?.face.file).toBe(join(dataDir, 'one.otf'))
})

test('a chosen face comes first in its role only; one that is gone leaves the role to the next', async () => {
  const dataDir = await aPoorOffice()
  copyFileSync(sans, join(dataDir, 'dropped.otf'))
  const bare = { dataDir, systemDirs: [], cacheDir: dataDir, npm: false }
  const chosen = await loadFonts({ ...bare, choices: { kaiti: 'dropped.otf#0' } })
  expect(chosen.find('kaiti', 0x4e00)?.face.file).toBe(join(dataDir, 'dropped.otf'))
  expect(chosen.find('fangsong', 0x4e00)?.face.file).toBe(join(dataDir, 'one.otf'))
  expect((await loadFonts({ ...bare, choices: { kaiti: 'gone.otf#0' } })).metrics.fingerprint).toBe((await loadFonts(bare)).metrics.fingerprint)
})
