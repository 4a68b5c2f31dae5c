// Compiles assembly/*.ts with AssemblyScript and embeds the module as base64 in src/core/core-bytes.js (and in dist), so that
// Node and every bundler load it without fetching anything. Neither file is committed. Does nothing when they are up to date.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const room = fileURLToPath(new URL('..', import.meta.url))
const sources = join(room, 'assembly')
const targets = ['src/core/core-bytes.js', 'dist/core/core-bytes.js'].map((path) => join(room, path))
const flags = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--initialMemory', '32', '--maximumMemory', '32', '--memoryBase', '0']

/** Digest of everything the module depends on: sources, flags, compiler version. */
function sourceStamp() {
  const hash = createHash('sha256').update(flags.join(' '))
  hash.update(readFileSync(createRequire(import.meta.url).resolve('assemblyscript/package.json')))
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(join(sources, name)))
  return hash.digest('hex').slice(0, 32)
}

async function compile() {
  const { default: asc } = await import('assemblyscript/asc')
  let binary = null
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'core.wasm', ...flags], {
    readFile: (name) => (existsSync(join(sources, name)) ? readFileSync(join(sources, name), 'utf8') : null),
    writeFile: (name, contents) => {
      if (name === 'core.wasm') binary = contents
    },
    listFiles: () => [],
  })
  if (error || binary === null) throw new Error(`AssemblyScript: ${error?.message}\n${stderr}`)
  return Buffer.from(binary)
}

/** Builds the module unless both embedded copies carry the stamp of the present sources. */
export async function ensureWasm() {
  const mark = `// ${sourceStamp()}\n`
  const current = targets.map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : ''))
  let text = current.find((content) => content.startsWith(mark))
  if (text === undefined) {
    const binary = await compile()
    text = `${mark}/** The WebAssembly module of assembly/, base64; ${binary.length} bytes. */\nexport const coreBytes =\n  '${binary.toString('base64')}'\n`
  }
  targets.forEach((path, i) => {
    if (current[i] === text) return
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  })
}

/** Vitest calls this before a run (globalSetup), inside a loader of its own: the compiler wants a plain process. */
export function setup() {
  execFileSync(process.execPath, [fileURLToPath(import.meta.url)], { stdio: ['ignore', 'inherit', 'inherit'] })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await ensureWasm()
