/** Faces that npm packages carry as many woff2 slices: unpacked once into a directory, opened as many small faces. */
import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { listCodePoints, readFace } from './sfnt.ts'
import { subsetFont } from './subset.ts'

/** The folder of an installed package's slices, or null when the package is absent.
 *
 * @param module package name and folder, e.g. `@chinese-fonts/syst/dist/SourceHanSerifCN`
 */
export function findPackagePath(module: string): string | null {
  const [scope, name, ...rest] = module.split('/')
  for (const base of createRequire(import.meta.url).resolve.paths(`${scope}/${name}`) ?? []) {
    const path = join(base, `${scope}/${name}`, ...rest)
    if (existsSync(path)) return path
  }
  return null
}

/** Unpacks slices into `dir` unless that was done before; a half-done directory is never left behind.
 *
 * @param weight fixes variable slices at that weight
 * @returns the files in a fixed order
 */
export async function unpackSlices(from: string, dir: string, weight?: number): Promise<readonly string[]> {
  if (!existsSync(dir)) await unpackInto(from, dir, weight)
  return (await readdir(dir)).filter((name) => name.endsWith('.ttf')).sort().map((name) => join(dir, name))
}

async function unpackInto(from: string, dir: string, weight: number | undefined): Promise<void> {
  // Loaded only at the first start of an account: it takes 40 MB.
  const { default: wawoff2 } = await import('wawoff2')
  const work = `${dir}.${process.pid}.part`
  await mkdir(work, { recursive: true })
  const names = (await readdir(from)).filter((name) => name.endsWith('.woff2')).sort()
  for (const name of names) {
    const plain = await wawoff2.decompress(await readFile(join(from, name)))
    const face = weight !== undefined && hasNarrowSigns(plain) ? subsetFont(plain, { weight }) : plain
    await writeFile(join(work, name.replace('.woff2', '.ttf')), face)
  }
  await mkdir(dirname(dir), { recursive: true })
  // Another process may have finished first: then its directory stands and ours goes.
  await rename(work, dir).catch(async () => rm(work, { recursive: true, force: true }))
}

/** Whether widths depend on the weight. Fixing a slice is slow; where all signs take a whole cell it waits until they are cut. */
function hasNarrowSigns(bytes: Uint8Array): boolean {
  const face = readFace(bytes)
  return listCodePoints(bytes).some((each) => face.advanceOf(face.glyphOf(each)) !== 1)
}
