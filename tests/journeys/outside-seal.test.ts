/** A seal from a scan, and a certificate from outside, as people see them: preview before anything is asked, two administrators for trust. */
import { drawRoundSeal, generateSm2KeyPair, issueCertificate, issueRevocationList, presentSealPng, softwareKey } from '@xiewen/crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from './support/person.ts'
import { openStory, type Story } from './support/story.ts'
import { w } from './support/words.ts'

let story: Story
const glyphs = { unitsPerEm: 1000, findGlyph: () => ({ path: 'M50,-80L950,-80L950,820L50,820ZM150,20L150,720L850,720L850,20Z', advance: 1000 }) }

beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.end())

/** Presses the button of the sheet on top. */
async function confirm(person: Person, label: string): Promise<void> {
  const sheet = person.page.getByRole('dialog').filter({ visible: true }).last()
  await sheet.getByRole('button', { name: new RegExp(`^${[...label].join('\\s?')}$`) }).click()
}

test('a keeper hands in a scan, sees what will be impressed, and applies with it', async () => {
  const keeper = await story.as('wuguifang')
  await keeper.goto('/seals')
  await keeper.press(w('seals.ui.propose'))
  await keeper.page.getByText(w('seals.origin.scanned')).click()
  const drop = keeper.page.getByLabel(w('seals.ui.source.scanned'))
  await drop.setInputFiles({ name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') })
  await keeper.sees(w('seals.scan-unreadable'))
  const scan = await presentSealPng(drawRoundSeal({ diameterMm: 42, name: '云州市政务服务数据管理局' }, glyphs), 400)
  await drop.setInputFiles({ name: 'scan.png', mimeType: 'image/png', buffer: Buffer.from(scan) })
  await keeper.page.getByAltText(w('seals.ui.source.preview')).waitFor()
  await keeper.shot('seal-scan')
  await keeper.page.setViewportSize({ width: 390, height: 844 })
  await keeper.shot('seal-scan-narrow')
  await keeper.page.setViewportSize({ width: 1440, height: 900 })
  await confirm(keeper, w('seals.ui.propose.confirm'))
  await keeper.sees(w('seals.ui.origin.scanned'))
  await keeper.shot('seal-scanned-card')
})

test('one administrator brings a certificate in and another confirms it', async () => {
  const pair = generateSm2KeyPair()
  const subject = { country: 'CN', organisation: '云岭省电子认证中心', commonName: '云岭省电子认证中心根证书' }
  const key = softwareKey(pair.privateKey)
  const root = await issueCertificate({ profile: 'root', subject, publicKey: pair.publicKey, notBefore: Date.now() - 1000, notAfter: Date.now() + 86_400_000 }, { key, certificate: null })
  const security = await story.as('secadmin')
  await security.goto('/seals/trust')
  await security.press(w('seals.trust.propose'))
  await security.page.getByLabel(w('seals.trust.file')).setInputFiles({ name: 'root.cer', mimeType: 'application/pkix-cert', buffer: Buffer.from(root.raw) })
  await confirm(security, w('seals.trust.propose'))
  await security.sees(w('seals.trust.state.proposed'))
  await security.shot('seal-trust')
  const system = await story.as('sysadmin')
  await system.goto('/seals/trust')
  await system.press(w('seals.trust.confirm'))
  await confirm(system, w('seals.trust.confirm'))
  await system.sees(w('seals.trust.state.trusted'))
  // Its revocation list needs no second person: the authority has signed it.
  const list = await issueRevocationList({ number: 1, thisUpdate: Date.now() - 1000, nextUpdate: Date.now() + 5 * 3_600_000, entries: [] }, { key, certificate: root })
  await system.press(w('seals.lists.import'))
  await system.page.getByLabel(w('seals.lists.file')).setInputFiles({ name: 'root.crl', mimeType: 'application/pkix-crl', buffer: Buffer.from(list) })
  await confirm(system, w('seals.lists.import'))
  // In force for five hours more: fetch the next one now. The root itself ends tomorrow.
  await system.sees(w('seals.lists.state.due'))
  await system.sees(w('seals.lists.due-next'))
  await system.shot('seal-lists')
  await system.page.setViewportSize({ width: 390, height: 844 })
  await system.shot('seal-trust-narrow')
  await security.goto('/seals/overview')
  await security.sees(w('seals.endings.title'))
  await security.shot('seal-endings')
  await security.page.setViewportSize({ width: 390, height: 844 })
  await security.shot('seal-endings-narrow')
  expect(story.complaints).toEqual([])
})
