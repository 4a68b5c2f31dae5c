/** `seal inspect` and `seal verify` on files of the product: a typeset OFD and PDF, sealed, whole and changed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Certificate, type CertificateProfile, drawRoundSeal, generateSm2KeyPair, impressOfd, impressPdf, type Issuer, issueCertificate, issueRevocationList, type KeyHandle, presentSealPng, buildSeal, softwareKey } from '@xiewen/crypto'
import { runCli } from '@xiewen/server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 120_000 })
let dir: string
const now = Date.now()
const validity = { notBefore: now - 60_000, notAfter: now + 86_400_000 }

async function run(...argv: string[]): Promise<{ code: number; out: string }> {
  let out = ''
  const code = await runCli(argv, { out: (text) => void (out += `${text}\n`), err: (text) => void (out += `${text}\n`) })
  return { code, out }
}

async function aHolder(profile: CertificateProfile, commonName: string, issuer: Issuer | null): Promise<{ readonly key: KeyHandle; readonly certificate: Certificate }> {
  const key = softwareKey(generateSm2KeyPair().privateKey)
  return { key, certificate: await issueCertificate({ profile, subject: { commonName }, publicKey: key.publicKey, ...validity }, issuer ?? { key, certificate: null }) }
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xiewen-cli-seal-'))
  const at = (name: string): string => join(dir, name)
  await writeFile(at('notice.txt'), '关于试验的通知\n各科室：\n　　请周知。\n云州市财政局\n2026年11月20日\n')
  expect((await run('typeset', at('notice.txt'), '--pdf', at('plain.pdf'), '--ofd', at('plain.ofd'), '--data', dir)).code).toBe(0)
  const root = await aHolder('root', '试验根', null)
  const maker = await aHolder('signer', '制章者', root)
  const signer = await aHolder('signer', '云州市财政局', root)
  const glyphs = { unitsPerEm: 1000, findGlyph: () => ({ path: 'M50,-80L950,-80L950,820Z', advance: 1000 }) }
  const drawing = drawRoundSeal({ diameterMm: 42, name: '云州市财政局' }, glyphs)
  const seal = await buildSeal(
    {
      id: '53990000000009', vendorId: 'Xiewen', type: 1, name: '云州市财政局', holders: { kind: 'certificates', certificates: [signer.certificate.raw] },
      createdAt: now, validFrom: validity.notBefore, validUntil: validity.notAfter, picture: { type: 'PNG', data: await presentSealPng(drawing, 60), widthMm: 42, heightMm: 42 },
    },
    maker,
  )
  const order = { seal, signer, drawing, page: 1, centreMm: { x: 140, y: 200 }, signedAt: now }
  await writeFile(at('sealed.pdf'), (await impressPdf(await readFile(at('plain.pdf')), order)).bytes)
  await writeFile(at('sealed.ofd'), (await impressOfd(await readFile(at('plain.ofd')), order)).bytes)
  await writeFile(at('seal.esl'), seal.raw)
  for (const [name, { certificate }] of Object.entries({ root, maker })) await writeFile(at(`${name}.cer`), certificate.raw)
  await writeFile(at('root.crl'), await issueRevocationList({ number: 1, thisUpdate: now - 1000, nextUpdate: now + 86_400_000, entries: [] }, root))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

test.each(['sealed.pdf', 'sealed.ofd'])('%s is inspected without trust and verified with it', async (name) => {
  const file = join(dir, name)
  const facts = await run('seal', 'inspect', file)
  expect([facts.code, facts.out]).toEqual([0, expect.stringContaining('云州市财政局（编码 53990000000009')])
  expect(facts.out).not.toMatch(/VALID|UNTRUSTED/)
  expect(JSON.parse((await run('seal', 'inspect', file, '--json')).out).signatures[0]).not.toHaveProperty('verdict')
  expect(await run('seal', 'verify', file, '--trust', dir)).toMatchObject({ code: 0, out: expect.stringMatching(/^VALID/) })
  expect(await run('seal', 'verify', file, '--trust', dir, '--strict')).toMatchObject({ code: 1, out: expect.stringContaining('没有附时间戳') })
  expect(JSON.parse((await run('verify', file, '--trust', join(dir, 'root.cer'), '--json')).out).verdict).toBe('UNTRUSTED')
  const changed = new Uint8Array(await readFile(file))
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1
  await writeFile(`${file}.changed`, changed)
  expect((await run('seal', 'verify', `${file}.changed`, '--trust', dir)).code).toBe(1)
})

test('a seal in a file of its own is inspected and verified; a file without one says so', async () => {
  expect(await run('seal', 'inspect', join(dir, 'seal.esl'))).toMatchObject({ code: 0, out: expect.stringContaining('PNG，42×42 毫米') })
  expect((await run('seal', 'verify', join(dir, 'seal.esl'), '--trust', dir)).code).toBe(0)
  expect(await run('seal', 'inspect', join(dir, 'plain.pdf'))).toMatchObject({ code: 1, out: expect.stringContaining('没有电子签章') })
})
