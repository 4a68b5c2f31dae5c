/** Fetching the Fandol faces at set-up: Debian's texlive-lang-chinese unpacked, not installed, so that no root is needed. */
import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const packageName = 'texlive-lang-chinese'
const fontPath = 'usr/share/texlive/texmf-dist/fonts/opentype/public/fandol'
const paperPath = 'usr/share/doc/texlive-doc/fonts/fandol'

/** What came of it. `reason` is for the log and the health page. */
export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly files: readonly string[] }
  | { readonly kind: 'not-fetched'; readonly reason: string }

/** Downloads and unpacks the faces into `dir` with their licence. Only for set-up: it uses the system's package source.
 *
 * @param dir where the font files go; made when absent
 * @param options `timeoutMs` for the download, 120 s by default
 * @returns what was written; never throws for a missing tool, network or package
 */
export async function fetchDebianFonts(dir: string, options: { readonly timeoutMs?: number } = {}): Promise<FetchOutcome> {
  const work = await mkdtemp(join(tmpdir(), 'xiewen-fonts-'))
  try {
    const timeout = options.timeoutMs ?? 120_000
    await run('apt-get', ['download', packageName], { cwd: work, timeout })
    const archive = (await readdir(work)).find((name) => name.endsWith('.deb'))
    if (!archive) return { kind: 'not-fetched', reason: `apt-get brought no ${packageName}` }
    await run('dpkg-deb', ['-x', join(work, archive), join(work, 'x')], { timeout })
    await mkdir(dir, { recursive: true })
    const fonts = (await readdir(join(work, 'x', fontPath))).filter((name) => /^Fandol(?:Fang|Hei|Kai|Song)-\w+\.otf$/u.test(name))
    for (const name of fonts) await copyFile(join(work, 'x', fontPath, name), join(dir, name))
    await copyPapers(join(work, 'x', paperPath), dir)
    return { kind: 'fetched', files: fonts.map((name) => join(dir, name)) }
  } catch (error) {
    return { kind: 'not-fetched', reason: error instanceof Error ? error.message.slice(0, 300) : String(error) }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The licence travels with the fonts. */
async function copyPapers(from: string, dir: string): Promise<void> {
  const names = await readdir(from).catch(() => [])
  for (const name of names.filter((each) => /^(?:COPYING|README)/u.test(each))) await copyFile(join(from, name), join(dir, `Fandol-${name}`))
}
