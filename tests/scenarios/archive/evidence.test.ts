/** The evidence package (证据包): who may take it out, and what a checker without server finds in it, whole and tampered with. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { archiveContract as contract } from '@xiewen/shared/archive'
import { addDays, civilDateAt, instant, startOfDay } from '@xiewen/shared/base'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { sealsContract } from '@xiewen/shared/seals'
import { workflowContract } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EvidenceReport, verifyEvidence } from '../../../server/src/archive/index.ts'
import { stampSourceOf } from '../../../server/src/seals/index.ts'
import { readTrustFiles } from '../../../server/src/archive/seal-check.ts'
import { packZip } from '../../../server/src/platform/zip/pack-zip.ts'
import { runCli } from '../../../server/src/app/cli/main.ts'
import { openZip } from '../../../server/src/documents/index.ts'
import { fromBase64, parseCertificate, toBase64 } from '../../../crypto/src/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { SealStory } from '../seals/story.ts'
import { refusalOf, Story } from '../workflow/story.ts'

let office: TestOffice
let story: Story
let documentId: DocumentId
let bytes: Uint8Array
let trust: ReturnType<typeof parseCertificate>[]
const packedAt = Date.UTC(2026, 10, 28)
const decode = (file: Uint8Array): string => new TextDecoder().decode(file)
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Shortly before the hour at which the lists of revoked certificates are issued every night. */
const evening = startOfDay(addDays(civilDateAt(instant(Date.now())), -1)) + 50 * 60_000
const begun = Date.now()
let laterMs = 0

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(evening + (Date.now() - begun) + laterMs) } })
  story = new Story(office)
  documentId = await issued()
  // The package is taken out after the night's list has come, which decides about the seal for good.
  laterMs = 25 * 60_000
  await office.settle()
  bytes = (await (await story.as('registrar')).download(contract.evidence, { documentId })).bytes
  // Safe because reading trust needs the data directory only.
  const services = { config: { dataDir: office.dataDir } } as Parameters<typeof readTrustFiles>[0]['services']
  trust = (await readTrustFiles({ services })).filter((file) => file.name.endsWith('.cer')).map((file) => parseCertificate(file.bytes))
})
afterAll(() => office.close())

/** A document drafted, approved step by step, signed, numbered, typeset and sealed. */
async function issued(): Promise<DocumentId> {
  const caseId = await story.submitted()
  await story.toSigning(caseId)
  await story.sign(caseId)
  await office.settle()
  const signed = (await story.see(caseId)).documentId
  const registrar = await story.as('registrar')
  await registrar.call(documentsContract.allocateNumber, { documentId: signed, code: '云政数发' })
  await registrar.call(documentsContract.typeset, { documentId: signed })
  const seals = new SealStory(office)
  await seals.enabledSeal()
  await (await seals.as('keeper')).call(sealsContract.impress, { applicationId: await seals.permitted(signed) })
  await office.settle()
  return signed
}

const verify = (file: Uint8Array, ledgerKey?: string): Promise<EvidenceReport> => verifyEvidence(file, { trust, at: Date.now(), ledgerKey })
const badOf = (report: EvidenceReport): readonly string[] => report.checks.filter(({ state }) => state === 'bad').map(({ check }) => check)

/** The package with some files changed, added (from null) or left out (to null), otherwise as any ZIP tool would pack it again. */
function repacked(change: (name: string, text: string) => string | null, added: Readonly<Record<string, string>> = {}): Uint8Array {
  const archive = openZip(bytes)
  const kept = archive.names.flatMap((name) => {
    const file = archive.read(name) ?? new Uint8Array()
    const changed = name.endsWith('.json') ? change(name, decode(file)) : undefined
    return changed === null ? [] : [{ name, bytes: changed === undefined ? file : encode(changed) }]
  })
  return packZip([...kept, ...Object.entries(added).map(([name, text]) => ({ name, bytes: encode(text) }))], { packing: 'stored', at: packedAt })
}

describe('an untouched package', () => {
  test('is whole for whoever knows the roots and the key of the ledger', async () => {
    const open = await verify(bytes)
    expect(open.verdict).toBe('OPEN')
    expect(open.checks.filter(({ state }) => state !== 'good').map(({ check }) => check)).toEqual(['ledger-key'])
    const report = await verify(bytes, open.ledgerKey)
    expect(report).toMatchObject({ verdict: 'WHOLE', manifest: { documentId } })
    expect(report.opinions).toBeGreaterThan(2)
    expect(report.acts).toBeGreaterThan(3)
  })

  test('is not whole for whoever trusts nobody', async () => {
    const report = await verifyEvidence(bytes, { trust: [], at: Date.now(), ledgerKey: (await verify(bytes)).ledgerKey })
    expect(report).toMatchObject({ verdict: 'OPEN', seal: { verdict: 'UNTRUSTED' } })
  })

  test('holds a list of revoked certificates and a time stamp that decide about its seal years later, without any register', async () => {
    const { ledgerKey } = await verify(bytes)
    const later = Date.now() + 3 * 365 * 86_400_000
    expect(await verifyEvidence(bytes, { trust, at: later, ledgerKey, needs: { timeStamp: true, revocation: true } })).toMatchObject({
      verdict: 'WHOLE', seal: { verdict: 'VALID', signatures: [{ revocation: 'good', time: { source: 'time-stamp', authority: '云州市自建时间戳服务' } }] },
    })
    // Without the list nobody can say so.
    const archive = openZip(bytes)
    const bare = packZip(archive.names.filter((name) => !name.endsWith('.crl')).map((name) => ({ name, bytes: archive.read(name) ?? new Uint8Array() })), { packing: 'stored', at: packedAt })
    const undecided = await verifyEvidence(bare, { trust, at: later, ledgerKey, needs: { revocation: true } })
    expect(undecided).toMatchObject({ verdict: 'BROKEN', seal: { verdict: 'INDETERMINATE', signatures: [{ reasons: [{ code: 'revocation-unknown' }] }] } })
  })

  test('is checked by the command line, which says what it could not decide', async () => {
    const file = join(office.dataDir, 'package.zip')
    await writeFile(file, bytes)
    const lines: string[] = []
    const terminal = { out: (text: string) => void lines.push(text), err: (text: string) => void lines.push(text) }
    expect(await runCli(['verify', file, '--data', office.dataDir], terminal)).toBe(1)
    expect(lines.join('\n')).toContain('OPEN')
    expect(await runCli(['verify', file, '--data', office.dataDir, '--ledger-key', (await verify(bytes)).ledgerKey], terminal)).toBe(0)
    await writeFile(file, bytes.subarray(0, bytes.length - 400))
    expect(await runCli(['verify', file, '--data', office.dataDir], terminal)).not.toBe(0)
  })
})

describe('a package that was tampered with', () => {
  test('is broken when a byte of any file changes', async () => {
    const archive = openZip(bytes)
    for (const changed of archive.names) {
      const files = archive.names.map((name) => {
        const file = new Uint8Array(archive.read(name) ?? [])
        const at = Math.floor(file.length / 2)
        if (name === changed) file[at] = (file[at] ?? 0) ^ 1
        return { name, bytes: file }
      })
      const outcome = await verify(packZip(files, { packing: 'stored', at: packedAt })).catch((error: unknown) => error)
      // A byte may turn JSON into none: then the package cannot be read at all.
      if (outcome instanceof Error) expect(outcome.message, changed).toBe('documents.damaged-file')
      else expect(outcome, changed).toMatchObject({ verdict: 'BROKEN' })
    }
  })

  test('is broken when a file is added or left out', async () => {
    expect(badOf(await verify(repacked((_name, text) => text, { '附件99 假.txt': '假' })))).toEqual(['files'])
    expect(badOf(await verify(repacked((name, text) => (name === '修改记录摘要.json' ? null : text))))).toEqual(['files'])
  })

  test('names the opinion whose words were changed, and misses one that was taken out', async () => {
    const reworded = await verify(repacked((name, text) => (name === '流程.json' ? text.replace(/\\"opinion\\":\\"[^"\\]*/, '\\"opinion\\":\\"不同意') : text)))
    expect(badOf(reworded)).toEqual(['files', 'opinions'])
    const shortened = await verify(
      repacked((name, text) => {
        if (name !== '流程.json') return text
        const record = JSON.parse(text) as { opinions: unknown[] }
        return JSON.stringify({ ...record, opinions: record.opinions.slice(1) })
      }),
    )
    expect(badOf(shortened)).toEqual(['files', 'opinions'])
  })

  test('names the act that does not stand in the ledger, and a head signed by another key', async () => {
    const invented = await verify(repacked((name, text) => (name === '审计证明.json' ? text.replace('documents.sealed', 'documents.voided') : text)))
    expect(badOf(invented)).toEqual(['files', 'ledger', 'binding'])
    const head = await verify(repacked((name, text) => (name === '审计证明.json' ? text.replace(/(xiewen-ledger\\n)(\d+)/, '$19$2') : text)))
    expect(badOf(head)).toEqual(['files', 'ledger'])
    expect(badOf(await verify(bytes, '00'.repeat(32)))).toEqual(['ledger-key'])
  })

  test('does not take another text for the signed one', async () => {
    const report = await verify(repacked((name, text) => (name === '定稿.json' ? text.replace('一', '二') : text)))
    expect(badOf(report)).toEqual(['files', 'text'])
    const relisted = await verify(repacked((name, text) => (name === '证据.json' ? text.replace(/"textDigest":"[0-9a-f]{4}/, '"textDigest":"0000') : text)))
    expect(badOf(relisted)).toEqual(expect.arrayContaining(['signature', 'text', 'opinions', 'binding']))
  })
})

describe('time stamps on opinions', () => {
  test('whoever reads the opinions sees when each was stamped', async () => {
    const { case: seen } = await (await story.as('registrar')).call(workflowContract.case, { documentId })
    expect(seen?.opinions.length).toBeGreaterThan(0)
    for (const opinion of seen?.opinions ?? []) expect(opinion.stampedAt).toBeGreaterThanOrEqual(opinion.at)
  })

  interface Opinion { readonly seq: number; readonly statement: string; readonly signature: string; readonly stamp: string | null }
  const withOpinions = (change: (opinions: readonly Opinion[]) => readonly Opinion[]): Promise<EvidenceReport> =>
    verify(
      repacked((name, text) => {
        if (name !== '流程.json') return text
        const record = JSON.parse(text) as { opinions: readonly Opinion[] }
        return JSON.stringify({ ...record, opinions: change(record.opinions) })
      }),
    )
  const stampsOf = (report: EvidenceReport) => report.checks.find(({ check }) => check === 'stamps')
  const withFirst = (stamp: (opinion: Opinion) => string | null): Promise<EvidenceReport> => withOpinions((all) => all.map((each, at) => (at === 0 ? { ...each, stamp: stamp(each) } : each)))

  /** A stamp of the office's own service over this signature, given so many hours from now. */
  async function stampedAfter(opinion: Opinion, hours: number): Promise<string> {
    laterMs += hours * 3_600_000
    const stamped = await office.server.run(async (ctx) => ({ ok: true, value: await (await stampSourceOf(ctx))?.(fromBase64(opinion.signature)) }))
    laterMs -= hours * 3_600_000
    if (!stamped.ok || stamped.value === undefined) throw new Error('the office has no service')
    return toBase64(stamped.value)
  }

  test('every opinion has one, given after the act, also those signed before there was a service', async () => {
    expect(stampsOf(await verify(bytes))).toEqual({ check: 'stamps', state: 'good', details: [] })
  })

  test('one that is missing or came late decides nothing; one of another signature, damaged, or older than the signing is wrong', async () => {
    expect(stampsOf(await withFirst(() => null))).toMatchObject({ state: 'open', details: ['1 missing'] })
    expect(stampsOf(await withOpinions((all) => all.map((each, at) => ({ ...each, stamp: at === 0 ? (all[1]?.stamp ?? null) : each.stamp }))))).toMatchObject({ state: 'bad', details: ['1 wrong'] })
    expect(stampsOf(await withFirst(({ stamp }) => `A${stamp?.slice(1) ?? ''}`))).toMatchObject({ state: 'bad', details: ['1 wrong'] })
    const archive = openZip(bytes)
    const [first] = (JSON.parse(decode(archive.read('流程.json') ?? new Uint8Array())) as { opinions: readonly Opinion[] }).opinions
    if (first === undefined) throw new Error('a signed document has opinions')
    const late = await stampedAfter(first, 3)
    expect(stampsOf(await withFirst(() => late))).toMatchObject({ state: 'open', details: ['1 late'] })
    const signedLater = (text: string): string => text.replace(/"at":(\d+)/, (_all, at: string) => `"at":${Number(at) + 120_000}`)
    const early = await withOpinions((all) => all.map((each, at) => (at === 0 ? { ...each, statement: signedLater(each.statement) } : each)))
    expect(stampsOf(early)).toMatchObject({ state: 'bad', details: ['1 before-signing'] })
  })

  test('one of a service that nobody here vouches for proves nothing', async () => {
    expect(stampsOf(await verifyEvidence(bytes, { trust: [], at: Date.now() }))?.state).toBe('open')
  })
})

describe('sight', () => {
  test('only those who keep the documents of its organ take a package out, and only of a document that was signed', async () => {
    expect(await refusalOf((await story.as('drafter')).download(contract.evidence, { documentId }))).toBe('archive.not-found')
    expect(await refusalOf((await office.as('qinsong')).download(contract.evidence, { documentId }))).toBe('archive.not-found')
  })
})
