import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error: a plain script, shared with `npm run check:crypto`
import { compareByCommand, compareOnce, fuzzReaders, makeKeys, makeSamples } from '../bin/check-crypto.mjs'
import * as sdk from './index.ts'

const room = new URL('..', import.meta.url).pathname

test('three hundred random keys, digests, ciphers and signatures agree with OpenSSL (100,000 by npm run check:crypto)', () => {
  const keys = makeKeys(sdk, 20)
  for (let i = 0; i < 300; i++) compareOnce(sdk, keys)
  compareByCommand(sdk, 5)
})

test('damaged structures of every kind are refused by a CryptoError and never crash a reader', async () => {
  const { tried, refused } = await fuzzReaders(sdk, await makeSamples(sdk), 600)
  expect(tried).toBeGreaterThan(7000)
  expect(refused).toBeGreaterThan(tried / 2)
})

/** What a stranger does: unpack the tarball, write thirty lines, run them. */
const program = `
import {
  buildSeal, drawRoundSeal, generateSm2KeyPair, impressPdf, issueCertificate, prepareSmCore, presentSealPng,
  presentVerdict, softwareKey, verifyFile,
} from '@xiewen/crypto'
import { readFileSync, writeFileSync } from 'node:fs'

if ((await prepareSmCore()) !== 'wasm') throw new Error('no WebAssembly')
const now = Date.UTC(2026, 5, 1)
const validity = { notBefore: now - 1000, notAfter: now + 86_400_000 }
const keys = [1, 2, 3].map(() => softwareKey(generateSm2KeyPair().privateKey))
const order = (profile, commonName, key) => ({ profile, subject: { commonName }, publicKey: key.publicKey, ...validity })
const root = await issueCertificate(order('root', '本单位根证书', keys[0]), { key: keys[0], certificate: null })
const issuer = { key: keys[0], certificate: root }
const maker = await issueCertificate(order('signer', '制章人', keys[1]), issuer)
const signer = await issueCertificate(order('signer', '印章管理员', keys[2]), issuer)
const square = { path: 'M50,-80L950,-80L950,820L50,820Z', advance: 1000 }
const drawing = drawRoundSeal({ diameterMm: 42, name: '云岭市人民政府' }, { unitsPerEm: 1000, findGlyph: () => square })
const seal = await buildSeal({
  id: '1', vendorId: 'Example', type: 1, name: '云岭市人民政府', holders: { kind: 'certificates', certificates: [signer.raw] },
  createdAt: now, validFrom: now - 1000, validUntil: now + 86_400_000,
  picture: { type: 'PNG', data: await presentSealPng(drawing), widthMm: 42, heightMm: 42 },
}, { key: keys[1], certificate: maker })
const { bytes } = await impressPdf(readFileSync('notice.pdf'), {
  seal, signer: { key: keys[2], certificate: signer }, drawing, page: 1, centreMm: { x: 140, y: 220 }, signedAt: now,
})
writeFileSync('sealed.pdf', bytes)
const report = await verifyFile(bytes, { trust: [root, maker], at: now, revoked: [] })
console.log(report.verdict, presentVerdict(report.verdict, 'zh-CN'))
`

test('a thirty-line program on the packed tarball seals a PDF and verifies it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xiewen-sdk-'))
  try {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: room,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
    const place = join(folder, 'node_modules/@xiewen/crypto')
    execFileSync('mkdir', ['-p', place])
    execFileSync('tar', ['-xzf', join(folder, tarball), '-C', place, '--strip-components=1'])
    const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
    expect(files).toContain('dist/core/core-bytes.js')
    expect(files.filter((name) => name.endsWith('.test.ts') || name.includes('tsbuildinfo'))).toEqual([])
    const { aPdf } = await import('../test-support/office.ts')
    writeFileSync(join(folder, 'notice.pdf'), await aPdf(false))
    writeFileSync(join(folder, 'program.mjs'), program)
    const run = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' })
    expect({ err: run.stderr, out: run.stdout.slice(0, 5) }).toEqual({ err: '', out: 'VALID' })
    expect(program.trim().split('\n').length).toBeLessThanOrEqual(34)
    expect(readFileSync(join(folder, 'sealed.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 120_000)
