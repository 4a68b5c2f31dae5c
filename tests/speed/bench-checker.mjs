// `npm run bench:checker`: recall and precision of the checker on its corpus, and its speed on 100,000 characters. The table goes to
// stderr, JSON to stdout. Exit code 1 below the floors.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))
const corpus = join(root, 'tests/corpus/checker')
const floors = { recall: 0.98, precision: 0.95 }

execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'shared'], { cwd: root, stdio: ['ignore', 2, 2] })
const kernel = await import('@xiewen/shared/documents')
const Y = await import('yjs').catch(() => import(pathToFileURL(join(root, 'shared/node_modules/yjs/dist/yjs.mjs')).href))

/** The corpus is TypeScript; Node 20 wants it without types. */
async function loadCorpus() {
  const out = join(root, 'node_modules/.xiewen/corpus')
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'package.json'), '{"type":"module"}')
  for (const name of readdirSync(corpus).filter((each) => each.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(corpus, name), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, rewriteRelativeImportExtensions: true },
    })
    writeFileSync(join(out, name.replace(/\.ts$/, '.js')), outputText)
  }
  const load = (name) => import(pathToFileURL(join(out, `${name}.js`)).href)
  return { ...(await load('measure')), ...(await load('read-planted')), ...(await load('read-clean')), ...(await load('geometry')) }
}

const tools = await loadCorpus()
const folder = (name) => pathToFileURL(join(corpus, name, '/'))
const score = tools.measure(tools.readPlanted(folder('planted')), tools.readClean(folder('clean')), tools.geometryCases())
const heldOut = tools.measure(tools.readPlanted(folder('held-out/planted')), tools.readClean(folder('held-out/clean')))

const share = (part, whole) => (whole === 0 ? '   —' : (part / whole).toFixed(2))
process.stderr.write('规则  植入  检出  误报  召回  准确\n')
for (const { rule, planted, found, falseAlarms } of score.rules) {
  const columns = [planted, found, falseAlarms].map((count) => String(count).padStart(4)).join('  ')
  process.stderr.write(`${rule}   ${columns}  ${share(found, planted)}  ${share(found, found + falseAlarms)}\n`)
}
for (const line of [...score.missed.map((each) => `漏 ${each}`), ...score.wrong.map((each) => `误 ${each}`)]) process.stderr.write(`${line}\n`)

/** Milliseconds of processor time: what else the machine does does not count. */
function cpuMs(act) {
  const before = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const quantile = (values, at) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))]
const round = (value) => Math.round(value * 100) / 100

/** A plan of 100,000 characters: the sentences of a real one over and over. */
function longDocument() {
  const text = readFileSync(join(root, 'tests/support/real-documents/zhanjiang-2022-work-points.txt'), 'utf8')
  const { document } = kernel.recogniseText(text)
  const body = document.blocks.filter((block) => block.kind === 'paragraph' || block.kind === 'heading')
  const blocks = [...document.blocks]
  const length = () => blocks.reduce((sum, block) => sum + kernel.blockText(block).length, 0)
  while (length() < 100_000) blocks.splice(6, 0, ...body.map((block) => ({ ...block })))
  return { ...document, blocks }
}

function measureSpeed() {
  const document = longDocument()
  const characters = document.blocks.reduce((sum, block) => sum + kernel.blockText(block).length, 0)
  const full = Array.from({ length: 8 }, () => cpuMs(() => kernel.lintDocument({ ...document, blocks: document.blocks.map((block) => ({ ...block })) })))
  const doc = new Y.Doc()
  kernel.writeDocument(doc, document)
  const reader = kernel.createDocumentReader(doc)
  const linter = kernel.createLinter()
  linter.check(reader.read())
  const paragraph = kernel.bodyOf(doc).get(Math.floor(document.blocks.length / 2)).get(0)
  const keys = Array.from({ length: 200 }, (_each, index) => {
    paragraph.insert(3, '的地得了着过'.charAt(index % 6))
    return cpuMs(() => linter.check(reader.read()))
  })
  reader.stop()
  const fullMs = quantile(full, 0.5)
  const keyMs = quantile(keys, 0.5)
  return {
    characters,
    fullMs: round(fullMs),
    keystrokeMs: { median: round(keyMs), p95: round(quantile(keys, 0.95)) },
    /** Peer: the same checker without its memory, checking everything anew at every key. */
    timesFasterThanAnew: round(fullMs / keyMs),
    target: { fullMs: 200, keystrokeMs: 5 },
  }
}

const result = {
  corpus: { recall: round(score.recall), precision: round(score.precision), planted: score.rules.reduce((sum, rule) => sum + rule.planted, 0), rules: score.rules },
  heldOut: { recall: round(heldOut.recall), precision: round(heldOut.precision), missed: heldOut.missed, wrong: heldOut.wrong },
  speed: measureSpeed(),
  floors,
}
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
process.exitCode = score.recall >= floors.recall && score.precision >= floors.precision ? 0 : 1
