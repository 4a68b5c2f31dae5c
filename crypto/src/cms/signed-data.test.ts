import { beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type Office, times } from '../../test-support/office.ts'
import { readDer, readOctets, readSequence } from '../asn1/der-read.ts'
import { utf8 } from '../bytes.ts'
import { sm3 } from '../hash/sm3.ts'
import {
  buildTimestampRefusal,
  buildTimestampRequest,
  buildTimestampResponse,
  buildTimestampToken,
  parseTimestampRequest,
  parseTimestampResponse,
  verifyTimestamp,
} from '../timestamp/timestamp.ts'
import { softwareKey } from '../keys/software-key.ts'
import { generateSm2KeyPair } from '../sign/sm2.ts'
import { sm2Verify } from '../sign/verify.ts'
import { issueCertificate } from '../x509/issue.ts'
import { buildSignedData, type DataSigner, parseSignedData, verifySignedData } from './signed-data.ts'

const data = utf8('关于印发《办公用房管理办法》的通知')
let office: Office
let service: DataSigner
beforeAll(async () => {
  office = await anOffice()
  const key = softwareKey(generateSm2KeyPair().privateKey)
  const certificate = await issueCertificate(
    {
      profile: 'timestamp',
      subject: { commonName: '时间戳服务' },
      publicKey: key.publicKey,
      notBefore: times.start,
      notAfter: times.end,
    },
    office.issuing,
  )
  service = { key, certificate }
})

describe('GB/T 35275 SignedData', () => {
  test('style (a): data inside, signature over it', async () => {
    const parsed = parseSignedData(await buildSignedData({ style: 'content', data: sm3(data) }, office.signer))
    expect(parsed.signers[0]?.signedBytes).toBeNull()
    expect(verifySignedData(parsed)).toMatchObject({
      ok: true,
      signer: { serial: office.signer.certificate.serial },
      signedAt: null,
    })
    expect(sm2Verify(office.signer.certificate.publicKey, sm3(data), parsed.signers[0]?.signature ?? data)).toBe(true)
  })

  test('style (b): detached, signature over the SET of attributes', async () => {
    const bytes = await buildSignedData({ style: 'attributes', data, signedAt: times.start }, office.signer)
    const parsed = parseSignedData(bytes)
    expect(parsed.content).toBeNull()
    expect(verifySignedData(parsed, { detached: data })).toMatchObject({ ok: true, signedAt: times.start })
    expect(verifySignedData(parsed)).toEqual({ ok: false, problem: 'no-content' })
    expect(verifySignedData(parsed, { detached: utf8('其他') })).toEqual({ ok: false, problem: 'message-digest' })
  })

  test('every changed byte is noticed or changes nothing that is signed', async () => {
    const bytes = await buildSignedData({ style: 'attributes', data, signedAt: times.start }, office.signer)
    const signed = parseSignedData(bytes).signers[0]
    for (let i = 0; i < bytes.length; i += 3) {
      const changed = Uint8Array.from(bytes, (byte, at) => (at === i ? byte ^ 1 : byte))
      let result: ReturnType<typeof verifySignedData> | null = null
      try {
        result = verifySignedData(parseSignedData(changed), { detached: data })
      } catch (cause) {
        expect(String(cause)).toMatch(/malformed|off-curve/)
      }
      if (result?.ok === true) expect(parseSignedData(changed).signers[0]?.signedBytes).toEqual(signed?.signedBytes)
    }
  })

  test('a missing or ambiguous certificate, two signers, foreign algorithms are refused', async () => {
    const order = { style: 'content', data, withCertificate: false } as const
    const parsed = parseSignedData(await buildSignedData(order, office.signer))
    expect(verifySignedData(parsed)).toEqual({ ok: false, problem: 'no-certificate' })
    expect(verifySignedData(parsed, { known: [office.signer.certificate] })).toMatchObject({ ok: true })
    const [signer] = parsed.signers
    if (signer === undefined) throw new Error('a signer')
    const known = { known: [office.signer.certificate] }
    expect(verifySignedData({ ...parsed, signers: [signer, signer] }, known)).toEqual({
      ok: false,
      problem: 'no-single-signer',
    })
    expect(verifySignedData({ ...parsed, signers: [] }, known)).toEqual({ ok: false, problem: 'no-single-signer' })
    const weak = { ...signer, digestAlgorithm: '1.3.14.3.2.26' }
    expect(verifySignedData({ ...parsed, signers: [weak] }, known)).toEqual({ ok: false, problem: 'algorithm' })
  })
})

describe('time stamps', () => {
  const stamped = utf8('signature value')
  const order = { policy: '1.2.156.99999.1', serial: 12n, at: times.start + 5000 }
  const token = async (): Promise<Uint8Array> => {
    const request = parseTimestampRequest(buildTimestampRequest(sm3(stamped), 987_654_321n))
    return parseTimestampResponse(buildTimestampResponse(await buildTimestampToken(request, order, service)))
  }

  test('say when, by whom and to which request', async () => {
    const stamp = verifyTimestamp(await token(), stamped)
    expect(stamp).toMatchObject({ at: order.at, serial: 12n, policy: order.policy, nonce: 987_654_321n })
    expect(stamp.service.raw).toEqual(service.certificate.raw)
  })

  test('over other bytes, changed, or refused by the service are not accepted', async () => {
    const bytes = await token()
    expect(() => verifyTimestamp(bytes, utf8('another value'))).toThrow('timestamp.malformed')
    const at = Buffer.from(bytes).indexOf(Buffer.from('20')) + 8
    expect(() =>
      verifyTimestamp(
        Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte)),
        stamped,
      ),
    ).toThrow(/malformed/)
    expect(() => parseTimestampResponse(buildTimestampRefusal(2))).toThrow('timestamp.malformed')
    expect(() => parseTimestampResponse(buildTimestampRefusal(25))).toThrow('timestamp.malformed')
  })

  test('a document signature is no time stamp', async () => {
    const bytes = await buildSignedData({ style: 'attributes', data, detached: false, family: 'cms' }, office.signer)
    expect(() => verifyTimestamp(bytes, data)).toThrow('timestamp.malformed')
    const [, content] = readSequence(readDer(buildTimestampRequest(sm3(stamped), 1n)), 'request')
    expect(() => readOctets(content, 'octets')).toThrow('der.malformed')
  })
})
