/** `doctor`: what an administrator wants to know before people come to work. */
import { access, constants, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { selfTest } from '@xiewen/crypto'
import { readConfig } from '../../platform/config/config.ts'
import { loadFonts } from '../../platform/fonts/index.ts'
import { verifyAuditOffline } from './audit-verify.ts'
import { type RunCommand, exitCodes } from './command.ts'
import { failureOf } from './failure.ts'

interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warning' | 'problem'
  readonly detail: string
}

/** `doctor`. */
export const runDoctor: RunCommand = async (args, terminal) => {
  const config = readConfig(args.all, process.env)
  const findings = [
    nodeVersion(),
    await dataDirectory(config.dataDir),
    await disk(config.dataDir),
    ...(await fonts(config.dataDir)),
    cryptography(),
    await ledger(config),
  ]
  if (args.json) terminal.out(JSON.stringify(findings))
  else for (const finding of findings) terminal.out(`${marks[finding.state]} ${zh[finding.check] ?? ''}${finding.check}: ${finding.detail}`)
  return findings.some((finding) => finding.state === 'problem') ? exitCodes.found : exitCodes.ok
}

/** Chinese names before the English ones that scripts know. */
const zh: Readonly<Record<string, string>> = { 'data directory': '数据目录 ', disk: '磁盘 ', 'SM2/SM3/SM4 self-test': '密码自检 ', 'ledger of acts': '审计日志 ' }

const marks = { ok: '✓', warning: '!', problem: '✗' } as const

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const fits = major > 20 || (major === 20 && minor >= 19)
  return { check: 'Node.js', state: fits ? 'ok' : 'problem', detail: `${process.versions.node}${fits ? '' : ' (needs ≥ 20.19)'}` }
}

async function dataDirectory(dir: string): Promise<Finding> {
  try {
    await access(dir, constants.R_OK | constants.W_OK)
    return { check: 'data directory', state: 'ok', detail: dir }
  } catch (error) {
    return { check: 'data directory', state: 'problem', detail: failureOf(error).text }
  }
}

async function disk(dir: string): Promise<Finding> {
  try {
    const space = await statfs(dir)
    const free = Math.round((space.bavail / space.blocks) * 100)
    return { check: 'disk', state: free > 10 ? 'ok' : free > 5 ? 'warning' : 'problem', detail: `${free}% free` }
  } catch (error) {
    return { check: 'disk', state: 'problem', detail: failureOf(error).text }
  }
}

async function fonts(dir: string): Promise<readonly Finding[]> {
  const loaded = await loadFonts({ dataDir: join(dir, 'fonts') })
  return loaded.report().roles.map((role) => ({ check: `font ${role.role}`, state: role.family === '' ? 'problem' : 'ok', detail: `${role.family} (${role.origin ?? 'none'})` }))
}

function cryptography(): Finding {
  const result = selfTest()
  const failed = result.checks.filter((check) => !check.ok)
  return { check: 'SM2/SM3/SM4 self-test', state: failed.length === 0 ? 'ok' : 'problem', detail: failed.length === 0 ? `${result.checks.length} checks` : failed.map((check) => check.name).join(', ') }
}

async function ledger(config: Parameters<typeof verifyAuditOffline>[0]): Promise<Finding> {
  try {
    const verdict = await verifyAuditOffline(config)
    return { check: 'ledger of acts', state: verdict.problems.length === 0 ? 'ok' : 'problem', detail: `${verdict.facts} records, ${verdict.problems.length} problems` }
  } catch (error) {
    // No installation yet is worth a word; one that cannot be read is the worst there is.
    const failure = failureOf(error)
    return { check: 'ledger of acts', state: failure.kind === 'input' ? 'warning' : 'problem', detail: failure.text }
  }
}
