// npm run desktop: builds what is missing and starts the desktop client on Electron.
//   --build-only   builds and ends;  everything else is handed to Electron, e.g. xiewen://inbox or --allow-plain-http
// Electron's program is never fetched at `npm install`. It is looked for in ELECTRON_OVERRIDE_DIST_PATH, then where Electron's
// own installer keeps it, and only then fetched by that installer, which honours ELECTRON_MIRROR.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp, buildInterface } from './build-app.mjs'

const desktop = join(dirname(fileURLToPath(import.meta.url)), '..')
const program =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron'

/** Path of Electron's program, or null where it is neither present nor can be fetched. */
function findElectron() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (given) {
    const path = join(given, program)
    return existsSync(path) ? path : null
  }
  const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const path = join(electron, 'dist', program)
  if (existsSync(path)) return path
  console.error('正在获取 Electron……  Fetching Electron…')
  spawnSync(process.execPath, [join(electron, 'install.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 600_000,
  })
  return existsSync(path) ? path : null
}

function explainMissing() {
  const { version } = createRequire(import.meta.url)('electron/package.json')
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  console.error(`
未能找到 Electron ${version} 运行程序，桌面客户端无法启动。请任选一种办法：
  1. 已有 Electron ${version} 的，解压后指明目录：
       ELECTRON_OVERRIDE_DIST_PATH=/opt/electron npm run desktop
  2. 有内网镜像的，指明镜像地址：
       ELECTRON_MIRROR=https://镜像地址/electron/ npm run desktop
  3. 先用浏览器：npm start，然后打开所示地址，界面完全相同。

Electron ${version} was not found, so the desktop client cannot start. Do one of these:
  1. If you have Electron ${version}, unpack it and name the directory:
       ELECTRON_OVERRIDE_DIST_PATH=/opt/electron npm run desktop
  2. If your network has a mirror, name it:
       ELECTRON_MIRROR=https://mirror.example/electron/ npm run desktop
  3. Use a browser for now: npm start, then open the address shown. The interface is the same.
${given ? `\nELECTRON_OVERRIDE_DIST_PATH=${given}: 该目录中没有 ${program}。 That directory has no ${program}.\n` : ''}`)
}

const args = process.argv.slice(2)
await buildApp()
if (!existsSync(join(desktop, 'dist/web/index.html'))) await buildInterface()
if (args.includes('--build-only')) process.exit(0)

const electron = findElectron()
if (electron === null) {
  explainMissing()
  process.exit(1)
}
const running = spawn(electron, [join(desktop, 'dist/app/main.cjs'), ...args], { stdio: 'inherit' })
running.on('exit', (code) => process.exit(code ?? 1))
