import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

function filesUnder(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name)
    return statSync(path).isDirectory() ? (name === 'node_modules' || name === 'dist' ? [] : filesUnder(path)) : [path]
  })
}

const chinese = ['shared/src', 'desktop/src'].flatMap((dir) => filesUnder(join(root, dir))).filter((file) => file.endsWith('strings.zh-CN.ts'))

/** Every catalogue exported by a strings file. */
async function cataloguesOf(file: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const module: Record<string, unknown> = await import(pathToFileURL(file).href)
  // Safe because a strings file exports catalogues only, which the next test checks value by value.
  return Object.values(module).filter((value) => typeof value === 'object' && value !== null) as Record<string, string>[]
}

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()
}

describe('words people read', () => {
  it('there are catalogues to check', () => {
    expect(chinese.length).toBeGreaterThan(5)
  })

  it.each(chinese.map((file) => [file.slice(root.length)]))('%s has the same keys and placeholders in English', async (name) => {
    const file = join(root, name)
    const [zh, en] = [await cataloguesOf(file), await cataloguesOf(file.replace('strings.zh-CN.ts', 'strings.en.ts'))]
    expect(en.length).toBe(zh.length)
    zh.forEach((catalogue, index) => {
      const other = en[index] ?? {}
      expect(Object.keys(other).sort()).toEqual(Object.keys(catalogue).sort())
      for (const [key, text] of Object.entries(catalogue)) {
        expect(text, key).not.toBe('')
        expect(placeholders(other[key] ?? ''), key).toEqual(placeholders(text))
      }
    })
  })

  it('every refusal code has words', async () => {
    const words = new Set((await Promise.all(chinese.map(cataloguesOf))).flat().flatMap((catalogue) => Object.keys(catalogue)))
    const errors = filesUnder(join(root, 'shared/src')).filter((file) => file.endsWith('errors.ts') || file.endsWith('base/refusal.ts'))
    const codes = errors.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^\s+'([a-z]+\.[a-z0-9-]+)':\s*\d{3}/gm)].map((match) => match[1] ?? ''))
    expect(codes.length).toBeGreaterThan(20)
    expect(codes.filter((code) => !words.has(code))).toEqual([])
  })
})
