/** `serve`, `setup`, `demo`: starting an installation. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchDebianFonts, sharedFontCache } from '../../platform/fonts/index.ts'
import { type Config, readConfig } from '../../platform/config/config.ts'
import { setUpAdministrators } from '../../directory/index.ts'
import { buildContent } from '../demonstration/build-content.ts'
import { Cast } from '../demonstration/cast.ts'
import { buildDirectory, renewTokens, type SignInTokens } from '../demonstration/build-directory.ts'
import { demoPeople, tourSteps } from '../demonstration/office.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { readiness } from '../health.ts'
import { type CliArguments, type RunCommand, exitCodes, type Terminal } from './command.ts'

const fontTimeoutMs = 60_000

async function start(args: CliArguments): Promise<RunningServer> {
  return startServer(readConfig(args.all, process.env))
}

/** Fetches the 仿宋 face once per account where Debian's package source is at hand; layout goes on with a stand-in where it is not.
 * Only set-up does this: a running server asks nobody outside. */
async function fetchFontsOnce(terminal: Terminal): Promise<void> {
  const cache = sharedFontCache()
  const known = await readdir(cache).catch(() => [])
  if (known.some((name) => /fandolfang/i.test(name)) || process.env['XIEWEN_FETCH_FONTS'] === '0') return
  terminal.out('正在取仿宋等公文字体 fetching the faces of official documents …')
  const outcome = await fetchDebianFonts(cache, { timeoutMs: fontTimeoutMs })
  if (outcome.kind === 'not-fetched') terminal.out(`  未取到，以替代字体排版 not fetched, a stand-in is used: ${outcome.reason.split('\n')[0] ?? ''}`)
}

async function untilStopped(server: RunningServer): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  await server.close()
}

async function healthLine(server: RunningServer): Promise<string> {
  const state = await readiness(server.world)
  const fonts = server.world.services.fonts.report().roles.map((role) => `${role.role}=${role.family}`)
  return `健康 health: ${state.ready ? 'ready' : 'NOT READY'} · database ${state.database ? 'ok' : 'failed'} · disk free ${Math.round(state.diskFreeShare * 100)}% · fonts ${fonts.join(', ')}`
}

/** `serve`: runs the server until it is told to stop. */
export const runServe: RunCommand = async (args, terminal) => {
  const server = await start(args)
  terminal.out(`协文 Xiewen: ${server.url}`)
  terminal.out(await healthLine(server))
  await untilStopped(server)
  return exitCodes.ok
}

/** `setup`: the three administrators of a fresh installation, each with a one-time link. */
export const runSetup: RunCommand = async (args, terminal) => {
  if (!args.json) await fetchFontsOnce(terminal)
  const config = { ...readConfig(args.all, process.env), port: 0 }
  const server = await startServer(config)
  try {
    const outcome = await server.run(async (ctx) => ({ ok: true, value: await setUpAdministrators(ctx, config.officeName || '本单位') }))
    if (!outcome.ok || outcome.value === null) {
      terminal.err('这套系统已经初始化过。This installation has been set up already.')
      return exitCodes.found
    }
    const rows = outcome.value.map((admin) => ({ name: admin.name, login: admin.login, path: `/link/${admin.link}` }))
    terminal.out(args.json ? JSON.stringify(rows) : rows.map((row) => `${row.name}\t${row.login}\t<address>${row.path}`).join('\n'))
    return exitCodes.ok
  } finally {
    await server.close()
  }
}

const administratorNames: ReadonlyMap<string, string> = new Map([
  ['sysadmin', '系统管理员'],
  ['secadmin', '安全保密管理员'],
  ['auditadmin', '审计管理员'],
])

/** The people of the README's tour first, in the order in which one needs them, then everybody else. */
function printLinks(server: RunningServer, tokens: SignInTokens, terminal: Terminal): void {
  const names = new Map(demoPeople.map((person) => [person.login, `${person.name}（${person.posts.map((post) => `${post.unit}${post.title}`).join('、')}）`]))
  const print = (login: string): void => {
    const administrator = administratorNames.get(login)
    terminal.out(`  ${names.get(login) ?? (administrator === undefined ? login : `${login}（${administrator}）`)}\n    ${server.url}/link/${tokens.get(login) ?? ''}`)
  }
  terminal.out('一次性登录链接（各用一次，七天有效），先是导览中的人 one-time sign-in links (one use each, valid for seven days), those of the tour first:')
  for (const [index, logins] of tourSteps.entries()) {
    terminal.out(`第${index + 1}步 step ${index + 1}`)
    for (const login of logins) print(login)
  }
  terminal.out('其他人 everybody else')
  const toured = new Set(tourSteps.flat())
  for (const login of tokens.keys()) if (!toured.has(login)) print(login)
}

/** Fills a fresh installation in this process; what is there already is left alone. */
async function fill(server: RunningServer, terminal: Terminal): Promise<void> {
  const fresh = await buildDirectory(server)
  if (!fresh) return
  terminal.out('正在建立演示单位 building the demonstration office …')
  await buildContent(new Cast(server, fresh), (line) => terminal.out(`  ${line}`))
}

const entryFile = fileURLToPath(new URL('../../../bin/xiewen.mjs', import.meta.url))

/** Fills a fresh installation in a process of its own: typesetting, sealing and drawing everything at once leaves more memory
 * behind than the server needs afterwards, and it goes with the process. */
async function fillApart(args: CliArguments): Promise<void> {
  const child = spawn(process.execPath, [entryFile, 'demo', ...args.all, '--fill'], { stdio: ['ignore', 'inherit', 'inherit'] })
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.once('SIGINT', pass).once('SIGTERM', pass)
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve))
    if (code !== 0) throw new Error('建立演示单位没有完成，请删除数据目录后再试。The demonstration was not finished: delete the data directory and start again.')
  } finally {
    process.off('SIGINT', pass).off('SIGTERM', pass)
  }
}

/** Whether nothing has ever been stored here. PostgreSQL is filled in the serving process. */
function isUntouched(config: Config): boolean {
  return config.database.kind === 'sqlite' && !existsSync(join(config.dataDir, 'xiewen.db'))
}

/** `demo`: creates the demonstration office if the data directory is fresh, and serves it. */
export const runDemo: RunCommand = async (args, terminal) => {
  const config = readConfig(args.all, process.env)
  if (args.flag('fill') === 'true') {
    const server = await startServer({ ...config, host: '127.0.0.1', port: 0 })
    await fill(server, terminal).finally(() => server.close())
    return exitCodes.ok
  }
  await fetchFontsOnce(terminal)
  if (isUntouched(config)) await fillApart(args)
  const server = await start(args)
  terminal.out(`协文 Xiewen: ${server.url}`)
  await fill(server, terminal)
  const tokens = await renewTokens(server)
  if (tokens) printLinks(server, tokens, terminal)
  terminal.out(await healthLine(server))
  if (args.flag('once') === 'true') await server.close()
  else await untilStopped(server)
  return exitCodes.ok
}
