/** Seals, seal signatures and signed data in files of their own. */
import { beforeAll, expect, test } from 'vitest'
import { anOffice, type Office, times } from '../../test-support/office.ts'
import { utf8 } from '../bytes.ts'
import { buildSignedData } from '../cms/signed-data.ts'
import { sm3 } from '../hash/sm3.ts'
import { buildSealSignature } from '../sealdata/seal-signature.ts'
import { toJsonReport } from './json.ts'
import { type VerifyOptions, verifyFile } from './verify-file.ts'

let office: Office
let options: VerifyOptions
const document = utf8('公文')

beforeAll(async () => {
  office = await anOffice()
  options = { trust: office.trust, at: times.signing + 1000, revoked: [] }
})

async function judge(bytes: Uint8Array, more: Partial<VerifyOptions> = {}): Promise<readonly string[]> {
  const report = await verifyFile(bytes, { ...options, ...more })
  return [report.kind, report.verdict, ...report.signatures.flatMap(({ reasons }) => reasons.map(({ code }) => code))]
}

test('a seal signature is judged over its document, and without it says that it is missing', async () => {
  const contents = { seal: office.seal, signedAt: times.signing, dataHash: sm3(document), propertyInfo: 'x' }
  const { raw } = await buildSealSignature(contents, office.signer)
  expect(await judge(raw, { document })).toEqual(['ses', 'VALID'])
  expect(await judge(raw, { document: utf8('别的') })).toEqual(['ses', 'INVALID', 'digest-mismatch'])
  expect(await judge(raw)).toEqual(['ses', 'INDETERMINATE', 'document-missing'])
})

test('signed data is judged over its document', async () => {
  const raw = await buildSignedData({ style: 'attributes', data: document, signedAt: times.signing }, office.signer)
  expect(await judge(raw, { document })).toEqual(['cms', 'VALID'])
  expect(await judge(raw, { document: utf8('别的') })).toEqual(['cms', 'INVALID', 'digest-mismatch'])
  expect(await judge(raw)).toEqual(['cms', 'INDETERMINATE', 'document-missing'])
})

test('a seal is judged for its maker and its days', async () => {
  expect(await judge(office.seal.raw)).toEqual(['seal', 'VALID'])
  expect(await judge(office.seal.raw, { trust: [office.root.certificate, office.issuing.certificate] })).toEqual(['seal', 'UNTRUSTED', 'maker-untrusted'])
  expect(await judge(office.seal.raw, { at: times.end + 1 })).toContain('seal-expired')
})

test('every report is JSON', async () => {
  const report = toJsonReport(await verifyFile(office.seal.raw, options))
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  expect(report.signatures[0]?.seal?.picture).toMatch(/^data:image\/png;base64,/)
})
