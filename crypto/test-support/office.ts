import { PDFDocument, StandardFonts } from 'pdf-lib'
import { softwareKey } from '../src/keys/software-key.ts'
import { presentSealPng } from '../src/picture/render.ts'
import { drawRoundSeal, type GlyphSource, type SealDrawing } from '../src/picture/seal-drawing.ts'
import type { KeyHandle } from '../src/ports.ts'
import { buildSeal, type Seal, type SealContents } from '../src/sealdata/seal.ts'
import type { SealSigner } from '../src/sealdata/seal-signature.ts'
import { generateSm2KeyPair } from '../src/sign/sm2.ts'
import type { Certificate } from '../src/x509/certificate.ts'
import { type CertificateProfile, issueCertificate } from '../src/x509/issue.ts'

/** Instants of the test office, ms UTC. */
export const times = {
  start: Date.UTC(2026, 0, 1),
  signing: Date.UTC(2026, 5, 15, 8, 30),
  end: Date.UTC(2031, 0, 1),
} as const

/** A key with its certificate. */
export interface Holder {
  readonly key: KeyHandle
  readonly certificate: Certificate
}

/** Makes a fresh key and certificate; `issuer` null makes a root. */
export async function aHolder(
  profile: CertificateProfile,
  commonName: string,
  issuer: Holder | null,
  validity: { readonly notBefore: number; readonly notAfter: number } = { notBefore: times.start, notAfter: times.end },
): Promise<Holder> {
  const key = softwareKey(generateSm2KeyPair().privateKey)
  const subject = { country: 'CN', organisation: '云岭市人民政府办公室', commonName }
  const order = { profile, subject, publicKey: key.publicKey, ...validity }
  const certificate = await issueCertificate(order, issuer ?? { key, certificate: null })
  return { key, certificate }
}

/** Outlines that need no font: every character is a hollow square. */
export const squareGlyphs: GlyphSource = {
  unitsPerEm: 1000,
  findGlyph: () => ({ path: 'M50,-80L950,-80L950,820L50,820ZM150,20L150,720L850,720L850,20Z', advance: 1000 }),
}

/** An office with a root, an issuing authority, a seal maker, a signer and a seal. */
export interface Office {
  readonly root: Holder
  readonly issuing: Holder
  readonly maker: Holder
  readonly signer: Holder
  readonly drawing: SealDrawing
  readonly seal: Seal
  readonly trust: readonly Certificate[]
}

/** Builds a seal of the office; fields of its contents can be changed. */
export async function aSeal(maker: Holder, signer: Holder, changes: Partial<SealContents> = {}): Promise<Seal> {
  const drawing = drawRoundSeal({ diameterMm: 42, name: '云岭市人民政府办公室' }, squareGlyphs)
  const contents: SealContents = {
    id: '53990000000001',
    vendorId: 'Xiewen',
    type: 1,
    name: '云岭市人民政府办公室',
    holders: { kind: 'certificates', certificates: [signer.certificate.raw] },
    createdAt: times.start,
    validFrom: times.start,
    validUntil: times.end,
    picture: { type: 'PNG', data: await presentSealPng(drawing, 100), widthMm: 42, heightMm: 42 },
    ...changes,
  }
  return buildSeal(contents, maker)
}

/** Builds the office. */
export async function anOffice(): Promise<Office> {
  const root = await aHolder('root', '云岭市根证书', null)
  const issuing = await aHolder('issuing', '云岭市签发证书', root)
  const maker = await aHolder('signer', '云岭市印章制作中心', issuing)
  const signer = await aHolder('signer', '李文书', issuing)
  const drawing = drawRoundSeal({ diameterMm: 42, name: '云岭市人民政府办公室' }, squareGlyphs)
  const seal = await aSeal(maker, signer)
  const trust = [root.certificate, issuing.certificate, maker.certificate]
  return { root, issuing, maker, signer, drawing, seal, trust }
}

/** A two-page PDF written by pdf-lib, with a cross-reference table or with object streams. */
export async function aPdf(
  useObjectStreams: boolean,
  change: (document: PDFDocument) => void = () => {},
): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.setCreationDate(new Date(times.start))
  document.setModificationDate(new Date(times.start))
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (const text of ['Notice No. 1', 'Second page']) {
    document.addPage([595.28, 841.89]).drawText(text, { x: 72, y: 700, size: 16, font })
  }
  change(document)
  return document.save({ useObjectStreams })
}

/** Signer of the office as impressing needs it. */
export const signerOf = (office: Office): SealSigner => office.signer
