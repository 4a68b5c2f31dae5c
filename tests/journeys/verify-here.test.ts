/** 验章 in the browser itself: the WebAssembly core runs under the product's own policy, and the file never leaves the browser. */
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { sealsContract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jointLetter, SealStory } from '../scenarios/seals/story.ts'
import { openStory, type Story } from './support/story.ts'
import { w } from './support/words.ts'

let story: Story
let documentId: DocumentId
const files: { pdf: Uint8Array; ofd: Uint8Array } = { pdf: new Uint8Array(), ofd: new Uint8Array() }

/** A joint issue sealed by both organs, over the seam too, as PDF and OFD. */
beforeAll(async () => {
  story = await openStory({ publicUrl: 'http://oa.yunzhou.example' })
  const seals = new SealStory(story.office)
  const made = [
    { sealId: await seals.enabledSeal(), approver: 'approver', keeper: 'keeper' },
    { sealId: await seals.enabledSeal('officeKeeper', 'officeApprover'), approver: 'officeApprover', keeper: 'officeKeeper' },
  ] as const
  documentId = await seals.typeset('drafter', jointLetter)
  const registrar = await seals.as('registrar')
  for (const { sealId, approver, keeper } of made) {
    const { applicationId } = await registrar.call(sealsContract.apply, { documentId, sealId, straddle: 'single' })
    await (await seals.as(approver)).call(sealsContract.approve, { applicationId })
    await (await seals.as(keeper)).call(sealsContract.impress, { applicationId })
  }
  files.pdf = await seals.pdf(documentId)
  files.ofd = (await registrar.download(documentsContract.ofd, { documentId })).bytes
})
afterAll(() => story.end())

test('anyone verifies PDF and OFD in the browser, with the WebAssembly core, and nothing is uploaded', async () => {
  const visitor = await story.visitor()
  visitor.context.setDefaultTimeout(60_000)
  const sent: string[] = []
  visitor.page.on('request', (request) => {
    if (request.url().includes('/api/')) sent.push(`${new URL(request.url()).pathname} ${(request.postDataBuffer() ?? Buffer.alloc(0)).length}`)
  })
  await visitor.goto('/verify')
  const check = async (name: string, bytes: Uint8Array, verdict: string) => {
    await visitor.page.getByLabel(w('seals.verify.drop')).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
    await visitor.page.locator(`[data-verdict="${verdict}"]`).waitFor()
    await visitor.page.locator('[data-core="wasm"]').waitFor()
    expect(await visitor.page.locator('[data-seal-verdict]').count()).toBe(2)
    await visitor.shot(`verify-here-${name}`)
    await visitor.press(w('seals.verify.again'))
  }
  await check('joint.pdf', files.pdf, 'VALID')
  await check('joint.ofd', files.ofd, 'VALID')
  const changed = Uint8Array.from(files.pdf)
  changed[2000] = (changed[2000] ?? 0) ^ 1
  await check('changed.pdf', changed, 'INVALID')
  expect(sent.filter((each) => each.startsWith('/api/seals/verify'))).toEqual([])
  expect(Math.max(...sent.map((each) => Number(each.split(' ')[1])))).toBeLessThan(2000)
  await visitor.context.close()
})

test('the verdict is given when the register does not answer, and says that it did not', async () => {
  const visitor = await story.visitor()
  visitor.context.setDefaultTimeout(60_000)
  visitor.expectRefusal('api/seals/registered')
  await visitor.page.route('**/api/seals/registered*', (route) => route.fulfill({ status: 500, body: '' }))
  await visitor.goto('/verify')
  await visitor.page.getByLabel(w('seals.verify.drop')).setInputFiles({ name: 'joint.pdf', mimeType: 'application/pdf', buffer: Buffer.from(files.pdf) })
  await visitor.page.locator('[data-verdict="VALID"]').waitFor()
  expect(await visitor.page.locator('[data-register="silent"]').count()).toBe(1)
  expect(await visitor.page.locator('[data-seal-verdict="VALID"]').count()).toBe(2)
  await visitor.context.close()
})

test('whoever holds a printed copy types its code, reads what the office says of it, and compares the file', async () => {
  const drafter = await story.office.as('zhangxiaoyu')
  const { code } = await drafter.call(sealsContract.makeCopy, { documentId })
  const visitor = await story.visitor()
  visitor.context.setDefaultTimeout(60_000)
  await visitor.goto('/verify')
  await visitor.fill(w('seals.copy.enter'), 'nonsense')
  await visitor.press(w('seals.copy.look'))
  await visitor.sees(w('seals.copy.malformed'))
  await visitor.fill(w('seals.copy.enter'), code.toLowerCase())
  await visitor.press(w('seals.copy.look'))
  await visitor.sees('关于做好数据共享工作的通知')
  await visitor.shot('printed-copy')
  const drop = async (bytes: Uint8Array, match: string) => {
    await visitor.page.getByLabel(w('seals.copy.drop')).setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
    await visitor.page.locator(`[data-match="${match}"]`).waitFor()
  }
  await drop(files.pdf, 'same')
  const copy = (await drafter.download(sealsContract.copyFile, { documentId })).bytes
  await drop(copy, 'none')
  await visitor.page.setViewportSize({ width: 390, height: 844 })
  await visitor.shot('printed-copy-narrow')
  await visitor.context.close()
})
