/** The table of attacks names a living test for every case; and two cases that belong to no single structure. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toHex, utf8 } from './bytes.ts'
import { parseSm2Signature } from './sign/signature.ts'
import { generateSm2KeyPair, sm2Sign } from './sign/sm2.ts'
import { sm2Verify } from './sign/verify.ts'

const table = readFileSync(new URL('../ATTACKS.md', import.meta.url), 'utf8')
const rows = [...table.matchAll(/^\| (V\d\d) \| [^|]+ \| ([^|]+) \| (.+) \|$/gm)].map(([, id = '', file = '', title = '']) => ({ id, file, title }))

test('every case of the table has its test', () => {
  const expected = [...Array(25).keys()].map((i) => i + 1).concat([...Array(20).keys()].map((i) => i + 30), [...Array(8).keys()].map((i) => i + 50))
  expect(rows.map(({ id }) => Number(id.slice(1)))).toEqual(expected)
  const gone = rows.filter(({ file, title }) => !readFileSync(new URL(`./${file}`, import.meta.url), 'utf8').includes(title))
  expect(gone).toEqual([])
})

test('V36 no two of our signatures share a nonce, over one message or many', () => {
  const { privateKey, publicKey } = generateSm2KeyPair()
  const seen = new Set<string>()
  for (let i = 0; i < 1000; i++) seen.add(toHex(parseSm2Signature(sm2Sign(privateKey, utf8(String(i >> 1)), { publicKey }))?.subarray(0, 32) ?? utf8('')))
  expect(seen.size).toBe(1000)
})

test('V38 a signature over one spelling of a statement is none over another', () => {
  const { privateKey, publicKey } = generateSm2KeyPair()
  const said = '{"a":"é","b":1}'
  const signature = sm2Sign(privateKey, utf8(said), { publicKey })
  expect(sm2Verify(publicKey, utf8(said), signature)).toBe(true)
  for (const other of ['{"b":1,"a":"é"}', '{"a": "é","b":1}', said.normalize('NFD'), `\uFEFF${said}`, `${said}\n`, '{"a":"\\u00e9","b":1}', '{"a":"é","b":1.0}']) {
    expect(sm2Verify(publicKey, utf8(other), signature), other).toBe(false)
  }
})
