/** 加密发出: the registrar sends the evidence package to two others in one envelope; each opens it with their own key, and nobody else does. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Certificate, exportPkcs8, generateSm2KeyPair, issueCertificate, softwareKey } from '@xiewen/crypto'
import { ApiClient, renewTokens } from '@xiewen/server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { runCli } from '../../server/src/app/cli/main.ts'
import { isEvidence } from '../../server/src/archive/index.ts'
import { SealStory } from '../scenarios/seals/story.ts'
import { DocumentDesk } from './support/document-desk.ts'
import { openStory, type Story } from './support/story.ts'
import { w } from './support/words.ts'

let story: Story
const folder = mkdtempSync(join(tmpdir(), 'xiewen-envelope-journey-'))
const at = (file: string): string => join(folder, file)

beforeAll(async () => {
  story = await openStory()
})
afterEach(({ task }) => (task.result?.state === 'fail' ? story.picture('envelope-failed') : undefined))
afterAll(async () => {
  await story.end()
  rmSync(folder, { recursive: true })
})

/** An encryption certificate as another office hands it over; its key stays with that office. */
async function anOtherParty(file: string, commonName: string): Promise<Certificate> {
  const { privateKey, publicKey } = generateSm2KeyPair()
  const root = generateSm2KeyPair()
  const validity = { notBefore: Date.now() - 1000, notAfter: Date.now() + 86_400_000 }
  const key = softwareKey(root.privateKey)
  const authority = await issueCertificate({ profile: 'root', subject: { country: 'CN', commonName: '云岭省电子认证中心' }, publicKey: root.publicKey, ...validity }, { key, certificate: null })
  const certificate = await issueCertificate({ profile: 'encryption', subject: { country: 'CN', organisation: '云岭省', commonName }, publicKey, ...validity }, { key, certificate: authority })
  writeFileSync(at(`${file}.cer`), certificate.raw)
  writeFileSync(at(`${file}.key`), exportPkcs8(privateKey))
  return certificate
}

test('a file leaves for two recipients, each compared, and only they open it', async () => {
  const registrar = await story.as('zhaomin')
  const tokens = await renewTokens(story.office.server)
  const clients = new Map<string, Promise<ApiClient>>()
  const hands = new SealStory(story.office, (login) => {
    const client = clients.get(login) ?? ApiClient.signIn(story.office.server.url, tokens?.get(login) ?? '')
    clients.set(login, client)
    return client
  })
  const documentId = await hands.typeset()
  const archive = await anOtherParty('archive', '省档案馆接收处')
  const audit = await anOtherParty('audit', '省审计厅收文处')
  await anOtherParty('stranger', '别人')

  const desk = await new DocumentDesk(registrar).open(`/documents/${documentId}`)
  await desk.panel(w('archive.ui.evidence'))
  await registrar.press(w('archive.ui.envelope'))
  const sheet = registrar.at('dialog', w('archive.ui.envelope'))
  await sheet.getByLabel(w('archive.ui.envelope-certificate')).setInputFiles([at('archive.cer'), at('audit.cer'), at('stranger.cer')])
  // Chosen by mistake: taken away again.
  await sheet.getByRole('button', { name: /别人/ }).click()
  const confirm = sheet.getByRole('button', { name: w('archive.ui.envelope-confirm') })
  for (const { subject } of [archive, audit]) {
    // Nobody trusted here vouches for them: nothing leaves before each fingerprint was compared.
    expect(await confirm.isDisabled()).toBe(true)
    await sheet.getByRole('region', { name: subject.text }).getByRole('checkbox').check()
  }
  await registrar.shot('envelope-sheet')
  await registrar.page.setViewportSize({ width: 390, height: 844 })
  await registrar.shot('envelope-sheet-narrow')
  await registrar.page.setViewportSize({ width: 1440, height: 900 })
  const [download] = await Promise.all([registrar.page.waitForEvent('download'), confirm.click()])
  await download.saveAs(at('sent.p7m'))

  const decrypt = (key: string) => runCli(['envelope', 'decrypt', at('sent.p7m'), '--key', at(key), '--out', at(`${key}.zip`)], { out: () => undefined, err: () => undefined })
  for (const key of ['archive.key', 'audit.key']) {
    expect(await decrypt(key), key).toBe(0)
    expect(isEvidence(readFileSync(at(`${key}.zip`))), key).toBe(true)
  }
  expect(await decrypt('stranger.key')).toBe(2)
  expect(story.complaints).toEqual([])
})
