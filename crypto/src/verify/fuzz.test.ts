/** Damaged input of every kind, at random but repeatable: nothing throws, nothing runs away, and no changed file is VALID. */
import { beforeAll, expect, test } from 'vitest'
import { anOfd, fileOf } from '../../test-support/ofd.ts'
import { anOffice, aPdf, type Office, times } from '../../test-support/office.ts'
import { readChildren, readDer, type DerNode } from '../asn1/der-read.ts'
import { CryptoError } from '../errors.ts'
import { parseSignedData } from '../cms/signed-data.ts'
import { impressOfd } from '../ofd/impress.ts'
import { impressPdf } from '../pdf/impress.ts'
import { parseSealSignature } from '../sealdata/seal-signature.ts'
import { parseSeal } from '../sealdata/seal.ts'
import { parseCertificate } from '../x509/certificate.ts'
import { verifyFile } from './verify-file.ts'

/** Rounds of each kind; `XIEWEN_FUZZ_ROUNDS=20000` looks longer. */
const rounds = Number(process.env['XIEWEN_FUZZ_ROUNDS'] ?? 150)
const seed = Number(process.env['XIEWEN_FUZZ_SEED'] ?? 20261128)

let office: Office
let pdf: Uint8Array
let ofd: Uint8Array
beforeAll(async () => {
  office = await anOffice()
  const order = { ...office, page: 1, centreMm: { x: 140, y: 220 }, signedAt: times.signing }
  pdf = (await impressPdf(await aPdf(true), { ...order, straddle: {} })).bytes
  ofd = (await impressOfd(anOfd(), order)).bytes
})

/** Numbers below `limit`, the same for the same seed. */
function numbers(start: number): (limit: number) => number {
  let state = start >>> 0
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return (state ^ (state >>> 13)) % limit
  }
}

/** One of: bits turned, a piece cut out, a piece put twice, zeros, an integer made huge, the end cut off. */
function damage(bytes: Uint8Array, next: (limit: number) => number): Uint8Array {
  const at = next(bytes.length)
  const length = 1 + next(64)
  const [before, piece, behind] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)]
  const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))
  switch (next(6)) {
    case 0:
      return join(before, piece.map((byte) => byte ^ (1 << next(8))), behind)
    case 1:
      return join(before, behind)
    case 2:
      return join(before, piece, piece, behind)
    case 3:
      return join(before, piece.map(() => 0), behind)
    case 4:
      return join(before, Uint8Array.from({ length }, () => (next(2) === 0 ? 0xff : 0x39)), behind)
    default:
      return before
  }
}

function readAll(node: DerNode): void {
  if ((node.tag & 0x20) !== 0) for (const child of readChildren(node)) readAll(child)
}

test('DER, certificates, seals, signatures and signed data are read or refused', () => {
  const next = numbers(seed)
  const value = fileOf(ofd, 'Doc_0/Signs/Sign_1/SignedValue.dat')
  const sources = [office.signer.certificate.raw, office.seal.raw, value]
  for (let round = 0; round < rounds * 4; round++) {
    const bytes = damage(sources[next(sources.length)] ?? value, next)
    for (const read of [(each: Uint8Array) => readAll(readDer(each)), parseCertificate, parseSeal, parseSealSignature, parseSignedData]) {
      try {
        read(bytes)
      } catch (cause) {
        expect(cause, `round ${round}`).toBeInstanceOf(CryptoError)
      }
    }
  }
})

test.each(['pdf', 'ofd'] as const)('a damaged %s gets a report that is not VALID', async (kind) => {
  const next = numbers(seed + 1)
  const source = kind === 'pdf' ? pdf : ofd
  const options = { trust: office.trust, at: times.signing + 1000, revoked: [], limits: { maxInflatedBytes: 8 << 20 } }
  for (let round = 0; round < rounds; round++) {
    const bytes = damage(source, next)
    const report = await verifyFile(bytes, options)
    expect(report.reasons.map(({ params }) => params['code']), `round ${round}`).not.toContain('unexpected')
    if (report.verdict === 'VALID') expectSameContent(source, bytes, kind)
  }
})

/** Of a package, dates and attributes in its directory are nobody's content; of a PDF there is nothing that may differ. */
function expectSameContent(source: Uint8Array, bytes: Uint8Array, kind: 'pdf' | 'ofd'): void {
  if (kind === 'pdf') expect(bytes).toEqual(source)
  else for (const name of ['OFD.xml', 'Doc_0/Document.xml', 'Doc_0/Pages/Page_0/Content.xml']) expect(fileOf(bytes, name)).toEqual(fileOf(source, name))
}
