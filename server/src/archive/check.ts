/** Checking a piece as it lies in the store now (固化信息有效性). Source: DA/T 70-2018, GD-1-1 */
import type { PartCondition, PieceCheck } from '@xiewen/shared/archive'
import { type BlobDigest, canonicalJson } from '@xiewen/shared/base'
import type { QueryContext } from '../platform/context.ts'
import { Fault } from '../platform/log/fault.ts'
import { countOpinions, fixitySchema, processSchema } from './fixity.ts'
import { presentPart } from './present.ts'
import { checkSeal } from './seal-check.ts'
import type { PartRecord } from './tables.ts'

/** A part with its bytes, where they are intact. */
export interface ReadPart {
  readonly row: PartRecord
  readonly condition: PartCondition
  readonly bytes: Uint8Array | null
}

/** Reads every part and says how it stands. */
export function readParts(ctx: QueryContext, rows: readonly PartRecord[]): Promise<readonly ReadPart[]> {
  return Promise.all(rows.map((row) => readPart(ctx, row)))
}

async function readPart(ctx: QueryContext, row: PartRecord): Promise<ReadPart> {
  // Safe because the blob store made the digest.
  const digest = row.digest as BlobDigest
  if (!(await ctx.services.blobs.has(digest))) return { row, condition: 'missing', bytes: null }
  try {
    const bytes = await ctx.services.blobs.get(digest)
    return { row, condition: bytes.length === Number(row.size_bytes) ? 'intact' : 'altered', bytes }
  } catch (error) {
    // Finding out that bytes were altered or cannot be read is what a check is for; anything else is a Bug.
    if (!(error instanceof Fault)) throw error
    return { row, condition: error.cause === undefined ? 'altered' : 'unreadable', bytes: null }
  }
}

/** Checks a piece: digests, register, opinions, seal. */
export async function checkPiece(ctx: QueryContext, rows: readonly PartRecord[], isSealed: boolean): Promise<PieceCheck> {
  const parts = await readParts(ctx, rows)
  const bytesOf = (kind: PartRecord['kind']): Uint8Array | null => parts.find((part) => part.row.kind === kind)?.bytes ?? null
  const original = bytesOf('original')
  const process = bytesOf('process')
  const opinions = process ? countOpinions(processSchema.parse(parseJson(process))) : { total: 0, broken: 0 }
  const seal = isSealed && original ? await checkSeal(ctx, original) : null
  const agrees = registerAgrees(rows, bytesOf('fixity'))
  return {
    at: ctx.now,
    intact: parts.every((part) => part.condition === 'intact') && agrees && opinions.broken === 0 && (!isSealed || seal?.verdict === 'VALID'),
    parts: parts.map((part) => ({ place: part.row.place, condition: part.condition })),
    registerAgrees: agrees,
    opinions,
    seal,
  }
}

/** Whether the rows of parts are those 固化信息 names, itself excepted. */
function registerAgrees(rows: readonly PartRecord[], fixity: Uint8Array | null): boolean {
  if (!fixity) return false
  const fixed = fixitySchema.parse(parseJson(fixity)).parts
  return canonicalJson(rows.filter((row) => row.kind !== 'fixity').map(presentPart)) === canonicalJson(fixed)
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes))
}
