/** 联合行文 on the document's page, and 验章 in the browser itself: the WebAssembly core runs under the product's own policy, and the file
 * never leaves the browser. */
import { ApiClient, renewTokens } from '@xiewen/server'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { type SealId, sealsContract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jointLetter, SealStory } from '../scenarios/seals/story.ts'
import { DocumentDesk } from './support/document-desk.ts'
import { openStory, type Story } from './support/story.ts'
import { w } from './support/words.ts'

let story: Story
let seals: SealStory
let documentId: DocumentId
let partnerSeal: SealId

beforeAll(async () => {
  story = await openStory()
  // The registrar works in the browser; her one-time link is used there, so the steps behind the scenes get another.
  await story.as('zhaomin')
  const again = await renewTokens(story.office.server)
  const clients = new Map<string, Promise<ApiClient>>()
  seals = new SealStory(story.office, (login) => {
    const client = clients.get(login) ?? ApiClient.signIn(story.office.server.url, again?.get(login) ?? '')
    clients.set(login, client)
    return client
  })
  await seals.enabledSeal()
  partnerSeal = await seals.enabledSeal('officeKeeper', 'officeApprover')
  documentId = await seals.typeset('drafter', jointLetter)
})
afterAll(() => story.end())

async function permitAll(): Promise<void> {
  const { rows } = await (await seals.as('registrar')).call(sealsContract.applications, { documentId })
  for (const row of rows) {
    const isPartner = row.seal.id === partnerSeal
    await (await seals.as(isPartner ? 'officeApprover' : 'approver')).call(sealsContract.approve, { applicationId: row.id })
    await (await seals.as(isPartner ? 'officeKeeper' : 'keeper')).call(sealsContract.impress, { applicationId: row.id })
  }
}

test('the registrar asks for both organs’ seals at once, over the seam too', async () => {
  const registrar = await story.as('zhaomin')
  const desk = await new DocumentDesk(registrar).open(`/documents/${documentId}`)
  await desk.panel(w('seals.ui.panel'))
  await registrar.sees(w('seals.ui.needs.joint', { count: 2, done: 0 }))
  await registrar.page.getByLabel(w('seals.ui.straddle')).click()
  await registrar.page.getByTitle(w('seals.ui.straddle.single')).click()
  await registrar.shot('verify-here-1-apply')
  await registrar.press(w('seals.ui.panel.apply-all', { count: 2 }))
  await registrar.sees(w('seals.ui.panel.applied'))
  const { needs } = await (await seals.as('registrar')).call(sealsContract.needs, { documentId })
  expect(needs.map(({ state }) => state)).toEqual(['asked', 'asked'])
  await permitAll()
  await registrar.sees(w('documents.state.sealed'))
  await registrar.shot('verify-here-2-sealed')
})

test('anyone verifies PDF and OFD in the browser, with the WebAssembly core, and nothing is uploaded', async () => {
  const registrar = await seals.as('registrar')
  const files = {
    pdf: await seals.pdf(documentId),
    ofd: (await registrar.download(documentsContract.ofd, { documentId })).bytes,
  }
  const visitor = await story.visitor()
  const sent: string[] = []
  visitor.page.on('request', (request) => {
    if (request.url().includes('/api/')) sent.push(`${new URL(request.url()).pathname} ${(request.postDataBuffer() ?? Buffer.alloc(0)).length}`)
  })
  await visitor.goto('/verify')
  const check = async (name: string, bytes: Uint8Array, verdict: string, count: number) => {
    await visitor.page.getByLabel(w('seals.verify.drop')).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
    await visitor.page.locator(`[data-verdict="${verdict}"]`).waitFor()
    await visitor.page.locator('[data-core="wasm"]').waitFor()
    expect(await visitor.page.locator('[data-seal-verdict]').count()).toBe(count)
    await visitor.shot(`verify-here-3-${name}`)
    await visitor.press(w('seals.verify.again'))
  }
  await check('joint.pdf', files.pdf, 'VALID', 2)
  await check('joint.ofd', files.ofd, 'VALID', 2)
  const changed = Uint8Array.from(files.pdf)
  changed[2000] = (changed[2000] ?? 0) ^ 1
  await check('changed.pdf', changed, 'INVALID', 2)
  await visitor.page.setViewportSize({ width: 390, height: 844 })
  await check('phone.pdf', files.pdf, 'VALID', 2)
  expect(sent.filter((each) => each.startsWith('/api/seals/verify'))).toEqual([])
  expect(Math.max(...sent.map((each) => Number(each.split(' ')[1])))).toBeLessThan(2000)
  await visitor.context.close()
  expect(story.complaints).toEqual([])
})
