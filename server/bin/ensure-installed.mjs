// Installs dependencies when they are missing or older than the lock file.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stampFile = join(root, 'node_modules', '.xiewen', 'installed')

/** Runs `npm ci` if the lock file differs from what was installed last. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`协文需要 Node.js 20.19 或更高版本，当前为 ${process.versions.node}。Xiewen needs Node.js 20.19 or newer.\n`)
    process.exit(3)
  }
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return
  process.stdout.write('正在安装依赖 installing dependencies …\n')
  const env = { ...process.env }
  // Debian's SQLite (libsqlite3-dev), where present, spares compiling the embedded one: 15 s instead of 100.
  if (!env.npm_config_sqlite && existsSync('/usr/include/sqlite3.h')) env.npm_config_sqlite = '/usr'
  execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env })
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, wanted)
}
