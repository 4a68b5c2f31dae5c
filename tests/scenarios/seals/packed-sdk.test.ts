/** The crypto library as others get it: the packed tarball, with nothing of this repository beside it, runs the guide's program. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'xiewen-sdk-'))
})
afterAll(() => rm(directory, { recursive: true }))

test('the packed library seals a file, finds it valid, and finds a changed byte', async () => {
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', directory], { cwd: join(root, 'crypto') })
  const installed = join(directory, 'node_modules/@xiewen/crypto')
  await mkdir(installed, { recursive: true })
  await run('tar', ['-xzf', join(directory, 'xiewen-crypto-0.1.0.tgz'), '--strip-components=1', '-C', installed])
  const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  for (const name of [...Object.keys(dependencies), '@pdf-lib', 'pako', 'tslib']) await symlink(join(root, 'node_modules', name), join(directory, 'node_modules', name))

  const page = await PDFDocument.create()
  page.addPage([595, 842])
  await writeFile(join(directory, 'plain.pdf'), await page.save())
  await run('cp', [join(installed, 'examples/seal-a-file.mjs'), directory])
  const { stdout } = await run(process.execPath, ['seal-a-file.mjs', 'plain.pdf', 'sealed.pdf'], { cwd: directory })
  expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^验证通过/), expect.not.stringMatching(/^验证通过/)])
  const signatures = await run('pdfsig', [join(directory, 'sealed.pdf')]).catch((error: { stdout: string }) => error)
  expect(signatures.stdout).toContain('Signature #1')
})
