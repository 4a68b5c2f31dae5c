/** Answers of downloads: whole, or part by part as fast as the client takes them. */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { FileAnswer } from '../slice.ts'

/** Sends a file. Of one in parts no more is read than the client has room for, and its reading ends when the client goes.
 *
 * @param report hears what goes wrong after the head of the answer has left; the client then has fewer bytes than it was told
 */
export async function sendFile(reply: FastifyReply, file: FileAnswer, report: (error: unknown) => void): Promise<void> {
  const name = encodeURIComponent(file.fileName)
  const head = reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `${file.inline === true ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
    .header('cache-control', file.isConstant === true ? 'private, max-age=31536000, immutable' : 'no-store')
    .header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'")
  if ('bytes' in file) return void (await head.send(Buffer.from(file.bytes)))
  const parts = Readable.from(file.stored.parts, { objectMode: false, highWaterMark: 64 * 1024 })
  parts.once('error', report)
  await head.header('content-length', file.stored.sizeBytes).send(parts)
}
