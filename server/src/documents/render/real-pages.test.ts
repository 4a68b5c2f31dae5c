/** Pages our own engine makes of real texts must not keep them from 送审. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { layoutDocument, lintLayout, recogniseText } from '@xiewen/shared/documents'
import { expect, test } from 'vitest'
import { loadFonts, sharedFontCache } from '../../platform/fonts/index.ts'

const root = join(import.meta.dirname, '../../../..')
const texts = ['tests/support/real-documents', 'server/demonstration'].flatMap((folder) =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.txt') ? [join(root, folder, name)] : [])),
)

test('real texts, as they are imported, break no rule of the page', async () => {
  const fonts = await loadFonts({ dataDir: sharedFontCache() })
  const found = texts.flatMap((file) => {
    const { document } = recogniseText(readFileSync(file, 'utf8'))
    const findings = lintLayout(document, layoutDocument(document, fonts.metrics), { organNames: [], superiors: [], subordinates: [], codes: [], leadOrgan: [], principals: [] })
    return findings.filter(({ severity }) => severity === 'error').map(({ rule, page, params }) => `${file} ${rule} ${page} ${params['text']}`)
  })
  expect(texts.length).toBeGreaterThan(5)
  expect(found).toEqual([])
})
