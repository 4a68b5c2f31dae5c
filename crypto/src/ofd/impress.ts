/** Placing an electronic seal on an OFD. Sources: GB/T 33190-2016 clause 18, GB/T 38540-2020. */
import { fromLatin1, latin1, toBase64, utf8 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { Budget } from '../pdf/budget.ts'
import type { MarkOrder } from '../pdf/marks.ts'
import { planStraddle } from '../pdf/straddle.ts'
import type { Seal } from '../sealdata/seal.ts'
import { buildSealSignature, type SealSigner, type StampSource } from '../sealdata/seal-signature.ts'
import { OfdPackage, type OfdPage } from './package.ts'
import { escapeXml, textOf, type XmlElement } from './xml.ts'
import { openEntry, storedEntry, writeZip, type ZipEntry } from './zip.ts'

/** Where and with what to seal; as `ImpressOrder`, but the picture shown is the seal's own. `signedAt` is trusted time, ms UTC. */
export interface ImpressOfdOrder extends MarkOrder {
  readonly seal: Seal
  readonly signer: SealSigner
  readonly signedAt: number
  readonly stamp?: StampSource
}

/** The sealed package and the path of the new signature's description. */
export interface OfdImpression {
  readonly bytes: Uint8Array
  readonly path: string
}

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
const sm3Oid = '1.2.156.10197.1.401'
const sm2WithSm3Oid = '1.2.156.10197.1.501'

function refuse(reason: string, details: Readonly<Record<string, string | number>> = {}): CryptoError {
  return new CryptoError('ofd.refused', `the file may not be sealed: ${reason}`, { reason, ...details })
}

/**
 * Impresses a seal. Every file of the package is referenced except the list of signatures, which further seals must extend; the files of earlier
 * seals are referenced too, so that none can be taken away.
 * @throws CryptoError ofd.malformed, pdf.too-large, or ofd.refused with `details.reason`
 */
export async function impressOfd(bytes: Uint8Array, order: ImpressOfdOrder): Promise<OfdImpression> {
  const ofd = new OfdPackage(bytes, new Budget())
  assertSealable(ofd)
  const { root, signatures: list } = ofd.getBody()
  const listPath = list ?? `${folderOf(root)}Signs/Signatures.xml`
  const known = new Set(ofd.listSignatures().map((signature) => signature.id))
  const number = Array.from({ length: known.size + 1 }, (_, i) => i + 1).find((each) => !known.has(String(each)) && !hasFolder(ofd, listPath, each)) ?? known.size + 1
  const folder = `${folderOf(listPath)}Sign_${number}`
  const entries = list === null ? enterList(ofd, listPath) : ofd.entries.filter((entry) => entry.name !== listPath)
  const text = describe(ofd, entries, { folder, order })
  const description = utf8(text)
  const contents = { seal: order.seal, signedAt: order.signedAt, dataHash: sm3(description), propertyInfo: `/${folder}/Signature.xml` }
  const value = await buildSealSignature(contents, order.signer, order.stamp)
  const added = [
    storedEntry(listPath, latin1(extendList(list === null ? null : ofd.find(list), number, folder))),
    storedEntry(`${folder}/Signature.xml`, description),
    storedEntry(`${folder}/Seal.esl`, order.seal.raw),
    storedEntry(`${folder}/SignedValue.dat`, value.raw),
  ]
  return { bytes: writeZip([...entries, ...added]), path: `${folder}/Signature.xml` }
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
const hasFolder = (ofd: OfdPackage, listPath: string, number: number): boolean =>
  ofd.listFiles().some((name) => name.startsWith(`${folderOf(listPath)}Sign_${number}/`))

/** Nothing that acts, and nothing that is carried along unseen. */
function assertSealable(ofd: OfdPackage): void {
  const { root } = ofd.getBody()
  const document = ofd.readXml(root)
  if (textOf(document, 'Attachments') !== '') throw refuse('embedded-files')
  if (hasActions(document)) throw refuse('active-content')
  for (const name of ofd.listFiles()) {
    if (/\/Content\.xml$/i.test(name) && hasActions(ofd.readXml(name))) throw refuse('active-content', { file: name })
  }
}

function hasActions(element: XmlElement): boolean {
  return element.name === 'Actions' || element.children.some(hasActions)
}

/** Enters the list of signatures in OFD.xml before anything is digested: the seal covers OFD.xml. */
function enterList(ofd: OfdPackage, listPath: string): readonly ZipEntry[] {
  const text = fromLatin1(ofd.find('OFD.xml') ?? new Uint8Array())
  const entered = text.replace(/<\/((?:[\w.-]+:)?)DocBody\s*>/, (closing, prefix: string) => `<${prefix}Signatures>/${listPath}</${prefix}Signatures>${closing}`)
  if (entered === text) throw new CryptoError('ofd.malformed', 'no document')
  return ofd.entries.map((entry) => (entry.name === 'OFD.xml' ? storedEntry('OFD.xml', latin1(entered)) : entry))
}

function extendList(existing: Uint8Array | null, number: number, folder: string): string {
  const line = (prefix: string): string => `<${prefix}Signature ID="${number}" Type="Seal" BaseLoc="/${folder}/Signature.xml"/>`
  if (existing === null) {
    return `${head}<ofd:Signatures ${space}><ofd:MaxSignId>${number}</ofd:MaxSignId>${line('ofd:')}</ofd:Signatures>`
  }
  return fromLatin1(existing)
    .replace(/(<(?:[\w.-]+:)?MaxSignId>)[^<]*/, (_, tag: string) => `${tag}${number}`)
    .replace(/<\/((?:[\w.-]+:)?)Signatures\s*>/, (closing, prefix: string) => `${line(prefix)}${closing}`)
}

/** Signature.xml: digests of all files, where the seal is shown, where its data lies. */
function describe(
  ofd: OfdPackage,
  entries: readonly ZipEntry[],
  { folder, order }: { readonly folder: string; readonly order: ImpressOfdOrder },
): string {
  const references = entries
    .filter((entry) => !entry.name.endsWith('/'))
    .map((entry) => {
      // OFD.xml may just have been extended; everything else is as the package holds it.
      const bytes = entry.name === 'OFD.xml' ? openEntry(entry, ofd.budget) : (ofd.find(entry.name) ?? new Uint8Array())
      const digest = toBase64(sm3(bytes))
      return `<ofd:Reference FileRef="/${escapeXml(entry.name)}"><ofd:CheckValue>${digest}</ofd:CheckValue></ofd:Reference>`
    })
  const time = new Date(order.signedAt).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
  const parts = [
    '<ofd:Provider ProviderName="Xiewen" Version="1.0" Company=""/>',
    `<ofd:SignatureMethod>${sm2WithSm3Oid}</ofd:SignatureMethod>`,
    `<ofd:SignatureDateTime>${time}Z</ofd:SignatureDateTime>`,
    `<ofd:References CheckMethod="${sm3Oid}">${references.join('')}</ofd:References>`,
    ...planStamps(ofd, order),
    `<ofd:Seal><ofd:BaseLoc>/${folder}/Seal.esl</ofd:BaseLoc></ofd:Seal>`,
  ]
  return `${head}<ofd:Signature ${space}><ofd:SignedInfo>${parts.join('')}</ofd:SignedInfo><ofd:SignedValue>/${folder}/SignedValue.dat</ofd:SignedValue></ofd:Signature>`
}

const measure = (value: number): string => String(Math.round(value * 1000) / 1000)

/** The whole seal at its place, then the strips over the seam: the whole boundary on every page, clipped to the strip. */
function planStamps(ofd: OfdPackage, order: ImpressOfdOrder): readonly string[] {
  const pages = ofd.listPages()
  const { widthMm: width, heightMm: height } = order.seal.picture
  const stamps: string[] = []
  const stamp = (page: OfdPage, x: number, y: number, clip: string): void => {
    stamps.push(`<ofd:StampAnnot ID="${stamps.length + 1}" PageRef="${escapeXml(page.id)}" Boundary="${[x, y, width, height].map(measure).join(' ')}"${clip}/>`)
  }
  if (order.page !== undefined && order.centreMm !== undefined) {
    const page = pageAt(pages, order.page)
    const [x, y] = [order.centreMm.x - width / 2, order.centreMm.y - height / 2]
    if (!(x >= 0 && y >= 0 && x + width <= page.widthMm && y + height <= page.heightMm)) throw refuse('outside-page', { page: order.page })
    stamp(page, x, y, '')
  }
  for (const { page: number, index, count } of order.straddle === undefined ? [] : planStraddle(pages.length, order.straddle.sheets)) {
    const page = pageAt(pages, number)
    const clip = ` Clip="${[(index * width) / count, 0, width / count, height].map(measure).join(' ')}"`
    const middle = order.straddle?.centreYMm ?? page.heightMm / 2
    stamp(page, page.widthMm - ((index + 1) * width) / count, middle - height / 2, clip)
  }
  if (stamps.length === 0) throw refuse('no-such-page')
  return stamps
}

function pageAt(pages: readonly OfdPage[], number: number): OfdPage {
  const page = pages[number - 1]
  if (page === undefined) throw refuse('no-such-page', { page: number })
  return page
}
