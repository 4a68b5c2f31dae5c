/** Reading what a keeper hands in: a scanned impression, or a seal of an outside authority. Strangers made these bytes. */
import { CryptoError, parseSeal, type Seal } from '@xiewen/crypto'
import { accept, type BlobDigest, type Result, refuse } from '@xiewen/shared/base'
import type { QueryContext } from '../../platform/context.ts'
import { keepDrawing, keepHandedIn } from '../drawing.ts'
import { checkFile } from '../verification.ts'
import type { MaterialRecord } from './outside-tables.ts'
import { readPicture } from './read-picture.ts'

/** What was read, to be kept under an id. */
export type ReadMaterial = Omit<MaterialRecord, 'id' | 'person_id' | 'at'>

/** Scans are kept a hundred millimetres wide; the class of the seal gives the true size when it is applied for. */
const scanWidthMm = 100

/** Reads a scan (PNG or JPEG). */
export async function readScan(ctx: QueryContext, body: Uint8Array): Promise<Result<ReadMaterial>> {
  const drawn = await readPicture({ kind: 'scan', bytes: body, widthMm: scanWidthMm })
  return drawn.ok ? accept({ origin: 'scanned', drawing: await keepHandedIn(ctx.services, drawn.value), data: null, name: '', maker: '', valid_until: null }) : drawn
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
  const drawn = await readPicture({ kind: 'outside', bytes: data, widthMm, heightMm })
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
