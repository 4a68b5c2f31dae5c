/** Files and names meant badly, or merely wrong: every answer is a sentence with what to do, the right exit code, and nothing written over. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { para, wordFile, zipOf } from '../../support/word-file.ts'

const notice = '关于测试的通知\n各科室：\n　　正文。\n'
let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xiewen-hostile-'))
  await mkdir(at('folder.docx'))
  await symlink(at('circle.txt'), at('circle.txt'))
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'notice.txt': notice,
    'empty.txt': '',
    'noise.txt': new Uint8Array(3000).fill(0xff),
    'page.txt': '%PDF-1.7\n',
    'text-in.docx': notice,
    'picture.docx': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    'entity.docx': wordFile({ body: '<w:p><w:r><w:t>&e;</w:t></w:r></w:p>' }),
    'outside.docx': zipOf([{ name: '../../evil.xml', bytes: 'x' }]),
    'wide.docx': wordFile({ body: `<w:tbl><w:tr>${`<w:tc>${para('甲')}</w:tc>`.repeat(10_000)}</w:tr></w:tbl>` }),
    'large.txt': new Uint8Array(60 * 1024 * 1024).fill(0x41),
    'cut.json': '{"elements":',
    'deep.json': '['.repeat(100_000),
    'lines.txt': '一\n'.repeat(190_000),
    'wrong.json': '{"copyNumber":"1234567"}',
    'latin.json': Uint8Array.of(0x22, 0xe9, 0x22),
  }
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

function at(name: string): string {
  return join(dir, name)
}

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await runCli(argv, { out: (text) => void (out += `${text}\n`), err: (text) => void (err += `${text}\n`) })
  return { code, out, err }
}

describe('a document that cannot be read', () => {
  test.each([
    ['folder.docx', '是目录'],
    ['absent.txt', '没有这个文件'],
    ['circle.txt', '链接绕成了圈'],
    [`${'长'.repeat(200)}.txt`, '文件名过长'],
    ['/dev/zero', '不是普通文件'],
    ['empty.txt', '没有可导入的文字'],
    ['noise.txt', '无法读取这种文件'],
    ['page.txt', '版式文件'],
    ['picture.docx', '图片或扫描件'],
    ['entity.docx', '攻击代码'],
    ['outside.docx', '攻击代码'],
    ['wide.docx', '10000 列'],
    ['large.txt', '过大'],
    ['lines.txt', '过大'],
    ['cut.json', '已损坏'],
    ['deep.json', '已损坏'],
  ])('%s is named with the reason by lint, import and typeset, exit code 2', { timeout: 60_000 }, async (name, words) => {
    const file = name.startsWith('/') ? name : at(name)
    for (const call of [['lint', file], ['import', file, '--json'], ['typeset', file, '--pdf', at('o.pdf'), '--data', dir]]) {
      const { code, out, err } = await run(...call)
      expect({ code, out }, call[0]).toEqual({ code: 2, out: '' })
      expect(err).toContain(words)
      // One sentence, neither a trace nor the system's own words nor how to call.
      expect(err.trim().split('\n')).toHaveLength(1)
      expect(err).not.toMatch(/ at |usage|E[A-Z]{4,}/u)
    }
  })

  test('a text named like a Word file is read for what it is', async () => {
    expect(await run('lint', at('text-in.docx'))).toMatchObject({ err: '' })
  })
})

describe('facts handed in beside it', () => {
  test.each([
    ['absent.json', '没有这个文件'],
    ['folder.docx', '是目录'],
    ['/dev/zero', '不是普通文件'],
    ['large.txt', '过大'],
    ['cut.json', '不是 UTF-8 编码的 JSON'],
    ['latin.json', '不是 UTF-8 编码的 JSON'],
    ['wrong.json', 'copyNumber'],
  ])('%s is refused with the reason', async (name, words) => {
    const { code, err } = await run('typeset', at('notice.txt'), '--meta', name.startsWith('/') ? name : at(name), '--pdf', at('o.pdf'), '--data', dir)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(words) })
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

test('nothing is written over the text, what stands beside it, or another output, by whatever name', async () => {
  await symlink(at('notice.txt'), at('link.pdf'))
  await writeFile(at('meta.json'), '{}')
  for (const outputs of [['--pdf', at('notice.txt')], ['--pdf', join(dir, 'folder.docx', '..', 'notice.txt')], ['--ofd', at('link.pdf')], ['--pdf', at('same.pdf'), '--ofd', at('same.pdf')], ['--json', at('meta.json')]]) {
    expect(await run('typeset', at('notice.txt'), '--meta', at('meta.json'), ...outputs, '--data', dir), outputs.join(' ')).toMatchObject({ code: 2, err: expect.stringContaining('会覆盖') })
  }
  expect(await readFile(at('notice.txt'), 'utf8')).toBe(notice)
  expect(await readFile(at('meta.json'), 'utf8')).toBe('{}')
})
