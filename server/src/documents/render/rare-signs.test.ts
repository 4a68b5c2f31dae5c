/** Uncommon characters (生僻字) of names and titles: printed and extracted by whatever face has them, named where none has. */
import { emptyElements, layoutDocument, type OfficialDocument, recogniseText } from '@xiewen/shared/documents'
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readOfd, readPdf } from '../../../../tests/support/read-pages.ts'
import { type Fonts, loadFonts, sharedFontCache } from '../../platform/fonts/index.ts'
import { reportSigns } from '../signs-in-use.ts'
import { renderOfd, renderPdf } from './index.ts'

/** GB 18030-2022 level 3: 㑇 U+3447, 䶮 U+4DAE, 𠅤 U+20164, 𠮷 U+20BB7, 𬬮 U+2CB2E, 𬭎 U+2CB4E, 𬱖 U+2CC56, 𬶐 U+2CD90. */
const rare = '㑇䶮𠅤𠮷𬬮𬭎𬱖𬶐'
/** Of Unicode's extension H, in no installed face. */
const unknown = '\u{31350}'
const info = { title: '任免', creationDate: 0 }

function appointment(name: string): OfficialDocument {
  const { document } = recogniseText(`关于王${name}等同志任职的通知\n各科室：\n　　任命王${name}同志为办公室主任。\n　　任命李${name}同志为副主任。\n云州市民政局\n2026年11月20日\n`)
  return { ...document, elements: { ...emptyElements('通知'), issuers: ['云州市民政局'], copyTo: [`王${name}同志`] } }
}

function signsOf(pages: readonly (readonly { readonly char: string }[])[]): string {
  return pages.flat().map(({ char }) => char).join('')
}

let office: Fonts
let bare: Fonts

beforeAll(async () => {
  office = await loadFonts({ dataDir: sharedFontCache() })
  // As on a machine with nothing but what npm brings; unpacked once for all tests of this account.
  const cacheDir = mkdtempSync(join(tmpdir(), 'xiewen-rare-'))
  mkdirSync(join(sharedFontCache(), 'npm'), { recursive: true })
  symlinkSync(join(sharedFontCache(), 'npm'), join(cacheDir, 'npm'))
  bare = await loadFonts({ dataDir: cacheDir, systemDirs: [], cacheDir })
})

describe.each([['the faces of this machine', () => office], ['the faces every installation has', () => bare]] as const)('with %s', (_which, fontsOf) => {
  test('names of level 3 are laid out and come out of PDF and OFD as they were written', () => {
    const fonts = fontsOf()
    const layout = layoutDocument(appointment(rare), fonts.metrics)
    expect(layout.missing).toEqual([])
    for (const signs of [signsOf(readPdf(renderPdf(layout, fonts, info))), signsOf(readOfd(renderOfd(layout, fonts, info)))]) {
      // Title, two paragraphs, 抄送.
      for (const sign of rare) expect(signs.split(sign).length - 1, sign).toBe(4)
      expect(signs).toContain(`任命王${rare}同志为办公室主任。`)
    }
  })

  test('a sign lent by another face is reported with that face’s name, an ordinary one is not', () => {
    const fonts = fontsOf()
    // 𪛗 U+2A6D7: in LXGW WenKai, not in the faces of titles.
    const report = reportSigns(layoutDocument(appointment('\u{2A6D7}'), fonts.metrics), fonts)
    expect(report.missing).toEqual([])
    // Once in the title; in two paragraphs and 抄送 unless it plays 仿宋 itself.
    const inText = { family: 'LXGW WenKai', role: 'fangsong', text: '\u{2A6D7}', count: 3 }
    const isOwn = fonts.report().roles.find(({ role }) => role === 'fangsong')?.family === 'LXGW WenKai'
    expect(report.lent).toEqual([{ ...inText, role: 'xiaobiaosong', count: 1 }, ...(isOwn ? [] : [inText])])
  })

  test('a sign no face has is named with its pages and drawn as a crossed box, and the files are still made', () => {
    const fonts = fontsOf()
    const layout = layoutDocument(appointment(unknown), fonts.metrics)
    expect(reportSigns(layout, fonts).missing).toEqual([{ text: unknown, pages: [1, 2], count: 4 }])
    const signs = signsOf(readPdf(renderPdf(layout, fonts, info)))
    expect(signs).not.toContain(unknown)
    expect(signs).toContain('同志为办公室主任')
    expect(signsOf(readOfd(renderOfd(layout, fonts, info)))).toContain('同志为办公室主任')
  })
})
