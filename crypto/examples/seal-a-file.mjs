// Makes a seal, seals a PDF file, verifies it, and shows that a changed byte does not pass:
//   npm install @xiewen/crypto && node seal-a-file.mjs FILE.pdf SEALED.pdf
import { readFileSync, writeFileSync } from 'node:fs'
import { buildSeal, drawRoundSeal, generateSm2KeyPair, impressPdf, issueCertificate, presentSealPng, presentVerdict, softwareKey, verifyFile } from '@xiewen/crypto'

const now = Date.now()
const validity = { notBefore: now - 1000, notAfter: now + 365 * 86_400_000 }
const [rootKey, makerKey, sealKey] = [1, 2, 3].map(() => softwareKey(generateSm2KeyPair().privateKey))
const root = await issueCertificate({ profile: 'root', subject: { commonName: '某县根证书' }, publicKey: rootKey.publicKey, ...validity }, { key: rootKey, certificate: null })
const signer = (commonName, { publicKey }) => issueCertificate({ profile: 'signer', subject: { commonName }, publicKey, ...validity }, { key: rootKey, certificate: root })
const maker = await signer('制章人', makerKey)
const holder = await signer('某县人民政府', sealKey)

// A square for every character: an office takes the outlines from its fonts.
const glyphs = { unitsPerEm: 1000, findGlyph: () => ({ advance: 1000, path: 'M0 0L800 0L800 800L0 800Z' }) }
const drawing = drawRoundSeal({ diameterMm: 42, name: '某县人民政府' }, glyphs)
const picture = { type: 'PNG', data: await presentSealPng(drawing), widthMm: 42, heightMm: 42 }
const holders = { kind: 'certificates', certificates: [holder.raw] }
const order = { id: '53990000000001', vendorId: 'Example', type: 1, name: '某县人民政府', holders, createdAt: now, validFrom: now - 1000, validUntil: validity.notAfter, picture }
const seal = await buildSeal(order, { key: makerKey, certificate: maker })

const place = { page: 1, centreMm: { x: 140, y: 220 } }
const { bytes } = await impressPdf(new Uint8Array(readFileSync(process.argv[2])), { seal, signer: { key: sealKey, certificate: holder }, drawing, ...place, signedAt: now })
writeFileSync(process.argv[3], bytes)
const verdictOf = async () => (await verifyFile(bytes, { trust: [root, maker], at: now, revoked: [] })).verdict
console.log(presentVerdict(await verdictOf(), 'zh-CN'))
bytes[1000] ^= 1
console.log(presentVerdict(await verdictOf(), 'zh-CN'))
