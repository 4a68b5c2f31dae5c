/** Answers about single certificates (证书状态, OCSP). Source: RFC 6960, GM/T 0014-2023. */
import { createHash } from 'node:crypto'
import {
  buildStatusError, buildStatusResponse, type Certificate, type CertificateStatus, CryptoError, parseStatusRequest, type SingleStatus, sm3, type StatusRequest, toHex,
} from '@xiewen/crypto'
import type { QueryContext } from '../../platform/context.ts'
import { type Authority, findAuthority, serviceOf } from '../authority.ts'
import { findCertificate } from '../custody.ts'

/** How long an answer may be relied on. */
const goodForMs = 3_600_000
const mostAtOnce = 16

/** Digests clients name certificates by; openssl asks with SHA-1 unless told otherwise. It only finds a name, it proves nothing. */
const digests: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  '1.2.156.10197.1.401': sm3,
  '1.3.14.3.2.26': (bytes) => createHash('sha1').update(bytes).digest(),
  '2.16.840.1.101.3.4.2.1': (bytes) => createHash('sha256').update(bytes).digest(),
}

/** The answer to a request, or the protocol's own error: malformed (1), later (3), or not ours to answer (6). */
export async function answerStatus(ctx: QueryContext, body: Uint8Array): Promise<Uint8Array> {
  const request = parse(body)
  if (request === null) return buildStatusError(1)
  const authority = await findAuthority(ctx.db)
  const responder = authority && (await serviceOf(ctx.services, authority, 'ocsp'))
  if (!authority || !responder) return buildStatusError(3)
  if (!request.ids.every((id) => isOf(id, authority.issuing))) return buildStatusError(6)
  const answers: SingleStatus[] = []
  for (const id of request.ids) answers.push({ id: id.raw, status: await statusOf(ctx, authority, id.serial), thisUpdate: ctx.now, nextUpdate: ctx.now + goodForMs })
  return buildStatusResponse(answers, request, { ...responder, producedAt: ctx.now })
}

function parse(body: Uint8Array): StatusRequest | null {
  try {
    const request = parseStatusRequest(body)
    const isUsable = request.ids.length <= mostAtOnce && (request.nonce?.length ?? 0) <= 64
    return isUsable ? request : null
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

function isOf(id: StatusRequest['ids'][number], issuer: Certificate): boolean {
  const digest = digests[id.digestAlgorithm]
  return digest !== undefined && toHex(digest(issuer.subject.raw)) === toHex(id.issuerName) && toHex(digest(issuer.publicKey)) === toHex(id.issuerKey)
}

async function statusOf(ctx: QueryContext, authority: Authority, serial: string): Promise<CertificateStatus> {
  if ([authority.maker, authority.timestamp, authority.ocsp].some((each) => each?.serial === serial)) return { kind: 'good' }
  const row = await findCertificate(ctx.db, serial)
  if (row === null) return { kind: 'unknown' }
  return row.revoked_at === null ? { kind: 'good' } : { kind: 'revoked', revokedAt: Number(row.revoked_at), reason: 'cessationOfOperation' }
}
