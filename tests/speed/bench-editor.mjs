// `npm run bench:editor`: from a key to the paint in a text of 100,000 characters, alone and while ten colleagues type, and how
// long the text takes to open; in headless Chromium on the built product. Prints JSON.
// XIEWEN_BENCH_CHARACTERS, XIEWEN_BENCH_EDITORS and XIEWEN_BENCH_KEYS make it smaller or larger.
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { ensureBuilt } from '../../server/bin/build.mjs'
import { RemoteTypist } from './editor/remote-typist.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const characters = Number(process.env.XIEWEN_BENCH_CHARACTERS ?? 100_000)
const editors = Number(process.env.XIEWEN_BENCH_EDITORS ?? 10)
const keys = Number(process.env.XIEWEN_BENCH_KEYS ?? 120)
/** People type about five characters a second. */
const typingMs = 200
const targets = { keyP95Ms: 32, loadMs: 1500 }

ensureBuilt()
const { startServer, buildDirectory, ApiClient } = await import(join(root, 'server/dist/index.js'))
const { documentsContract } = await import(join(root, 'shared/dist/documents/index.js'))

const loadBefore = loadavg()[0]
const dataDir = await mkdtemp(join(tmpdir(), 'xiewen-bench-editor-'))
const server = await startServer({ host: '127.0.0.1', port: 0, dataDir, database: { kind: 'sqlite' }, publicUrl: null, officeName: '云州市' }, { commandRate: { perSecond: 1000, burst: 5000 } })
const tokens = await buildDirectory(server)
const browser = await chromium.launch({ executablePath: process.env.XIEWEN_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
const typists = []
let result
try {
  result = await measure()
} finally {
  for (const typist of typists) typist.close()
  await browser.close()
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
process.exitCode = result.passed ? 0 : 1

async function measure() {
  const drafter = await ApiClient.signIn(server.url, tokens.get('limingxuan'))
  const { documentId } = await drafter.upload(documentsContract.importFile, { fileName: 'long.txt' }, new TextEncoder().encode(longText()))
  const people = await colleagues(drafter, documentId, editors)
  const page = await signedIn()
  // The reader of the page is another person with the right to edit; their first visit fills the browser's cache.
  await share(drafter, documentId, '张晓雨')
  const cold = await openText(page, documentId)
  const warm = await openText(page, documentId)
  const alone = await typeKeys(page)
  for (const client of people) typists.push(await RemoteTypist.open(client, documentId, documentsContract))
  typists.forEach((typist, index) => typist.start(typingMs, index))
  const together = await typeKeys(page)
  const remote = typists.reduce((sum, typist) => sum + typist.typed, 0)
  const passed = together.p95 <= targets.keyP95Ms && warm <= targets.loadMs
  return { bench: 'editor', characters, editors: typists.length, keys, loadBefore, loadMs: { first: cold, again: warm }, keyToPaintMs: { alone, together }, remoteCharacters: remote, targets, passed }
}

/** About as many characters as asked for, in chapters with headings of four levels. */
function longText() {
  const lines = ['云州市关于推进数字政府建设的通知', '', '各有关单位：', '']
  const sentence = '各单位要对照共享目录逐项核对数据的完整性和准确性，加强组织领导，压实工作责任，确保按时完成各项任务，重要情况及时报告。'
  let length = 0
  for (let part = 1; length < characters; part += 1) {
    lines.push(`${chinese((part % 9) + 1)}、第${part}部分工作`)
    for (let each = 0; each < 6 && length < characters; each += 1) {
      const text = `（${chinese((each % 9) + 1)}）推进第${each}项任务。${sentence}${sentence}`
      lines.push(text)
      length += text.length
    }
  }
  return `${lines.join('\n')}\n\n云州市政务服务数据管理局\n2026年11月20日\n`
}

function chinese(digit) {
  return '零一二三四五六七八九'.charAt(digit)
}

/** Colleagues with the right to edit, each writing in two windows. */
async function colleagues(drafter, documentId, count) {
  const logins = [['liujianhua', '刘建华'], ['maxiaofeng', '马晓峰'], ['penglihua', '彭丽华'], ['wangjingyi', '王静怡'], ['linruoxi', '林若溪']]
  const clients = []
  for (const [login, name] of logins) {
    await share(drafter, documentId, name)
    clients.push(await ApiClient.signIn(server.url, tokens.get(login)))
  }
  return Array.from({ length: count }, (_, index) => clients[index % clients.length])
}

async function share(client, documentId, name) {
  const { directoryContract } = await import(join(root, 'shared/dist/directory/index.js'))
  const { posts } = await client.call(directoryContract.listPosts, { text: name })
  await client.call(documentsContract.share, { documentId, postId: posts.find((post) => post.personName === name).id, right: 'edit' })
}

async function signedIn() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(`${server.url}/link/${tokens.get('zhangxiaoyu')}`)
  await page.getByRole('button', { name: '以后再说' }).click()
  return page
}

/** From asking for the page until the whole text stands in it. */
async function openText(page, documentId) {
  await page.goto(`${server.url}/documents`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.goto(`${server.url}/documents/${documentId}`, { waitUntil: 'commit' })
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = () => {
          const blocks = document.querySelector('.paper-sheet .tiptap')?.children.length ?? 0
          if (blocks > 100) return setTimeout(() => resolve(Math.round(performance.now())), 0)
          requestAnimationFrame(look)
        }
        look()
      }),
  )
}

/** Types in the middle of the text and takes the time from each key to the paint after it. */
async function typeKeys(page) {
  await page.evaluate(() => {
    const { children } = document.querySelector('.paper-sheet .tiptap')
    const line = children[Math.floor(children.length / 2)]
    line.scrollIntoView({ block: 'center' })
    window.keyTimes = []
    if (window.isTimed) return
    window.isTimed = true
    document.addEventListener(
      'keydown',
      (event) => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => window.keyTimes.push(performance.now() - event.timeStamp)
          channel.port2.postMessage(0)
        })
      },
      { capture: true },
    )
  })
  await page.locator('.paper-sheet .tiptap > *').nth(await page.evaluate(() => Math.floor(document.querySelector('.paper-sheet .tiptap').children.length / 2))).click({ position: { x: 200, y: 8 } })
  await page.waitForTimeout(1500)
  await page.evaluate(() => void (window.keyTimes = []))
  for (let count = 0; count < keys; count += 1) {
    await page.keyboard.type('a')
    await page.waitForTimeout(90)
  }
  const times = await page.evaluate(() => window.keyTimes)
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { keys: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}
