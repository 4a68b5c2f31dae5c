// Builds everything the product runs: kernel, cryptography, server, web client. `ensureBuilt` does it only when sources changed.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stampFile = join(root, 'node_modules', '.xiewen', 'built')
const watched = ['shared', 'crypto', 'server', 'desktop', 'package-lock.json']
const skipped = new Set(['node_modules', 'dist', 'build'])

/** Names, sizes and times of all sources: cheap, and different whenever something was edited. */
function sourceStamp() {
  const hash = createHash('sha256')
  const walk = (path) => {
    const info = statSync(path)
    if (info.isFile()) return void hash.update(`${path}\0${info.size}\0${info.mtimeMs}\n`)
    for (const name of readdirSync(path).sort()) if (!skipped.has(name) && !name.endsWith('.tsbuildinfo')) walk(join(path, name))
  }
  for (const name of watched) if (existsSync(join(root, name))) walk(join(root, name))
  return hash.digest('hex')
}

function run(command, args) {
  // What the builders say goes to stderr: commands that print JSON build first.
  execFileSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
}

/** Builds unconditionally. */
export function build() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  run(npm, ['run', '--silent', 'build:wasm', '-w', 'crypto', '--if-present'])
  run(process.execPath, [tsc, '-b', 'shared', 'crypto', 'server'])
  run(process.execPath, [join(root, 'server', 'bin', 'bundle-programs.mjs')])
  run(npm, ['run', '--silent', 'build', '-w', 'desktop'])
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, sourceStamp())
}

/** Builds if anything changed since the last build. */
export function ensureBuilt() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceStamp()) return false
  build()
  return true
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) build()
