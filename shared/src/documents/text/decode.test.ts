import { describe, expect, test } from 'vitest'
import { decodeText } from './decode.ts'

const simplified = '关于加强档案管理工作的通知\n各单位：\n　　现将有关事项通知如下，请认真贯彻执行。\n'
const traditional = '關於加強檔案管理工作的通知\n各單位：\n　　現將有關事項通知如下，請認真貫徹執行。\n'
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const decode = (bytes: Uint8Array) => decodeText(bytes, (encoding, fatal) => new TextDecoder(encoding, { fatal, ignoreBOM: true }))

describe('a text file is read in the encoding it was saved in', () => {
  test.each([
    ['simplified in GB 18030', 'b9d8d3dabcd3c7bfb5b5b0b8b9dcc0edb9a4d7f7b5c4cda8d6aa0ab8f7b5a5cebba3ba0aa1a1a1a1cfd6bdabd3d0b9d8cac2cfeecda8d6aac8e7cfc2a3acc7ebc8cfd5e6b9e1b3b9d6b4d0d0a1a30a', 'gb18030', simplified],
    ['traditional in GB 18030', 'ea50ecb6bcd38f8a996eb0b8b9dcc0edb9a4d7f7b5c4cda8d6aa0ab8f786cecebba3ba0aa1a1a1a1ac468ca2d3d0ea50cac2ed97cda8d6aac8e7cfc2a3acd588d54ad5e6d89e8fd888ccd0d0a1a30a', 'gb18030', traditional],
    ['traditional in Big5', 'c3f6a9f3a55bb16ac0c9aed7badeb27aa475a740aabab371aabe0aa655b3e6a6eca1470aa140a140b27bb14ea6b3c3f6a8c6b6b5b371aabea670a455a141bdd0bb7baf75b365b9fdb0f5a6e6a1430a', 'big5', traditional],
  ])('%s', (_what, hex, encoding, text) => {
    expect(decode(bytesOf(hex))).toEqual({ text, encoding })
  })

  test('UTF-8 needs no guess, whatever is written in it', () => {
    for (const text of [simplified, traditional]) expect(decode(new TextEncoder().encode(text))).toEqual({ text, encoding: 'utf-8' })
  })

  const wide = (text: string, isLittle: boolean): Uint8Array => {
    const view = new DataView(new ArrayBuffer(text.length * 2))
    for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
    return new Uint8Array(view.buffer)
  }
  test.each([['utf-16le', true], ['utf-16be', false]] as const)('Chinese in %s needs no mark', (encoding, isLittle) => {
    for (const text of [simplified, traditional, simplified.repeat(1_000), `${simplified}　　附件：1. 2026年任务清单 𠮷\r\n`]) {
      expect(decode(wide(text, isLittle))).toEqual({ text, encoding })
    }
  })

  test('what is not plainly Chinese in UTF-16 is not taken for it', () => {
    expect(decode(wide('Notice 2026', true)).encoding).toBe('utf-8')
    expect(decode(Uint8Array.of(...wide(simplified, true), 0x00, 0xd8)).encoding).not.toBe('utf-16le')
    expect(decode(Uint8Array.of(...wide(simplified, true), 0xb9)).encoding).not.toBe('utf-16le')
    expect(decode(Uint8Array.of(...wide(simplified, true), 0x00, 0xac)).encoding).not.toBe('utf-16le')
  })

  test.each([
    ['决定', 'bef6b6a8'],
    ['关于', 'b9d8d3da'],
    ['云州市财政局', 'd4c6d6ddcad0b2c6d5febed6'],
    ['名册：张晓雨、欧阳志远、龚燚', 'c3fbb2e1a3bad5c5cffed3eaa1a2c5b7d1f4d6bed4b6a1a2b9a8a044'],
  ])('a few signs, as in %s, stay GB 18030', (text, hex) => {
    expect(decode(bytesOf(hex))).toEqual({ text, encoding: 'gb18030' })
  })
})
