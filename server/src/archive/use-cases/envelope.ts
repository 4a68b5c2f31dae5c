/** 数字信封: the evidence package or the sealed original leaves the system so that only the named recipients can read it. */
import { buildEnvelopedData, type Certificate, type EnvelopeAddress, judgeRecipient, sm3, toHex } from '@xiewen/crypto'
import { archiveContract as contract, type EnvelopeRecipientView } from '@xiewen/shared/archive'
import { accept, type BlobDigest, civilDateAt, instant, type OutputOf, type ParsedInputOf, type Result, refuse } from '@xiewen/shared/base'
import { getIssuedPdf } from '../../documents/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import { type Operation, onCommand, onDownload, onQuery } from '../../platform/slice.ts'
import { findTrust } from '../../seals/index.ts'
import { findEnvelopeOf, insertEnvelope } from '../envelope-table.ts'
import { makeEvidence } from '../evidence/collect-evidence.ts'
import { findTakable } from './evidence.ts'

/** The recipient named by a certificate file, or why it is none. */
async function readAddress(ctx: QueryContext, certificate: string): Promise<Result<EnvelopeAddress>> {
  const found = await judgeRecipient(Buffer.from(certificate, 'base64'), { ...(await findTrust(ctx.db)), at: ctx.now }, ctx.now)
  return found.ok ? accept(found.address) : refuse(`archive.recipient-${found.problem}`, found.certificate === null ? {} : wordsOf(found.certificate))
}

function wordsOf({ subject, notBefore, notAfter }: Certificate): Readonly<Record<string, string>> {
  return { subject: subject.commonName, from: civilDateAt(instant(notBefore)), until: civilDateAt(instant(notAfter)) }
}

function present({ certificate, fingerprint, path, revocation }: EnvelopeAddress): EnvelopeRecipientView {
  const { subject, issuer, serial, notBefore, notAfter } = certificate
  return { subject: subject.text, issuer: issuer.text, serial, fingerprint, validFrom: notBefore, validUntil: notAfter, path: path === null ? null : [...path], revocation }
}

interface Contents {
  readonly bytes: Uint8Array
  readonly fileName: string
}

async function collect(ctx: QueryContext, { documentId, of }: Pick<ParsedInputOf<typeof contract.envelope>, 'documentId' | 'of'>): Promise<Result<Contents>> {
  const document = await findTakable(ctx, documentId)
  if (!document) return refuse('archive.not-found')
  const title = document.title.slice(0, 60)
  if (of === 'evidence') {
    const made = await makeEvidence(ctx, documentId)
    return made.ok ? accept({ bytes: made.value, fileName: `${title}（证据包）.zip` }) : made
  }
  const original = await getIssuedPdf(ctx.db, documentId)
  return original?.stage === 'sealed' ? accept({ bytes: await ctx.services.blobs.get(original.blob), fileName: `${title}.pdf` }) : refuse('archive.not-sealed')
}

type Asked = ParsedInputOf<typeof contract.envelope>['recipients']
type Recipient = EnvelopeAddress & { readonly isCompared: boolean }

/** Everybody the envelope is for, or what is wrong with the first who cannot be. */
async function readRecipients(ctx: QueryContext, asked: Asked): Promise<Result<readonly Recipient[]>> {
  const recipients: Recipient[] = []
  for (const { certificate, isCompared } of asked) {
    const address = await readAddress(ctx, certificate)
    if (!address.ok) return address
    const { fingerprint, path, certificate: read } = address.value
    if (path === null && !isCompared) return refuse('archive.recipient-unknown', wordsOf(read))
    if (recipients.some((each) => each.fingerprint === fingerprint)) return refuse('archive.recipient-twice', wordsOf(read))
    recipients.push({ ...address.value, isCompared })
  }
  return accept(recipients)
}

/** An envelope to be stored, and what is recorded of it. */
interface Prepared {
  readonly recipients: readonly Recipient[]
  readonly blob: BlobDigest
  readonly fileName: string
  readonly digest: string
  readonly sizeBytes: number
}

const envelope = onCommand(contract.envelope, {
  prepare: async (ctx, input): Promise<Result<Prepared>> => {
    const contents = await collect(ctx, input)
    if (!contents.ok) return contents
    const recipients = await readRecipients(ctx, input.recipients)
    if (!recipients.ok) return recipients
    const { bytes, fileName } = contents.value
    const blob = await ctx.services.blobs.put(buildEnvelopedData(bytes, recipients.value.map(({ certificate }) => certificate)))
    return accept({ recipients: recipients.value, blob, fileName: `${fileName}.p7m`, digest: toHex(sm3(bytes)), sizeBytes: bytes.length })
  },
  commit: async (ctx, input, { recipients, blob, fileName, digest, sizeBytes }): Promise<Result<OutputOf<typeof contract.envelope>>> => {
    const envelopeId = ctx.newId<'EnvelopeId'>()
    await insertEnvelope(ctx.db, { id: envelopeId, document_id: input.documentId, person_id: ctx.actor.personId, blob, file_name: fileName, fingerprint: recipients.map(({ fingerprint }) => fingerprint).join(' '), at: ctx.now })
    await ctx.record({
      kind: 'archive.enveloped', subject: { kind: 'document', id: input.documentId },
      data: {
        envelopeId, of: input.of, digest, sizeBytes, envelopeDigest: blob,
        recipients: recipients.map(({ certificate, fingerprint, path, isCompared }) => ({ name: certificate.subject.text, issuer: certificate.issuer.text, serial: certificate.serial, fingerprint, isKnown: path !== null, isCompared })),
      },
    })
    return accept({ envelopeId, fileName, digest })
  },
})

const readRecipient = onQuery(contract.readRecipient, async (ctx, { certificate }) => {
  const address = await readAddress(ctx, certificate)
  return address.ok ? accept({ recipient: present(address.value) }) : address
})

const envelopeFile = onDownload(contract.envelopeFile, async (ctx, { envelopeId }) => {
  const made = await findEnvelopeOf(ctx.db, envelopeId, ctx.actor.personId)
  return made === null ? refuse('archive.not-found') : accept({ bytes: await ctx.services.blobs.get(made.blob), mediaType: 'application/pkcs7-mime', fileName: made.file_name })
})

/** Operations on envelopes. */
export const envelopeOperations: readonly Operation[] = [readRecipient, envelope, envelopeFile]
