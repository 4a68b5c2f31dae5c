import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { words as en } from '../../shell/ui/words.en.ts'
import { words as zh } from '../../shell/ui/words.zh-CN.ts'

const root = join(import.meta.dirname, '../..')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !/\/strings\./.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

const literalKey = /\b(?:t\(|(?:labelKey|groupKey|titleKey|hintKey)[:=]\s*)'([a-z][\w-]*(?:\.[\w-]+)+)'/g

function placeholdersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort()
}

describe('the catalogues', () => {
  test('both languages have the same keys', () => {
    expect(Object.keys(zh).length).toBeGreaterThan(200)
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  })

  test('a text and its translation fill the same placeholders', () => {
    const different = Object.keys(zh).filter((key) => placeholdersOf(zh[key] ?? '').join() !== placeholdersOf(en[key] ?? '').join())
    expect(different).toEqual([])
  })

  test('every literal key in use has words', () => {
    const used = sources.flatMap(({ path, text }) => [...text.matchAll(literalKey)].map((match) => ({ path, key: match[1] ?? '' })))
    expect(used.length).toBeGreaterThan(150)
    expect(used.filter(({ key }) => zh[key] === undefined)).toEqual([])
  })

  test('no view holds Chinese text of its own', () => {
    const offenders = sources.filter(({ path, text }) => path.endsWith('.tsx') && />[^<>{}]*\p{Script=Han}[^<>{}]*</u.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
    expect(offenders.map(({ path }) => path)).toEqual([])
  })
})
