import { expect, test } from 'vitest'
import { countWords } from './count-words.ts'

test.each([
  ['关于印发《办法》的通知', { words: 11, characters: 11 }],
  ['2026年11月20日', { words: 6, characters: 11 }],
  ['采用 IPv6 和 HTTP/2 协议', { words: 7, characters: 15 }],
  ['', { words: 0, characters: 0, paragraphs: 0 }],
  ['第一段\n\n　　第二段', { words: 6, characters: 6, withSpaces: 8, paragraphs: 2 }],
])('%j counts as in an office program', (text, expected) => {
  expect(countWords(text)).toMatchObject(expected)
})
