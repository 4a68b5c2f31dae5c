import { describe, expect, test } from 'vitest'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { readBoolean, readBits, readDer, readInteger, readOid, readSequence, readText, readTime } from './der-read.ts'
import {
  writeBits,
  writeBoolean,
  writeCertificateTime,
  writeGeneralizedTime,
  writeIa5,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
  writeUtf8,
} from './der-write.ts'

const read = (hex: string): ReturnType<typeof readDer> => readDer(fromHex(hex))

describe('what is written is read back', () => {
  test.each([0n, 1n, 127n, 128n, 255n, 256n, 1n << 255n])('INTEGER %i', (value) => {
    expect(readInteger(readDer(writeInteger(value)), 'value')).toBe(value)
  })

  test.each([0, 127, 128, 255, 256, 65_535, 65_536])('a length of %i octets', (size) => {
    expect(readDer(writeOctets(new Uint8Array(size))).content.length).toBe(size)
  })

  test.each(['1.2.156.10197.1.501', '2.5.29.15', '1.2.840.10045.2.1', '2.999.1', '0.9.2342'])(
    'OBJECT IDENTIFIER %s',
    (oid) => {
      expect(readOid(readDer(writeOid(oid)), 'oid')).toBe(oid)
    },
  )

  test('texts, booleans, bit strings and times', () => {
    const instant = Date.UTC(2026, 1, 28, 23, 59, 59)
    expect(readText(readDer(writeUtf8('云岭市')), 'text')).toBe('云岭市')
    expect(readBoolean(readDer(writeBoolean(true)), 'flag')).toBe(true)
    expect(readBits(readDer(writeBits(utf8('ab'))), 'bits')).toEqual(utf8('ab'))
    expect(readTime(readDer(writeGeneralizedTime(instant)), 'time')).toBe(instant)
    expect(readTime(readDer(writeCertificateTime(instant)), 'time')).toBe(instant)
    expect(readTime(readDer(writeCertificateTime(Date.UTC(2050, 0, 1))), 'time')).toBe(Date.UTC(2050, 0, 1))
  })

  test('a node keeps the bytes it came from', () => {
    const inner = writeSequence(writeInteger(5))
    const [node] = readSequence(readDer(writeSequence(inner)), 'outer')
    expect(node?.raw).toEqual(inner)
  })
})

describe('what is not DER is refused', () => {
  test.each([
    ['indefinite length', '30800000'],
    ['long form for a short length', '30810100'.slice(0, 6) + '00'],
    ['leading zero in the length', `3082000100`],
    ['trailing bytes', '02010100'],
    ['cut off', '020201'],
    ['no length', '30'],
    ['five length octets', '308500000000010'.padEnd(16, '0')],
    ['high tag number', '1f810000'],
    ['nothing', ''],
  ])('%s', (_, hex) => {
    expect(() => read(hex)).toThrow('der.malformed')
  })

  test.each([
    ['padded positive integer', '02020001'],
    ['padded negative integer', '0202ff80'],
    ['empty integer', '0200'],
  ])('%s', (_, hex) => {
    expect(() => readInteger(read(hex), 'value')).toThrow('der.malformed')
  })

  test('other booleans than 00 and FF, padded and open arcs, part octets, foreign times', () => {
    expect(() => readBoolean(read('010101'), 'flag')).toThrow('der.malformed')
    expect(() => readOid(read('06032a8001'), 'oid')).toThrow('der.malformed')
    expect(() => readOid(read('06022a86'), 'oid')).toThrow('der.malformed')
    expect(() => readBits(read('03020180'), 'bits')).toThrow('der.malformed')
    for (const text of ['20260229000000Z', '20260101000000', '202601010000Z', '20260101000000.5Z', '20261301000000Z']) {
      expect(() => readTime(read(`18${toHex(Uint8Array.of(text.length))}${toHex(utf8(text))}`), 'time')).toThrow(
        'der.malformed',
      )
    }
    expect(() => writeIa5('印章')).toThrow('text.malformed')
  })
})
