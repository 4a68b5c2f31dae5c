/** Every kind of document (文种) from a text as colleagues send it round: recognised, put in its format, laid out with nothing lost. The
 * texts are the checker's clean ones, each with its red head, number, 主送, body, signature and imprint typed as plain lines. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { documentKinds, type FontMetrics, layoutDocument, recogniseText } from '@xiewen/shared/documents'
import { describe, expect, test } from 'vitest'

const corpus = join(import.meta.dirname, '../../corpus/checker/clean')
const metrics: FontMetrics = { advance: (_role, codePoint) => (codePoint < 0x2e80 && !'“”‘’…—'.includes(String.fromCodePoint(codePoint)) ? 0.5 : 1), fingerprint: 'half-width' }

const texts = readdirSync(corpus)
  .flatMap((name) => readFileSync(join(corpus, name), 'utf8').split(/^=====$/mu))
  .map((text) => text.trim().replace(/^\[\+[^\]]*\]/u, ''))
  .filter((text) => text !== '')
const read = texts.map((text) => ({ text, document: recogniseText(text).document }))

/** Chinese signs of a text; 附件 above what an order publishes is a label. */
const signsOf = (text: string): readonly string[] => [...text.replaceAll(/^附件\d*$/gmu, '')].filter((sign) => /\p{Script=Han}/u.test(sign))

describe.each(documentKinds.map((kind) => [kind] as const))('%s from a text', (kind) => {
  const own = read.filter(({ document }) => document.elements.kind === kind)

  test('is known by its title or mark, with its number, organ and format', () => {
    expect(own.length).toBeGreaterThanOrEqual(3)
    for (const { text, document } of own) {
      const { elements } = document
      const head = text.split('\n').slice(0, 3).join('\n')
      if (/〔\d{4}〕\d+号$/mu.test(head) || (kind === '命令' && /^第\d+号$/mu.test(head))) expect(elements.number, text.slice(0, 60)).not.toBeNull()
      // What a session itself puts out (全体会议公报, 政治决议) names no organ.
      if (!/全体会议公报|会议政治决议/u.test(head)) expect(elements.issuers.length, text.slice(0, 60)).toBeGreaterThan(0)
      if (kind === '命令') expect(elements.format).toBe('order')
      if (kind === '纪要') expect([elements.format, document.blocks.some((block) => block.kind === 'title')]).toEqual(['minutes', false])
      if (kind === '函') expect(elements.format).toBe('letter')
    }
  })

  test('stands on its pages with no Chinese sign lost', () => {
    for (const { text, document } of own) {
      const layout = layoutDocument(document, metrics)
      const drawn = new Map<string, number>()
      for (const page of layout.pages) for (const item of page.items) if (item.kind === 'text') for (const sign of item.text) drawn.set(sign, (drawn.get(sign) ?? 0) + 1)
      for (const sign of signsOf(text)) drawn.set(sign, (drawn.get(sign) ?? 0) - 1)
      const lost = [...drawn].filter(([, count]) => count < 0).map(([sign, count]) => `${sign}${count}`)
      expect(lost, text.slice(0, 80)).toEqual([])
    }
  })
})
