import { expect, test } from 'vitest'
import { currentCatalogue, onLocaleChange, setWordLoader, switchLocale, translate } from './words.ts'

test('placeholders are filled and unknown ones stay visible', () => {
  expect(translate({ a: '剩 {count} 天 {other}' }, 'a', { count: 3 })).toBe('剩 3 天 {other}')
})

test('a noun goes with its number', () => {
  const words = { a: '{count} {count?page is|pages are} missing' }
  expect([0, 1, 2].map((count) => translate(words, 'a', { count }))).toEqual(['0 pages are missing', '1 page is missing', '2 pages are missing'])
})

test('a key without words shows itself', () => {
  expect(translate({}, 'seals.nowhere')).toBe('seals.nowhere')
})

test('switching the language tells every view and needs no reload', async () => {
  setWordLoader(async (locale) => ({ hello: locale === 'en' ? 'Hello' : '您好' }))
  let told = 0
  const stop = onLocaleChange(() => {
    told += 1
  })
  await switchLocale('en')
  expect(translate(currentCatalogue().words, 'hello')).toBe('Hello')
  await switchLocale('zh-CN')
  expect(translate(currentCatalogue().words, 'hello')).toBe('您好')
  expect(told).toBe(2)
  stop()
})
