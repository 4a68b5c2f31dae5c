/** Writing a PDF file: numbered objects, streams, a classic cross-reference table, so that seals can be added as increments.
 * Equal objects give equal bytes. Source: ISO 32000-1 7.3–7.5 */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'

/** A reference to an object, as it is written: `12 0 R`. */
export type PdfRef = `${number} 0 R`

/** A file in the making. */
export class PdfFile {
  readonly #bodies: (Uint8Array | null)[] = []

  /** A number for an object that is written later with `put`. */
  reserve(): PdfRef {
    this.#bodies.push(null)
    return `${this.#bodies.length} 0 R`
  }

  /** Adds an object of which `body` is the text, e.g. a dictionary. */
  add(body: string): PdfRef {
    const ref = this.reserve()
    this.put(ref, body)
    return ref
  }

  /** Writes a reserved object. */
  put(ref: PdfRef, body: string): void {
    this.#bodies[numberOf(ref) - 1] = Buffer.from(body, 'latin1')
  }

  /** Adds a stream. `entries` are those of its dictionary but for the length; deflated unless `plain`. */
  addStream(bytes: Uint8Array, entries: string, plain = false): PdfRef {
    const data = plain ? bytes : deflateSync(bytes, { level: 9 })
    const filter = plain ? '' : '/Filter /FlateDecode '
    const ref = this.reserve()
    const head = Buffer.from(`<< ${filter}/Length ${data.length} ${entries} >>\nstream\n`, 'latin1')
    this.#bodies[numberOf(ref) - 1] = Buffer.concat([head, data, Buffer.from('\nendstream', 'latin1')])
    return ref
  }

  /** The finished file. Its identifier is the digest of its objects: it depends on nothing but what is in it. */
  finish(trailer: { readonly root: PdfRef; readonly info: PdfRef }): Uint8Array {
    const parts: Uint8Array[] = [Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n', 'latin1')]
    let at = parts[0]?.length ?? 0
    const offsets: number[] = []
    const digest = createHash('sha256')
    for (const [index, body] of this.#bodies.entries()) {
      if (!body) throw new Error(`Bug: object ${index + 1} was reserved and never written`)
      offsets.push(at)
      digest.update(body)
      const open = Buffer.from(`${index + 1} 0 obj\n`, 'latin1')
      const close = Buffer.from('\nendobj\n', 'latin1')
      parts.push(open, body, close)
      at += open.length + body.length + close.length
    }
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
    const { root, info } = trailer
    const id = digest.digest('hex').slice(0, 32).toUpperCase()
    const size = this.#bodies.length + 1
    const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size ${size} /Root ${root} /Info ${info} /ID [<${id}> <${id}>] >>\nstartxref\n${at}\n%%EOF\n`
    return Buffer.concat([...parts, Buffer.from(end, 'latin1')])
  }
}

function numberOf(ref: PdfRef): number {
  return Number.parseInt(ref, 10)
}

/** A text string: UTF-16 with its mark, in hexadecimal. */
export function pdfText(text: string): string {
  const units = Array.from({ length: text.length }, (_each, index) => hex4(text.charCodeAt(index)))
  return `<FEFF${units.join('')}>`
}

/** Four hexadecimal digits. */
export function hex4(code: number): string {
  return code.toString(16).padStart(4, '0').toUpperCase()
}

/** A date string in UTC. */
export function pdfDate(at: number): string {
  return `(D:${new Date(at).toISOString().replace(/[-:T]/gu, '').slice(0, 14)}Z)`
}

/** A number with at most three decimals. */
export function num(value: number): string {
  const text = String(Math.round(value * 1000) / 1000)
  return text === '-0' ? '0' : text
}
