/** Reading what a keeper hands in: a scanned impression, or a seal of an outside authority. Strangers made these bytes. */
import { CryptoError, measureSealPicture, parseSeal, readPng, type Seal, type SealDrawing, traceSealPicture } from '@xiewen/crypto'
import { accept, type BlobDigest, type Result, refuse } from '@xiewen/shared/base'
import { scanLimits } from '@xiewen/shared/seals'
import type { QueryContext } from '../../platform/context.ts'
import { keepDrawing } from '../drawing.ts'
import { checkFile } from '../verification.ts'
import type { MaterialRecord } from './outside-tables.ts'

/** What was read, to be kept under an id. */
export type ReadMaterial = Omit<MaterialRecord, 'id' | 'person_id' | 'at'>

/** Scans are kept a hundred millimetres wide; the class of the seal gives the true size when it is applied for. */
const scanWidthMm = 100

/** Reads a scan: at least 300 pixels across and as wide as high, because official seals are round. */
export async function readScan(ctx: QueryContext, body: Uint8Array): Promise<Result<ReadMaterial>> {
  const drawn = tracing(() => {
    const pixels = readPng(body, scanLimits.mostPixels)
    const { width, height } = measureSealPicture(pixels)
    if (Math.min(width, height) < scanLimits.leastAcross) return refuse('seals.scan-small', { pixels: Math.round(Math.min(width, height)), least: scanLimits.leastAcross })
    if (Math.max(width, height) / Math.min(width, height) > 1.1) return refuse('seals.scan-not-round')
    return accept(traceSealPicture(pixels, { widthMm: scanWidthMm, heightMm: scanWidthMm }))
  })
  return drawn.ok ? accept({ origin: 'scanned', drawing: await keepDrawing(ctx.services, drawn.value), data: null, name: '', maker: '', valid_until: null }) : drawn
}

/** Reads a seal from outside: genuine, of a maker trusted here, in force, of the version that is also written, with a picture that can be printed. */
export async function readOutsideSeal(ctx: QueryContext, body: Uint8Array): Promise<Result<ReadMaterial>> {
  const seal = parse(body)
  if (seal === null) return refuse('seals.outside-unreadable')
  if (seal.version !== 4) return refuse('seals.outside-version', { version: seal.version })
  const report = await checkFile(ctx, body, ctx.now)
  const [reason] = report.signatures.flatMap((each) => each.reasons)
  if (report.kind !== 'seal' || report.verdict !== 'VALID') return refuse('seals.outside-untrusted', { maker: seal.makerCertificate.subject.commonName, reason: reason?.code ?? report.verdict })
  if (seal.picture.type.toUpperCase() !== 'PNG') return refuse('seals.outside-picture', { type: seal.picture.type })
  const { widthMm, heightMm, data } = seal.picture
  const drawn = tracing(() => accept(traceSealPicture(readPng(data, scanLimits.mostPixels), { widthMm, heightMm })))
  if (!drawn.ok) return drawn
  const [drawing, kept] = [await keepDrawing(ctx.services, drawn.value), await ctx.services.blobs.put(body)]
  return accept({ origin: 'outside', drawing, data: kept, name: seal.name, maker: seal.makerCertificate.subject.commonName, valid_until: seal.validUntil })
}

/** A stored seal from outside; it was read before it was stored. */
export async function getOutsideSeal(ctx: QueryContext, blob: string): Promise<Seal> {
  // Safe because the column is written with what the blob store answered.
  return parseSeal(await ctx.services.blobs.get(blob as BlobDigest))
}

function parse(body: Uint8Array): Seal | null {
  try {
    return parseSeal(body)
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

const refusals = { 'picture.too-large': 'seals.scan-large', 'picture.malformed': 'seals.scan-unreadable', 'picture.no-seal': 'seals.scan-no-seal', 'picture.too-noisy': 'seals.scan-noisy' } as const

function tracing(work: () => Result<SealDrawing>): Result<SealDrawing> {
  try {
    return work()
  } catch (error) {
    const code = error instanceof CryptoError ? Object.entries(refusals).find(([from]) => from === error.code)?.[1] : undefined
    if (code === undefined) throw error
    return refuse(code)
  }
}
