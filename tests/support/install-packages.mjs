// Installs the Debian packages the tests use, where they are missing and we may: a browser, PDF tools, PostgreSQL, fonts.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const wanted = [
  ['chromium', '/usr/bin/chromium'],
  ['poppler-utils', '/usr/bin/pdftotext'],
  ['qpdf', '/usr/bin/qpdf'],
  ['postgresql', '/usr/lib/postgresql'],
  ['redis-server', '/usr/bin/redis-server'],
  ['strace', '/usr/bin/strace'],
  ['openssl', '/usr/bin/openssl'],
  ['fonts-noto-cjk', '/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc'],
  ['fonts-lxgw-wenkai', '/usr/share/fonts/truetype/lxgw-wenkai'],
]

const missing = wanted.filter(([, path]) => !existsSync(path)).map(([name]) => name)
if (missing.length > 0) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    process.stderr.write(`These tests need Debian packages. Install them with: sudo apt-get install ${missing.join(' ')}\n`)
    process.exit(1)
  }
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...args) => spawnSync('/usr/bin/apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] }).status
  run('update', '-q')
  if (run('install', '-y', '-q', '--no-install-recommends', ...missing) !== 0) process.exit(1)
}
process.stdout.write(missing.length === 0 ? 'all present\n' : `installed ${missing.join(', ')}\n`)
