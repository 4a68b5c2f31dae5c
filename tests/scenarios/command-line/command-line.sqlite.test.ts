import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
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
    const help = await run('help')
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out).toContain('xiewen verify FILE')
    // What was asked for is output, to be paged and searched; what went wrong is not.
    expect(await run('explode')).toMatchObject({ code: 2, out: '' })
    expect((await run('doc', 'verify', '--help')).out).toContain('xiewen doc verify [DOCUMENT]')
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

  it('checks the pages too, and finds nothing wrong with an imprint that takes two of its own', async () => {
    const file = join(dir, 'many.txt')
    const organs = Array.from({ length: 90 }, (_, n) => `云州市第${n + 1}管理办公室`).join('、')
    await writeFile(file, `关于做好有关工作的通知\n${organs}：\n　　现就有关事项通知如下。\n云州市人民政府办公室\n2026年11月20日\n`)
    const linted = await run('lint', file, '--json', '--data', dir)
    const findings: readonly { readonly rule: string; readonly page: number | null; readonly severity: string }[] = JSON.parse(linted.out).findings
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'C13', page: 1 }))
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(linted.code).toBe(0)
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
    expect(await run('typeset', plan, '--kind', '命令（令）', '--pdf', pdf ?? '', '--data', dir)).toMatchObject({ code: 0 })
  })

  it('typesets a text with a sign no face has, names it, and does not call it done', async () => {
    const [file, pdf] = [join(dir, 'name.txt'), join(dir, 'name.pdf')]
    await writeFile(file, '关于王\u{31350}同志任职的通知\n　　任命王\u{31350}同志为主任。\n')
    const done = await run('typeset', file, '--pdf', pdf, '--data', dir)
    expect(done).toMatchObject({ code: 1, out: expect.stringContaining('U+31350，p. 1') })
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
    expect(JSON.parse((await run('lint', file, '--json', '--data', dir)).out).findings.filter(({ rule }: { rule: string }) => rule === 'G11')).toHaveLength(2)
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
    expect((await run('verify', join(dir, 'absent.pdf'))).code).toBe(2)
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

  it.each([
    [['verify'], '请写要验章的文件'],
    [['verify', 'a.pdf', 'b.pdf'], '多余的参数 one argument too many: b.pdf'],
    [['lint', plan, '--jsno'], '不认识的选项 unknown option: --jsno'],
    [['typeset', plan, '--pdf'], '--pdf 后面要写值'],
    [['serve', '--data', '--port', '0'], '--data 后面要写值'],
    [['serve', '--port', '99999'], '--port：端口号应为'],
    [['serve', '--database', 'mysql://x'], '--database：只接受 postgres://'],
    [['serve', '--public-url', 'oa.example.gov.cn'], '--public-url：应为 https://'],
    [['keys', 'rotate', '--kind', 'paper'], '--kind 只能是 file'],
  ])('refuses the wrong call %j with code 2, saying what is wrong and how to call', async (argv, words) => {
    const { code, err } = await run(...argv)
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
    expect(err).toContain('用法 usage: xiewen')
  })

  it('says of every file it cannot use what is the matter with it, with code 2', async () => {
    const [empty, binary, text] = ['empty.txt', 'binary.docx', 'no.cer'].map((name) => join(dir, name))
    if (!empty || !binary || !text) throw new Error('unreachable')
    await writeFile(empty, '')
    await writeFile(binary, Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 197 + 31) % 256)))
    await writeFile(text, 'no certificate')
    const absent = join(dir, 'absent')
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['import', absent], '没有这个文件'], [['import', dir], '是目录，不是文件'], [['lint', binary], binary], [['typeset', binary, '--pdf', join(dir, 'o.pdf')], binary],
      [['verify', absent], `${absent}：没有这个文件`], [['verify', dir], '是目录，不是文件'], [['verify', plan, '--trust', text], '不是证书'], [['verify', plan, '--trust', absent], absent],
      [['import', plan, '--out', join(absent, 'o.json')], '没有这个文件或目录'],
      [['audit', 'verify', '--data', absent], '这里没有协文的数据'], [['backup', join(dir, 'b'), '--data', absent], '这里没有协文的数据'], [['doc', 'verify', '--data', absent], '这里没有协文的数据'],
      [['restore', absent, '--data', join(dir, 'r')], '不是协文的备份'], [['restore', dir, '--data', join(dir, 'r')], '不是协文的备份'],
    ]
    for (const [argv, words] of cases) {
      const { code, err } = await run(...argv)
      expect([argv, code, err]).toEqual([argv, 2, expect.stringContaining(words)])
      expect(err).not.toMatch(/ENOENT|EISDIR|at .*\.ts/)
    }
    // An empty file is a text without anything in it; it is no PDF.
    expect((await run('verify', empty)).code).toBe(1)
  })

  it('refuses a data directory that is half written, damaged or not one, and touches nothing', async () => {
    const half = join(dir, 'half')
    await mkdir(half)
    await writeFile(join(half, 'xiewen.db'), '')
    expect(await run('audit', 'verify', '--data', half)).toMatchObject({ code: 2, err: expect.stringContaining('初始化没有完成') })
    await writeFile(join(half, 'xiewen.db'), 'this is no database at all, whatever its name says'.repeat(100))
    const damaged = await run('audit', 'verify', '--data', half)
    expect(damaged).toMatchObject({ code: 3, err: expect.stringContaining('不是 SQLite 数据库') })
    expect((await run('doctor', '--data', half)).code).toBe(1)
    const file = join(dir, 'file')
    await writeFile(file, 'x')
    expect(await run('setup', '--data', file, '--json')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('这里需要目录') })
    expect(await readFile(file, 'utf8')).toBe('x')
  })

  it('restores into an empty or absent directory only, from a whole backup only, and over what a cut restore left', async () => {
    const [data, backup, restored] = [join(dir, 'data'), join(dir, 'backup'), join(dir, 'restored')]
    await run('setup', '--data', data, '--json')
    expect((await run('backup', backup, '--data', data)).code).toBe(0)
    expect(await run('backup', backup, '--data', data)).toMatchObject({ code: 2, err: expect.stringContaining('目录不是空的') })
    expect(await run('restore', backup, '--data', data)).toMatchObject({ code: 2, err: expect.stringContaining('已有数据') })
    await mkdir(`${restored}.restoring/blobs`, { recursive: true })
    await writeFile(`${restored}.restoring/blobs/stranger`, 'left by a restore that was cut off')
    expect((await run('restore', backup, '--data', restored)).code).toBe(0)
    await expect(readFile(join(restored, 'blobs', 'stranger'))).rejects.toThrow('ENOENT')
    await writeFile(join(backup, 'manifest.json'), '{"version":1,')
    expect(await run('restore', backup, '--data', join(dir, 'third'))).toMatchObject({ code: 2, err: expect.stringContaining('已损坏') })
  })

  it('tests the cryptography and the installation', async () => {
    expect((await run('crypto', 'selftest')).code).toBe(0)
    const data = join(dir, 'data')
    await run('setup', '--data', data)
    const findings = JSON.parse((await run('doctor', '--data', data, '--json')).out)
    expect(findings.filter((finding: { state: string }) => finding.state === 'problem')).toEqual([])
  })
})
