/** The office's own time stamps (时间戳): over every impression, and for whoever asks in the intranet. They prove the office's own
 * time, not that of a certified service, and are named so. Source: RFC 3161, GM/T 0033-2023, GB/T 38540-2020 7.1. */
import { buildTimestampRefusal, buildTimestampResponse, buildTimestampToken, CryptoError, parseTimestampRequest, sm3, type StampSource, type TimestampRequest } from '@xiewen/crypto'
import { randomBytes } from 'node:crypto'
import type { QueryContext } from '../../platform/context.ts'
import { type Authority, findAuthority, serviceOf } from '../authority.ts'

/** The policy of these stamps: the server's own clock, accurate to a second as far as the office keeps it. An identifier made of a
 * random UUID (ITU-T X.667), so that it belongs to nobody else. */
export const timestampPolicy = '2.25.302781935447362250107419236412078531417'

/** A number never given before: 128 random bits. */
function newSerial(): bigint {
  return BigInt(`0x01${randomBytes(15).toString('hex')}`)
}

async function tokenFor(ctx: QueryContext, authority: Authority, request: TimestampRequest): Promise<Uint8Array | null> {
  const service = await serviceOf(ctx.services, authority, 'timestamp')
  return service === null ? null : buildTimestampToken(request, { policy: timestampPolicy, serial: newSerial(), at: ctx.now }, service)
}

/** Stamps a signature value; undefined in an installation whose service has no certificate yet. */
export async function stampSourceOf(ctx: QueryContext): Promise<StampSource | undefined> {
  const authority = await findAuthority(ctx.db)
  if (!authority?.timestamp) return undefined
  return async (signature) => {
    const token = await tokenFor(ctx, authority, { digest: sm3(signature), nonce: null, wantsCertificate: true })
    if (token === null) throw new Error('Bug: a service with a certificate signs')
    return token
  }
}

/** The answer to a request (RFC 3161): a token, or a refusal as badAlg (0), badRequest (2) or systemFailure (25). */
export async function answerTimestamp(ctx: QueryContext, body: Uint8Array): Promise<Uint8Array> {
  try {
    const request = parseTimestampRequest(body)
    const authority = await findAuthority(ctx.db)
    const token = authority && (await tokenFor(ctx, authority, request))
    return token === null ? buildTimestampRefusal(25) : buildTimestampResponse(token)
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    return buildTimestampRefusal(error.code === 'timestamp.algorithm' ? 0 : 2)
  }
}
