/** An outside authority (云岭省电子认证中心) for tests: its certificates, a seal made under it, and files as it hands them out. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSeal, type Certificate, type CertificateProfile, drawRoundSeal, exportPkcs8, generateSm2KeyPair, issueCertificate, type KeyHandle, presentSealPng, softwareKey } from '@xiewen/crypto'
import { sealsContract as contract } from '@xiewen/shared/seals'
import type { TestOffice } from '../../support/office.ts'
import type { SealStory } from './story.ts'

/** A key with its certificate. */
export interface Holder { readonly key: KeyHandle; readonly privateKey: Uint8Array; readonly certificate: Certificate }

/** The organ whose seals are in play. */
export const name = '云州市政务服务数据管理局'
const year = 365 * 86_400_000
const glyphs = { unitsPerEm: 1000, findGlyph: () => ({ path: 'M50,-80L950,-80L950,820L50,820ZM150,20L150,720L850,720L850,20Z', advance: 1000 }) }
/** The picture of its seal. */
export const drawing = drawRoundSeal({ diameterMm: 42, name }, glyphs)

/** A fresh key and certificate for some years; `issuer` null makes a root. */
export async function aHolder(profile: CertificateProfile, commonName: string, issuer: Holder | null, years = 1): Promise<Holder> {
  const pair = generateSm2KeyPair()
  const key = softwareKey(pair.privateKey)
  const order = { profile, subject: { country: 'CN', organisation: '云岭省电子认证中心', commonName }, publicKey: pair.publicKey, notBefore: Date.now() - 1000, notAfter: Date.now() + years * year }
  return { key, privateKey: pair.privateKey, certificate: await issueCertificate(order, issuer ?? { key, certificate: null }) }
}

/** A seal (SESeal, DER) of the organ made by an outside maker. */
export async function anOutsideSeal(maker: Holder, holder: Holder, changes: { readonly name?: string; readonly type?: string; readonly dotsPerInch?: number } = {}): Promise<Uint8Array> {
  const seal = await buildSeal(
    {
      id: '53990000000007', vendorId: 'Outside', type: 1, name: changes.name ?? name, holders: { kind: 'certificates', certificates: [holder.certificate.raw] }, createdAt: Date.now(), validFrom: Date.now() - 1000, validUntil: Date.now() + year,
      picture: { type: changes.type ?? 'PNG', data: await presentSealPng(drawing, changes.dotsPerInch), widthMm: 42, heightMm: 42 },
    },
    maker,
  )
  return seal.raw
}

/** A PKCS#12 file as authorities hand them out, made by openssl. */
export function packed({ privateKey, certificate }: Holder, folder: string): string {
  const at = (file: string): string => join(folder, file)
  writeFileSync(at('p8.der'), exportPkcs8(privateKey))
  writeFileSync(at('cert.der'), certificate.raw)
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  openssl('pkey', '-inform', 'DER', '-in', 'p8.der', '-out', 'key.pem')
  openssl('x509', '-inform', 'DER', '-in', 'cert.der', '-out', 'cert.pem')
  openssl('pkcs12', '-export', '-inkey', 'key.pem', '-in', 'cert.pem', '-passout', 'pass:secret', '-out', 'file.p12')
  return readFileSync(at('file.p12')).toString('base64')
}

/** A certificate as PEM. */
export const pem = (certificate: Certificate): Uint8Array =>
  new TextEncoder().encode(`-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate.raw).toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`)

/** One administrator proposes a certificate for the trust store, another confirms it. */
export async function letIn(office: TestOffice, story: SealStory, file: Uint8Array, use: 'authority' | 'maker'): Promise<void> {
  const { id } = await (await story.as('maker')).upload(contract.proposeTrust, { use }, file)
  await (await office.as('sysadmin')).call(contract.confirmTrust, { id })
}

interface Enabled {
  readonly root: Holder
  readonly makerRoot: Holder
  readonly maker: Holder
  readonly signer: Holder
}

/** An authority whose root is trusted, and a seal of its making, enabled with the key of its signer; its maker is `apart` under a root of its own. */
export async function enabledOutsideSeal(office: TestOffice, story: SealStory, { apart = false } = {}): Promise<Enabled> {
  const root = await aHolder('root', '云岭省电子认证中心根证书', null)
  const makerRoot = apart ? await aHolder('root', '云岭省制章中心根证书', null) : root
  const [maker, signer] = [await aHolder('signer', '云岭省制章者', makerRoot), await aHolder('signer', name, root)]
  for (const { certificate } of new Set([root, makerRoot])) await letIn(office, story, pem(certificate), 'authority')
  await letIn(office, story, pem(maker.certificate), 'maker')
  const keeper = await story.as('keeper')
  const { materialId } = await keeper.upload(contract.readMaterial, { of: 'outside' }, await anOutsideSeal(maker, signer))
  const { sealId } = await keeper.call(contract.propose, { materialId })
  await (await story.as('approver')).call(contract.approveSeal, { sealId })
  await (await story.as('maker')).call(contract.importKey, { sealId, file: packed(signer, office.dataDir), password: 'secret' })
  await keeper.call(contract.enable, { sealId })
  return { root, makerRoot, maker, signer }
}
