import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCli } from '@xiewen/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const plan = fileURLToPath(new URL('../../support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url))

describe('the command line', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'xiewen-cli-'))
  })
  afterEach(() => rm(dir, { recursive: true, force: true }))

  async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    let [out, err] = ['', '']
    const code = await runCli(argv, { out: (text) => void (out += `${text}\n`), err: (text) => void (err += `${text}\n`) })
    return { code, out, err }
  }

  it('shows its commands and refuses unknown ones with code 2', async () => {
    expect((await run('help')).err).toContain('xiewen verify FILE')
    expect((await run('explode')).code).toBe(2)
    expect((await run('lint')).code).toBe(2)
  })

  it('recognises, checks and typesets a real plan', async () => {
    const imported = await run('import', plan, '--json')
    const { document } = JSON.parse(imported.out)
    expect(document.blocks.filter((block: { kind: string }) => block.kind === 'heading').length).toBeGreaterThan(20)
    const linted = await run('lint', plan, '--json')
    expect(linted.code).toBe(1)
    expect(JSON.parse(linted.out).findings.some((finding: { rule: string }) => finding.rule === 'C01')).toBe(true)
    const pdf = join(dir, 'plan.pdf')
    expect((await run('typeset', plan, '--pdf', pdf, '--data', dir)).code).toBe(0)
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('says plainly that an unsealed or broken file carries no seal', async () => {
    const pdf = join(dir, 'plan.pdf')
    await run('typeset', plan, '--pdf', pdf, '--data', dir)
    expect((await run('verify', pdf)).code).toBe(1)
    await writeFile(join(dir, 'broken.pdf'), (await readFile(pdf)).subarray(0, 700))
    const broken = await run('verify', join(dir, 'broken.pdf'), '--json')
    expect(broken.code).toBe(1)
    expect(JSON.parse(broken.out).verdict).not.toBe('VALID')
    expect((await run('verify', join(dir, 'absent.pdf'))).code).toBe(3)
  })

  it('sets up three administrators once, and only once', async () => {
    const first = await run('setup', '--data', dir, '--office-name', '试验市', '--json')
    expect(JSON.parse(first.out).map((row: { login: string }) => row.login)).toEqual(['sysadmin', 'secadmin', 'auditadmin'])
    expect((await run('setup', '--data', dir)).code).toBe(1)
  })

  it('backs up, finds a damaged backup, and restores a whole one into a new directory', async () => {
    const [data, backup, restored] = [join(dir, 'data'), join(dir, 'backup'), join(dir, 'restored')]
    await run('setup', '--data', data)
    expect((await run('backup', backup, '--data', data)).code).toBe(0)
    expect((await run('restore', backup, '--data', restored)).code).toBe(0)
    expect((await run('audit', 'verify', '--data', restored)).code).toBe(0)
    const file = join(backup, 'xiewen.db')
    const bytes = await readFile(file)
    bytes[5000] = (bytes[5000] ?? 0) ^ 1
    await writeFile(file, bytes)
    expect((await run('restore', backup, '--data', join(dir, 'other'))).code).toBe(1)
  })

  it('tests the cryptography and the installation', async () => {
    expect((await run('crypto', 'selftest')).code).toBe(0)
    const data = join(dir, 'data')
    await run('setup', '--data', data)
    const findings = JSON.parse((await run('doctor', '--data', data, '--json')).out)
    expect(findings.filter((finding: { state: string }) => finding.state === 'problem')).toEqual([])
  })
})
