/** Reader of PDF syntax. Source: ISO 32000-1:2008 clauses 7.2 and 7.3. Refuses what is damaged instead of repairing it. */
import { byteAt, fromLatin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { Budget } from './budget.ts'
import { type PdfDictionary, type PdfObject, type PdfString, type PdfValue, pdfNull } from './objects.ts'

const deepestNesting = 64
const longestToken = 128
const [lf, cr] = [10, 13]

const isSpace = (byte: number): boolean =>
  byte === 32 || byte === lf || byte === cr || byte === 9 || byte === 12 || byte === 0
const delimiters: ReadonlySet<number> = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)))
const isRegular = (byte: number): boolean => !isSpace(byte) && !delimiters.has(byte)

/** A parsed indirect object and the offset just behind its `endobj`. */
export interface IndirectObject {
  readonly number: number
  readonly generation: number
  readonly value: PdfObject
  readonly end: number
}

/** Finds the value of /Length when it is a reference. */
export type ResolveLength = (value: PdfValue) => number | null

/** A cursor over bytes that reads one value after the other. */
export class PdfParser {
  readonly bytes: Uint8Array
  readonly #budget: Budget
  offset: number

  constructor(bytes: Uint8Array, offset: number, budget: Budget) {
    this.bytes = bytes
    this.offset = offset
    this.#budget = budget
  }

  fail(message: string): CryptoError {
    return new CryptoError('pdf.malformed', message, { offset: this.offset })
  }

  #peek(ahead = 0): number {
    const at = this.offset + ahead
    return at < this.bytes.length ? byteAt(this.bytes, at) : -1
  }

  /** Skips white space and comments. */
  skipSpace(): void {
    for (;;) {
      const byte = this.#peek()
      if (byte === 0x25) while (this.#peek() !== -1 && this.#peek() !== lf && this.#peek() !== cr) this.offset++
      else if (byte !== -1 && isSpace(byte)) this.offset++
      else return
    }
  }

  /** Reads a run of regular characters. */
  readToken(): string {
    this.skipSpace()
    const start = this.offset
    while (this.#peek() !== -1 && isRegular(this.#peek())) this.offset++
    if (this.offset - start > longestToken) throw this.fail('token is too long')
    return fromLatin1(this.bytes.subarray(start, this.offset))
  }

  /** Reads the given keyword or throws. */
  expectKeyword(keyword: string): void {
    if (this.readToken() !== keyword) throw this.fail(`“${keyword}” expected`)
  }

  /** Whether the keyword comes next; it is consumed then. */
  takeKeyword(keyword: string): boolean {
    const before = this.offset
    if (this.readToken() === keyword) return true
    this.offset = before
    return false
  }

  /** Reads a non-negative integer. */
  readCount(): number {
    const token = this.readToken()
    if (!/^\d{1,15}$/.test(token)) throw this.fail('integer expected')
    return Number(token)
  }

  /** Reads one direct value or reference. */
  readValue(depth = 0): PdfValue {
    if (depth > deepestNesting) throw this.fail('values are nested too deeply')
    this.#budget.spendObject()
    this.skipSpace()
    switch (this.#peek()) {
      case 0x2f:
        return { kind: 'name', name: this.#readName() }
      case 0x28:
        return this.#readLiteral()
      case 0x5b:
        return this.#readArray(depth)
      case 0x3c:
        return this.#peek(1) === 0x3c ? this.readDictionary(depth) : this.#readHexadecimal()
      default:
        return this.#readWord()
    }
  }

  #readWord(): PdfValue {
    const token = this.readToken()
    if (token === 'true' || token === 'false') return { kind: 'boolean', value: token === 'true' }
    if (token === 'null') return pdfNull
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(token)) throw this.fail('value expected')
    const value = Number(token)
    if (/^\d+$/.test(token)) {
      const after = this.offset
      const generation = this.readToken()
      if (/^\d{1,5}$/.test(generation) && this.takeKeyword('R')) {
        return { kind: 'reference', number: value, generation: Number(generation) }
      }
      this.offset = after
    }
    return { kind: 'number', value, text: token }
  }

  #readName(): string {
    this.offset++
    const start = this.offset
    while (this.#peek() !== -1 && isRegular(this.#peek())) this.offset++
    const raw = fromLatin1(this.bytes.subarray(start, this.offset))
    return raw.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }

  #readArray(depth: number): PdfValue {
    this.offset++
    const items: PdfValue[] = []
    for (;;) {
      this.skipSpace()
      if (this.#peek() === 0x5d) break
      if (this.#peek() === -1) throw this.fail('array is not closed')
      items.push(this.readValue(depth + 1))
    }
    this.offset++
    return { kind: 'array', items }
  }

  /** Reads a dictionary; a key that appears twice is refused, since readers disagree on which one counts. */
  readDictionary(depth = 0): PdfDictionary {
    this.skipSpace()
    if (this.#peek() !== 0x3c || this.#peek(1) !== 0x3c) throw this.fail('dictionary expected')
    this.offset += 2
    const entries = new Map<string, PdfValue>()
    for (;;) {
      this.skipSpace()
      if (this.#peek() === 0x3e && this.#peek(1) === 0x3e) break
      if (this.#peek() !== 0x2f) throw this.fail('key expected')
      const key = this.#readName()
      if (entries.has(key)) throw this.fail(`key ${key} appears twice`)
      entries.set(key, this.readValue(depth + 1))
    }
    this.offset += 2
    return { kind: 'dictionary', entries }
  }

  #readHexadecimal(): PdfString {
    const start = this.offset
    const close = this.bytes.indexOf(0x3e, start)
    if (close < 0) throw this.fail('string is not closed')
    const text = fromLatin1(this.bytes.subarray(start + 1, close)).replaceAll(/[\s\0]/g, '')
    if (!/^[0-9a-fA-F]*$/.test(text)) throw this.fail('not a hexadecimal string')
    const even = text.length % 2 === 0 ? text : `${text}0`
    const bytes = new Uint8Array(even.length / 2)
    for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(even.slice(2 * i, 2 * i + 2), 16)
    this.offset = close + 1
    return { kind: 'string', bytes, hexadecimal: true, start, end: this.offset }
  }

  #readLiteral(): PdfString {
    const start = this.offset++
    const parts: number[] = []
    for (let open = 1; ; ) {
      const byte = this.#peek()
      if (byte === -1) throw this.fail('string is not closed')
      this.offset++
      if (byte === 0x5c) parts.push(...this.#readEscape())
      else {
        if (byte === 0x28) open++
        if (byte === 0x29) open--
        if (open === 0) break
        parts.push(byte)
      }
    }
    return { kind: 'string', bytes: Uint8Array.from(parts), hexadecimal: false, start, end: this.offset }
  }

  #readEscape(): readonly number[] {
    const byte = this.#peek()
    const octal = /^[0-7]{1,3}/.exec(fromLatin1(this.bytes.subarray(this.offset, this.offset + 3)))
    if (octal !== null) {
      this.offset += octal[0].length
      return [Number.parseInt(octal[0], 8) & 255]
    }
    this.offset++
    const plain: Readonly<Record<number, number>> = { 0x6e: lf, 0x72: cr, 0x74: 9, 0x62: 8, 0x66: 12 }
    if (byte === cr && this.#peek() === lf) this.offset++
    return byte === cr || byte === lf ? [] : [plain[byte] ?? byte]
  }

  /** Reads `N G obj … endobj`, streams included. */
  readIndirectObject(resolveLength: ResolveLength): IndirectObject {
    const number = this.readCount()
    const generation = this.readCount()
    this.expectKeyword('obj')
    const value = this.readValue()
    const object =
      value.kind === 'dictionary' && this.takeKeyword('stream') ? this.#readStream(value, resolveLength) : value
    this.expectKeyword('endobj')
    return { number, generation, value: object, end: this.offset }
  }

  #readStream(dictionary: PdfDictionary, resolveLength: ResolveLength): PdfObject {
    if (this.#peek() === cr && this.#peek(1) === lf) this.offset += 2
    else if (this.#peek() === lf) this.offset += 1
    else throw this.fail('line end expected after “stream”')
    const length = resolveLength(dictionary.entries.get('Length') ?? pdfNull)
    if (length === null || !Number.isSafeInteger(length) || length < 0 || this.offset + length > this.bytes.length) {
      throw this.fail('stream length is wrong')
    }
    const data = this.bytes.subarray(this.offset, this.offset + length)
    this.offset += length
    this.expectKeyword('endstream')
    return { kind: 'stream', dictionary, data }
  }
}
