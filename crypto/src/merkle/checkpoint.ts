/**
 * Signed tree heads as text. Source: C2SP tlog-checkpoint and signed-note, with SM2 and SM3 in place of Ed25519 and
 * SHA-256 (signature type 0xff, name "sm2-sm3").
 */
import { concatBytes, equalBytes, fromBase64, toBase64, utf8 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import type { KeyHandle } from '../ports.ts'
import { sm2Verify } from '../sign/verify.ts'

/** Tree head: `origin` names the log, `size` counts leaves, `root` is the root hash. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** One signature line of a checkpoint: key name, 4-byte key id and DER signature. */
export interface CheckpointSignature {
  readonly name: string
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
}

/** A parsed checkpoint: the head, the exact text that was signed, and its signature lines. */
export interface SignedCheckpoint extends Checkpoint {
  readonly body: string
  readonly signatures: readonly CheckpointSignature[]
}

const signatureType = concatBytes(Uint8Array.of(0xff), utf8('sm2-sm3'))
const namePattern = /^[^\s+—]+$/u
const signaturePattern = /^— (\S+) (\S+)$/u

/** First four bytes of SM3(name ‖ 0A ‖ type ‖ public key): tells a reader which key to try. */
export function checkpointKeyId(name: string, publicKey: Uint8Array): Uint8Array {
  return sm3(utf8(name), Uint8Array.of(0x0a), signatureType, publicKey).subarray(0, 4)
}

function checkpointBody(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`
}

/**
 * Writes a checkpoint with one signature line by `key`, whose name has neither spaces nor plus signs.
 * @throws CryptoError checkpoint.malformed for an unusable origin, size or name
 */
export async function signCheckpoint(
  checkpoint: Checkpoint,
  key: KeyHandle,
  name = checkpoint.origin,
): Promise<string> {
  if (!/^[^\n]+$/u.test(checkpoint.origin) || !Number.isSafeInteger(checkpoint.size) || checkpoint.size < 0) {
    throw new CryptoError('checkpoint.malformed', 'origin or size cannot be written')
  }
  if (!namePattern.test(name))
    throw new CryptoError('checkpoint.malformed', 'key name has spaces or a plus sign', { name })
  const body = checkpointBody(checkpoint)
  const signature = await key.sign(utf8(body))
  return `${body}\n— ${name} ${toBase64(concatBytes(checkpointKeyId(name, key.publicKey), signature))}\n`
}

/** Reads a checkpoint without judging its signatures. @throws CryptoError checkpoint.malformed */
export function parseCheckpoint(text: string): SignedCheckpoint {
  const split = text.indexOf('\n\n')
  if (split < 0 || !text.endsWith('\n')) throw new CryptoError('checkpoint.malformed', 'no signature part')
  const body = text.slice(0, split + 1)
  const [origin = '', sizeText = '', rootText = '', ...more] = body.slice(0, -1).split('\n')
  if (origin === '' || !/^(0|[1-9]\d{0,14})$/.test(sizeText) || more.length > 0) {
    throw new CryptoError('checkpoint.malformed', 'head is not origin, size, root')
  }
  const lines = text.slice(split + 2, -1).split('\n')
  return {
    origin,
    size: Number(sizeText),
    root: base64Field(rootText),
    body,
    signatures: lines.map(parseSignatureLine),
  }
}

function parseSignatureLine(line: string): CheckpointSignature {
  const [, name = '', blob = ''] = signaturePattern.exec(line) ?? []
  const bytes = base64Field(blob)
  if (name === '' || bytes.length < 5) throw new CryptoError('checkpoint.malformed', 'bad signature line')
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) }
}

function base64Field(text: string): Uint8Array {
  try {
    return fromBase64(text)
  } catch (cause) {
    if (cause instanceof CryptoError) throw new CryptoError('checkpoint.malformed', 'not base64')
    throw cause
  }
}

/** Whether the checkpoint carries a right signature by the named key. */
export function verifyCheckpoint(
  checkpoint: SignedCheckpoint,
  publicKey: Uint8Array,
  name = checkpoint.origin,
): boolean {
  const keyId = checkpointKeyId(name, publicKey)
  return (
    checkpoint.body === checkpointBody(checkpoint) &&
    checkpoint.signatures.some(
      (line) =>
        line.name === name &&
        equalBytes(line.keyId, keyId) &&
        sm2Verify(publicKey, utf8(checkpoint.body), line.signature),
    )
  )
}
