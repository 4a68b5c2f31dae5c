/** The command line as it is installed: the built and bundled program, started as people start it. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../../../server/bin/xiewen.mjs', import.meta.url))
const plan = fileURLToPath(new URL('../../support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url))
let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xiewen-program-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** No flags of the test runner: the program is a plain Node program. */
function start(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const env = { ...process.env, NODE_OPTIONS: '' }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...argv], { env, timeout: 25_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err: error?.killed ? `still running: ${argv.join(' ')}\n${err}` : err })
    })
  })
}

it('typesets a text, and reads what is no small text in a thread of its own', async () => {
  const [pdf, long] = [join(dir, 'plan.pdf'), join(dir, 'long.txt')]
  expect(await start('typeset', plan, '--pdf', pdf, '--data', dir)).toMatchObject({ code: 0 })
  expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
  await writeFile(long, (await readFile(plan, 'utf8')).repeat(8))
  const imported = await start('import', long, '--json')
  expect(imported.code, imported.err).toBe(0)
})

it('ends without a word when whoever reads its output has had enough', async () => {
  const command = `"${process.execPath}" "${program}" lint "${plan}" | head -n 1`
  const { out, err } = await new Promise<{ readonly out: string; readonly err: string }>((resolve) => {
    execFile('sh', ['-c', command], { env: { ...process.env, NODE_OPTIONS: '' }, timeout: 25_000 }, (_error, stdout, stderr) => resolve({ out: stdout, err: stderr }))
  })
  expect(out).toContain('错误')
  expect(err).toBe('')
})

it('tells wrong calls, files that cannot be read and findings apart, inside the bundle and outside', async () => {
  expect(await start('typeset', plan)).toMatchObject({ code: 2, err: expect.stringContaining('usage: xiewen typeset') })
  await writeFile(join(dir, 'zeros.txt'), new Uint8Array(400))
  const unreadable = await start('typeset', join(dir, 'zeros.txt'), '--pdf', join(dir, 'o.pdf'))
  expect(unreadable).toMatchObject({ code: 2, err: expect.not.stringContaining('usage') })
  expect(await start('lint', plan, '--json')).toMatchObject({ code: 1, err: '' })
  expect(await start('verify', join(dir, 'absent.pdf'))).toMatchObject({ code: 2, err: expect.not.stringContaining('usage') })
  expect(await start('doc', 'inspect')).toMatchObject({ code: 2, err: expect.stringContaining('usage') })
  expect(await start('typeset', plan, '--pdf', join(dir, 'no/such/place.pdf'), '--data', dir)).not.toMatchObject({ err: expect.stringContaining('    at ') })
})
