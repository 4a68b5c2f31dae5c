// `npm run check:crypto [-- COUNT]`: random agreements with an independent implementation, and damaged input. Exit code 1 on the
// first disagreement. The same functions run in CI on smaller counts (src/check.test.ts).
//
// Node's OpenSSL cannot sign SM2 with an identifier; its `verify` takes an empty one. So SM2 is compared with an empty identifier
// in this process (fast), and with the default one through the openssl command (slow, a hundredth as many).
import { execFileSync } from 'node:child_process'
import { createCipheriv, createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, randomInt, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const same = (left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)) === 0
const noId = new Uint8Array()

/** One comparison of SM2, SM3 and SM4 with Node's OpenSSL on random input; throws at a disagreement. */
export function compareOnce(sdk, keys) {
  const message = randomBytes(randomInt(300))
  if (!same(sdk.sm3(message), createHash('sm3').update(message).digest())) throw new Error(`SM3 of ${message.toString('hex')}`)
  const [key, iv] = [randomBytes(16), randomBytes(16)]
  if (!same(sdk.hmacSm3(key, message), createHmac('sm3', key).update(message).digest())) throw new Error('HMAC')
  for (const [mode, ours] of [['cbc', sdk.sm4CbcEncrypt], ['ctr', sdk.sm4Ctr]]) {
    const cipher = createCipheriv(`sm4-${mode}`, key, iv)
    const theirs = Buffer.concat([cipher.update(message), cipher.final()])
    if (!same(ours(key, iv, message), theirs)) throw new Error(`SM4-${mode} ${key.toString('hex')} ${iv.toString('hex')} ${message.toString('hex')}`)
    if (mode === 'cbc' && !same(sdk.sm4CbcDecrypt(key, iv, theirs), message)) throw new Error('SM4-CBC decrypt')
  }
  const one = keys[randomInt(keys.length)]
  const signature = one.signer.sign(message)
  if (!verify('sm3', message, one.nodePublic, signature)) throw new Error(`OpenSSL refuses our signature ${Buffer.from(signature).toString('hex')}`)
  const theirs = sign('sm3', message, one.nodePrivate)
  if (!sdk.sm2Verify(one.publicKey, message, theirs, { id: noId })) throw new Error(`we refuse OpenSSL's signature ${theirs.toString('hex')}`)
  // A damaged signature: both must say the same.
  const damaged = Uint8Array.from(theirs)
  damaged[randomInt(damaged.length)] ^= 1 << randomInt(8)
  const opinion = sdk.sm2Verify(one.publicKey, message, damaged, { id: noId })
  if (opinion) throw new Error(`we accept the damaged ${Buffer.from(damaged).toString('hex')}`)
}

/** Keys known to both sides: half made by us, half by OpenSSL. */
export function makeKeys(sdk, count) {
  return Array.from({ length: count }, (_, i) => {
    const made = i % 2 === 0 ? sdk.exportPkcs8(sdk.generateSm2KeyPair().privateKey) : generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey.export({ type: 'pkcs8', format: 'der' })
    const { privateKey, publicKey } = sdk.importPkcs8(made)
    const pem = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(sdk.exportPkcs8(privateKey)).toString('base64')}\n-----END PRIVATE KEY-----\n`
    const nodePrivate = createPrivateKey(pem)
    const publicPem = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(sdk.exportSpki(publicKey)).toString('base64')}\n-----END PUBLIC KEY-----\n`
    return { publicKey, signer: sdk.sm2Signer(privateKey, { id: noId }), nodePrivate, nodePublic: createPublicKey(publicPem) }
  })
}

/** Signatures with the default identifier, and decryption, through the openssl command. */
export function compareByCommand(sdk, count) {
  const folder = mkdtempSync(join(tmpdir(), 'xiewen-check-'))
  const at = (name) => join(folder, name)
  const openssl = (...parts) => execFileSync('openssl', parts, { stdio: ['ignore', 'pipe', 'pipe'] })
  const id = ['-sigopt', 'distid:1234567812345678']
  try {
    for (let i = 0; i < count; i++) {
      const pair = sdk.generateSm2KeyPair()
      const message = randomBytes(1 + randomInt(200))
      writeFileSync(at('message'), message)
      writeFileSync(at('key.der'), sdk.exportPkcs8(pair.privateKey))
      openssl('pkey', '-inform', 'DER', '-in', at('key.der'), '-out', at('key.pem'))
      openssl('pkey', '-in', at('key.pem'), '-pubout', '-out', at('public.pem'))
      writeFileSync(at('signature'), sdk.sm2Sign(pair.privateKey, message))
      openssl('dgst', '-sm3', '-verify', at('public.pem'), ...id, '-signature', at('signature'), at('message'))
      if (!sdk.sm2Verify(pair.publicKey, message, openssl('dgst', '-sm3', '-sign', at('key.pem'), ...id, at('message')))) throw new Error('we refuse its signature')
      writeFileSync(at('sealed'), sdk.sm2Encrypt(pair.publicKey, message))
      if (!same(openssl('pkeyutl', '-decrypt', '-inkey', at('key.pem'), '-in', at('sealed')), message)) throw new Error('it decrypts otherwise')
      const theirs = openssl('pkeyutl', '-encrypt', '-pubin', '-inkey', at('public.pem'), '-in', at('message'))
      if (!same(sdk.sm2Decrypt(pair.privateKey, theirs), message)) throw new Error('we decrypt otherwise')
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Damages a real structure at random: flips, cuts, doubles, swaps. */
export function damage(bytes) {
  const damaged = Buffer.from(bytes)
  switch (randomInt(5)) {
    case 0:
      return damaged.subarray(0, randomInt(damaged.length))
    case 1: {
      const [from, to] = [randomInt(damaged.length), randomInt(damaged.length)].sort((a, b) => a - b)
      return Buffer.concat([damaged.subarray(0, to), damaged.subarray(from)])
    }
    case 2:
      return Buffer.concat([damaged.subarray(0, randomInt(damaged.length)), randomBytes(randomInt(20)), damaged.subarray(randomInt(damaged.length))])
    default:
      for (let flips = 1 + randomInt(4); flips > 0; flips--) damaged[randomInt(damaged.length)] ^= 1 << randomInt(8)
      return damaged
  }
}

/** Feeds damaged and random bytes to every reader: each must answer or throw CryptoError, never anything else. */
export async function fuzzReaders(sdk, samples, count) {
  const readers = [
    sdk.parseCertificate, sdk.parseCertificateRequest, sdk.parseRevocationList, sdk.parseStatusRequest, sdk.parseSignedData, sdk.parseTimestampRequest,
    sdk.parseTimestampResponse, sdk.parseSeal, sdk.parseSealSignature, sdk.importPkcs8,
    (bytes) => sdk.verifyTimestamp(bytes, new Uint8Array()),
    (bytes) => sdk.verifySignedData(sdk.parseSignedData(bytes), { detached: new Uint8Array() }),
  ]
  let refused = 0
  for (let i = 0; i < count; i++) {
    const sample = samples[randomInt(samples.length)]
    const input = Uint8Array.from(randomInt(20) === 0 ? randomBytes(randomInt(200)) : damage(sample))
    for (const read of readers) {
      try {
        read(input)
      } catch (cause) {
        if (!(cause instanceof sdk.CryptoError)) throw new Error(`a reader crashed on ${Buffer.from(input).toString('hex')}`, { cause })
        refused += 1
      }
    }
  }
  return { tried: count * readers.length, refused }
}

/** Real structures of every kind to damage. */
export async function makeSamples(sdk) {
  const year = 365 * 86_400_000
  const now = Date.UTC(2026, 5, 1)
  const root = { key: sdk.softwareKey(sdk.generateSm2KeyPair().privateKey), certificate: null }
  const order = (profile, publicKey) => ({ profile, subject: { commonName: '样本' }, publicKey, notBefore: now, notAfter: now + year })
  const rootCertificate = await sdk.issueCertificate(order('root', root.key.publicKey), root)
  const issuer = { key: root.key, certificate: rootCertificate }
  const key = sdk.softwareKey(sdk.generateSm2KeyPair().privateKey)
  const signer = { key, certificate: await sdk.issueCertificate(order('signer', key.publicKey), issuer) }
  const seal = await sdk.buildSeal({
    id: '1', vendorId: 'X', type: 1, name: '样本', holders: { kind: 'certificates', certificates: [signer.certificate.raw] },
    createdAt: now, validFrom: now, validUntil: now + year, picture: { type: 'PNG', data: randomBytes(40), widthMm: 42, heightMm: 42 },
  }, signer)
  const request = sdk.parseTimestampRequest(sdk.buildTimestampRequest(sdk.sm3(), 5n))
  const token = await sdk.buildTimestampToken(request, { policy: '1.2.3', serial: 1n, at: now }, signer)
  return [
    signer.certificate.raw, seal.raw, token, sdk.buildTimestampResponse(token), sdk.buildTimestampRequest(sdk.sm3(), 5n),
    await sdk.buildCertificateRequest({ commonName: '样本' }, key),
    await sdk.issueRevocationList({ number: 1, thisUpdate: now, nextUpdate: now + year, entries: [{ serial: '05', revokedAt: now, reason: 'superseded' }] }, issuer),
    sdk.buildStatusRequest(signer.certificate, rootCertificate, randomBytes(16)),
    await sdk.buildSignedData({ style: 'attributes', data: randomBytes(20), signedAt: now }, signer),
    await sdk.buildSignedData({ style: 'content', data: randomBytes(20) }, signer),
    sdk.exportPkcs8(sdk.generateSm2KeyPair().privateKey),
  ]
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { ensureWasm } = await import('./build-wasm.mjs')
  await ensureWasm()
  execFileSync(process.execPath, [new URL('../../node_modules/typescript/bin/tsc', import.meta.url).pathname, '-b', new URL('..', import.meta.url).pathname])
  const sdk = await import('../dist/index.js')
  const count = Number(process.argv[2] ?? 100_000)
  const keys = makeKeys(sdk, 200)
  for (let i = 0; i < count; i++) compareOnce(sdk, keys)
  const byCommand = Math.max(10, Math.round(count / 500))
  compareByCommand(sdk, byCommand)
  const fuzzed = await fuzzReaders(sdk, await makeSamples(sdk), count)
  process.stdout.write(`${JSON.stringify({ core: await sdk.prepareSmCore(), pairs: count, byCommand, disagreements: 0, fuzzed, crashes: 0 })}\n`)
}
