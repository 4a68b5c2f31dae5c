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

  it('typesets one text as PDF, OFD, pages and layout in the format it is told', async () => {
    const [pdf, ofd, svg, layout, meta] = ['o.pdf', 'o.ofd', 'svg', 'layout.json', 'meta.json'].map((name) => join(dir, name))
    await writeFile(meta ?? '', JSON.stringify({ issuers: ['云州市财政局'], number: { code: '云财函', year: 2026, serial: 7 } }))
    const done = await run('typeset', plan, '--kind', '函', '--format', '信函', '--meta', meta ?? '', '--pdf', pdf ?? '', '--ofd', ofd ?? '', '--svg', svg ?? '', '--json', layout ?? '', '--data', dir)
    expect(done.code, done.err).toBe(0)
    expect((await readFile(ofd ?? '')).subarray(0, 2).toString()).toBe('PK')
    expect(await readFile(join(svg ?? '', 'page-001.svg'), 'utf8')).toContain('云财函〔2026〕7号')
    const [first] = JSON.parse(await readFile(layout ?? '', 'utf8')).pages
    expect(first.items.filter((item: { kind: string; ink: string }) => item.kind === 'rule' && item.ink === 'red')).toHaveLength(4)
  })

  it('refuses a wrong call of typeset with code 2 and says what was expected', async () => {
    expect(await run('typeset', plan)).toMatchObject({ code: 2, err: expect.stringContaining('--pdf') })
    expect(await run('typeset', plan, '--kind', '便条', '--pdf', join(dir, 'o.pdf'))).toMatchObject({ code: 2, err: expect.stringContaining('通知') })
    await writeFile(join(dir, 'meta.json'), '{"urgency":"soon"}')
    expect(await run('typeset', plan, '--meta', join(dir, 'meta.json'), '--pdf', join(dir, 'o.pdf'))).toMatchObject({ code: 2, err: expect.stringContaining('urgency') })
    expect((await run('typeset', join(dir, 'absent.txt'), '--pdf', join(dir, 'o.pdf'))).code).toBe(2)
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
