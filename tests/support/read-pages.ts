/** Reading glyph positions back out of finished files, each format by its own grammar and without help from the renderers: what
 * a reader of SVG, PDF or OFD would see. Positions are millimetres from the sheet's top left corner. */
import { inflateRawSync, inflateSync } from 'node:zlib'

/** A sign with the left end of its baseline. */
export interface SeenGlyph {
  readonly char: string
  readonly x: number
  readonly y: number
}

const mmPerPt = 25.4 / 72

/** Files of a zip package by name.
 *
 * @throws when two entries have one name: a reader could be shown another file than was checked
 */
export function unzip(bytes: Uint8Array): ReadonlyMap<string, Buffer> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed, nameLength] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(start, start + packed)
    if (files.has(name)) throw new Error(`two entries named ${name}`)
    files.set(name, method === 0 ? data : inflateRawSync(data))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}

function unescapeXml(text: string): string {
  return text.replaceAll(/&#(\d+);/gu, (_all, code: string) => String.fromCodePoint(Number(code)))
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag)?.[1]
}

function numbers(text: string | undefined): readonly number[] {
  return (text ?? '').trim().split(/\s+/u).filter((each) => each !== '').map(Number)
}

/** DeltaX with its runs `g count value` written out. Source: GB/T 33190-2016 11.3 */
function deltas(text: string | undefined): readonly number[] {
  const words = (text ?? '').trim().split(/\s+/u).filter((each) => each !== '')
  const out: number[] = []
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] !== 'g') {
      out.push(Number(words[at]))
      continue
    }
    out.push(...Array.from({ length: Number(words[at + 1]) }, () => Number(words[at + 2])))
    at += 2
  }
  return out
}

/** Glyphs of an OFD, page by page in the order of Document.xml. */
export function readOfd(bytes: Uint8Array): readonly (readonly SeenGlyph[])[] {
  const files = unzip(bytes)
  const document = files.get('Doc_0/Document.xml')?.toString('utf8') ?? ''
  return [...document.matchAll(/<ofd:Page [^>]*BaseLoc="([^"]+)"/gu)].map(([, name]) => readOfdPage(files.get(`Doc_0/${name}`)?.toString('utf8') ?? ''))
}

function readOfdPage(xml: string): readonly SeenGlyph[] {
  return [...xml.matchAll(/<ofd:TextObject([^>]*)>(.*?)<\/ofd:TextObject>/gsu)].flatMap(([, tag = '', inner = '']) => {
    const [boxX = 0, boxY = 0] = numbers(attribute(tag, 'Boundary'))
    const matrix = attribute(tag, 'CTM')
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix === undefined ? [1, 0, 0, 1, 0, 0] : numbers(matrix)
    return [...inner.matchAll(/<ofd:TextCode([^>]*)>([^<]*)<\/ofd:TextCode>/gu)].flatMap(([, code = '', text = '']) => {
      const steps = deltas(attribute(code, 'DeltaX'))
      const y = Number(attribute(code, 'Y'))
      let x = Number(attribute(code, 'X'))
      return [...unescapeXml(text)].map((char, index): SeenGlyph => {
        if (index > 0) x += steps[index - 1] ?? 0
        return { char, x: boxX + a * x + c * y + e, y: boxY + b * x + d * y + f }
      })
    })
  })
}

/** Glyphs of an SVG page: each run's text from its label, each place from the matrix of its outline. Signs without ink (blanks)
 * have no outline and are left out. */
export function readSvg(svg: string): readonly SeenGlyph[] {
  return [...svg.matchAll(/<g [^>]*aria-label="([^"]*)"[^>]*>(.*?)<\/g>/gsu)].flatMap(([, label = '', inner = '']) => {
    const places = [...inner.matchAll(/<use [^>]*transform="matrix\(([^)]*)\)"/gu)].map(([, matrix]) => numbers(matrix))
    const chars = [...unescapeXml(label)].filter((char) => char.trim() !== '')
    if (chars.length !== places.length) throw new Error(`${chars.length} signs but ${places.length} outlines in ${label}`)
    return chars.map((char, index): SeenGlyph => ({ char, x: places[index]?.[4] ?? 0, y: places[index]?.[5] ?? 0 }))
  })
}

/** An object of a PDF; its stream unpacked. */
export interface PdfObject {
  readonly dict: string
  readonly stream: Buffer | null
}

/** The objects of a PDF of ours. */
export interface PdfObjects {
  readonly all: readonly PdfObject[]
  /** By reference, `12 0 R`. */
  get(ref: string | undefined): PdfObject | undefined
}

/** Reads all objects by the cross-reference table. */
export function readPdfObjects(bytes: Uint8Array): PdfObjects {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = all.toString('latin1')
  const objects = new Map<string, { dict: string; stream: Buffer | null }>()
  const table = text.slice(Number(/startxref\s+(\d+)/u.exec(text)?.[1] ?? 0))
  for (const [, offset] of table.matchAll(/(\d{10}) 00000 n/gu)) {
    const at = Number(offset)
    const number = /^(\d+) 0 obj\n/u.exec(text.slice(at, at + 20))
    const body = at + (number?.[0].length ?? 0)
    const end = text.indexOf('\nendobj', body)
    const streamAt = text.slice(body, Math.min(end, body + 4000)).search(/>>\nstream\n/u)
    const dict = streamAt < 0 ? text.slice(body, end) : text.slice(body, body + streamAt + 2)
    const start = body + streamAt + '>>\nstream\n'.length
    const raw = streamAt < 0 ? null : all.subarray(start, start + Number(/\/Length (\d+)/u.exec(dict)?.[1] ?? 0))
    objects.set(number?.[1] ?? '', { dict, stream: raw && dict.includes('/FlateDecode') && !dict.includes('/Predictor') ? inflateSync(raw) : raw })
  }
  return { all: [...objects.values()], get: (ref) => objects.get((ref ?? '').split(' ')[0] ?? '') }
}

interface PdfFace {
  readonly chars: ReadonlyMap<string, string>
  readonly widths: ReadonlyMap<number, number>
}

function readFont(objects: PdfObjects, ref: string): PdfFace {
  const font = objects.get(ref)?.dict ?? ''
  const map = objects.get(/\/ToUnicode (\d+ 0 R)/u.exec(font)?.[1])?.stream?.toString('latin1') ?? ''
  const chars = new Map([...map.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>/gu)].map(([, code = '', utf16 = '']) => [code, Buffer.from(utf16, 'hex').swap16().toString('utf16le')] as const))
  const descendant = objects.get(/\/DescendantFonts \[(\d+ 0 R)\]/u.exec(font)?.[1])?.dict ?? ''
  const list = /\/W \[(.*)\] >>/su.exec(descendant)?.[1] ?? ''
  return { chars, widths: new Map([...list.matchAll(/(\d+) \[(\d+)\]/gu)].map(([, code, width]) => [Number(code), Number(width)] as const)) }
}

/** Glyphs of a PDF of ours, page by page: the text operators run as a viewer runs them. */
export function readPdf(bytes: Uint8Array): readonly (readonly SeenGlyph[])[] {
  const objects = readPdfObjects(bytes)
  const text = Buffer.from(bytes).toString('latin1')
  const root = objects.get(/\/Root (\d+ 0 R)/u.exec(text)?.[1])?.dict ?? ''
  const kids = /\/Kids \[([^\]]*)\]/u.exec(objects.get(/\/Pages (\d+ 0 R)/u.exec(root)?.[1])?.dict ?? '')?.[1] ?? ''
  const fonts = new Map<string, PdfFace>()
  return [...kids.matchAll(/(\d+) 0 R/gu)].map(([ref]) => {
    const page = objects.get(ref)?.dict ?? ''
    const names = new Map([...page.matchAll(/\/(F\d+) (\d+ 0 R)/gu)].map(([, name = '', font = '']) => [name, font] as const))
    const content = objects.get(/\/Contents (\d+ 0 R)/u.exec(page)?.[1])?.stream?.toString('latin1') ?? ''
    const height = numbers(/\/MediaBox \[([^\]]*)\]/u.exec(page)?.[1])[3] ?? 0
    return readPdfText(content, height, (name) => {
      const font = names.get(name) ?? ''
      const known = fonts.get(font) ?? readFont(objects, font)
      fonts.set(font, known)
      return known
    })
  })
}

function readPdfText(content: string, height: number, fontOf: (name: string) => PdfFace): readonly SeenGlyph[] {
  const shows = /\/(F\d+) ([\d.]+) Tf ([\d.]+) Tz ([-\d. ]+) Tm \[([^\]]*)\] TJ/gu
  return [...content.matchAll(shows)].flatMap(([, name = '', sizeText, scaleText, matrixText, array = '']) => {
    const { chars, widths } = fontOf(name)
    const unit = (Number(sizeText) / 1000) * (Number(scaleText) / 100)
    const [a = 1, b = 0, , , e = 0, f = 0] = numbers(matrixText)
    let pen = 0
    return [...array.matchAll(/<([0-9A-F]+)>|(-?[\d.]+)/gu)].flatMap(([, codes, shift]): readonly SeenGlyph[] => {
      if (codes === undefined) {
        pen -= Number(shift) * unit
        return []
      }
      return (codes.match(/.{4}/gu) ?? []).map((code) => {
        const at = { x: (e + a * pen) * mmPerPt, y: (height - f - b * pen) * mmPerPt }
        pen += (widths.get(Number.parseInt(code, 16)) ?? 1000) * unit
        return { char: chars.get(code) ?? '', ...at }
      })
    })
  })
}
