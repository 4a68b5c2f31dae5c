// `npm run bench:seal`: sealing a ten-page PDF as the server does between permit and stored file (impress, then verify the result), verifying
// alone, and the same for OFD. Per second of processor time, medians of slices taken in turns; the peer is Node's OpenSSL digesting the
// same bytes with SM3, which is the least any sealer has to do.
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { ensureWasm } from '../../crypto/bin/build-wasm.mjs'

await ensureWasm()
execFileSync(process.execPath, [fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url)), '-b', fileURLToPath(new URL('../../crypto', import.meta.url))])
const ours = await import(new URL('../../crypto/dist/index.js', import.meta.url))
const { storedEntry, writeZip } = await import(new URL('../../crypto/dist/ofd/zip.js', import.meta.url))

const pages = Number(process.env.PAGES ?? 10)
const rounds = Number(process.env.ROUNDS ?? 9)
const sliceMs = Number(process.env.SLICE_MS ?? 1000)
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

const now = Date.now()
const validity = { notBefore: now - 1000, notAfter: now + 86_400_000 }
const key = () => ours.softwareKey(ours.generateSm2KeyPair().privateKey)
const issue = (profile, commonName, own, issuer) => ours.issueCertificate({ profile, subject: { commonName }, publicKey: own.publicKey, ...validity }, issuer)
const [rootKey, makerKey, signerKey] = [key(), key(), key()]
const root = await issue('root', 'root', rootKey, { key: rootKey, certificate: null })
const maker = await issue('signer', 'maker', makerKey, { key: rootKey, certificate: root })
const signer = await issue('signer', 'signer', signerKey, { key: rootKey, certificate: root })
const glyphs = { unitsPerEm: 1000, findGlyph: () => ({ path: 'M50,-80L950,-80L950,820L50,820ZM150,20L150,720L850,720L850,20Z', advance: 1000 }) }
const drawing = ours.drawRoundSeal({ diameterMm: 42, name: '云岭市人民政府办公室' }, glyphs)
const picture = { type: 'PNG', data: await ours.presentSealPng(drawing), widthMm: 42, heightMm: 42 }
const holders = { kind: 'certificates', certificates: [signer.raw] }
const seal = await ours.buildSeal(
  { id: '1', vendorId: 'Xiewen', type: 1, name: '云岭市人民政府办公室', holders, createdAt: now, validFrom: now - 1000, validUntil: now + 86_400_000, picture },
  { key: makerKey, certificate: maker },
)
const order = { seal, signer: { key: signerKey, certificate: signer }, drawing, page: pages, centreMm: { x: 140, y: 220 }, signedAt: now }
const trust = { trust: [root, maker], at: now + 1000, revoked: [] }

/** Pages of text with a stream of font size beside them, as a typeset document has. */
async function aPdf() {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (let i = 0; i < pages; i++) {
    const page = document.addPage([595.28, 841.89])
    for (let line = 0; line < 22; line++) page.drawText(`${i}.${line} The quick brown fox jumps over the lazy dog`, { x: 72, y: 760 - line * 30, size: 16, font })
  }
  document.context.register(document.context.stream(globalThis.crypto.getRandomValues(new Uint8Array(60_000))))
  return document.save({ useObjectStreams: false })
}

function anOfd() {
  const space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
  const list = Array.from({ length: pages }, (_, i) => `<ofd:Page ID="${i + 1}" BaseLoc="P/${i}.xml"/>`).join('')
  const file = (name, text) => storedEntry(name, new TextEncoder().encode(text))
  const text = Array.from({ length: 400 }, (_, i) => `<ofd:TextObject ID="${i}" Boundary="0 0 10 10"/>`).join('')
  return writeZip([
    file('OFD.xml', `<ofd:OFD ${space}><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`),
    file('D/Document.xml', `<ofd:Document ${space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>${list}</ofd:Pages></ofd:Document>`),
    ...Array.from({ length: pages }, (_, i) => file(`D/P/${i}.xml`, `<ofd:Page ${space}><ofd:Content>${text}</ofd:Content></ofd:Page>`)),
  ])
}

const [pdf, ofd] = [await aPdf(), anOfd()]
async function sealed(impress, bytes) {
  const made = (await impress(bytes, order)).bytes
  const { verdict } = await ours.verifyFile(made, trust)
  if (verdict !== 'VALID') throw new Error(`a fresh impression is ${verdict}`)
  return made
}
const [sealedPdf, sealedOfd] = [await sealed(ours.impressPdf, pdf), await sealed(ours.impressOfd, ofd)]
const contenders = {
  sealPdf: () => sealed(ours.impressPdf, pdf),
  verifyPdf: () => ours.verifyFile(sealedPdf, trust),
  sealOfd: () => sealed(ours.impressOfd, ofd),
  verifyOfd: () => ours.verifyFile(sealedOfd, trust),
  opensslDigest: () => createHash('sm3').update(sealedPdf).digest(),
}

async function slice(act) {
  const began = performance.now()
  const before = process.cpuUsage()
  let times = 0
  do {
    await act()
    times += 1
  } while (performance.now() - began < sliceMs)
  const { user, system } = process.cpuUsage(before)
  return (times * 1e6) / Math.max(1, user + system)
}

const found = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
for (const act of Object.values(contenders)) await slice(act)
for (let round = 0; round < rounds; round++) for (const [name, act] of Object.entries(contenders)) found[name].push(await slice(act))
const rates = Object.fromEntries(Object.entries(found).map(([name, values]) => [name, Math.round(median(values))]))
console.log(
  JSON.stringify(
    {
      bench: 'seal',
      pages,
      bytes: { pdf: sealedPdf.length, ofd: sealedOfd.length },
      core: ours.selfTest().core,
      perSecondOfOneCore: rates,
      targets: { sealPdf: 50, verifyPdf: 100 },
      met: { sealPdf: rates.sealPdf >= 50, verifyPdf: rates.verifyPdf >= 100 },
      timesTheDigestAlone: { sealPdf: Math.round(rates.opensslDigest / rates.sealPdf), verifyPdf: Math.round(rates.opensslDigest / rates.verifyPdf) },
    },
    null,
    2,
  ),
)
