/** What is known of font files without reading them again: digests of tens of megabytes, kept beside the unpacked faces and
 * trusted while size and time of the file are the same. */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { SfntFace } from './sfnt.ts'
import { readFace } from './sfnt.ts'
import { readSlimFace } from './slim-face.ts'

const factsSchema = z.object({ size: z.number(), mtimeMs: z.number(), sha256: z.string().length(64), family: z.string(), fsType: z.number(), coverage: z.number() })
const storeSchema = z.record(z.string(), factsSchema)

/** Facts of one face. */
export interface FaceFacts {
  readonly sha256: string
  readonly family: string
  /** OS/2 embedding rights: 2 is restricted. */
  readonly fsType: number
  /** Number of code points with a glyph. */
  readonly coverage: number
}

/** The facts of all faces ever seen by this account. */
export class FaceFactsStore {
  readonly #file: string
  readonly #known: Map<string, z.output<typeof factsSchema>>
  #isChanged = false

  /** @param cacheDir where `faces.json` lies; a missing or damaged one is begun anew */
  constructor(cacheDir: string) {
    this.#file = join(cacheDir, 'faces.json')
    this.#known = readStore(this.#file)
  }

  /** Facts of a face and how to read it; the file is opened only when nothing is known of it.
   *
   * @throws FontFormatError when it is not a font; system errors when it cannot be read
   */
  get(file: string, index: number): { readonly facts: FaceFacts; readonly read: () => SfntFace } {
    const { size, mtimeMs } = statSync(file)
    const key = `${file}#${index}`
    const kept = this.#known.get(key)
    if (kept && kept.size === size && kept.mtimeMs === mtimeMs) return { facts: kept, read: () => readFace(readSlimFace(file, index, kept.sha256).bytes) }
    const { sha256, bytes } = readSlimFace(file, index)
    const sfnt = readFace(bytes)
    const facts = { size, mtimeMs, sha256, family: sfnt.family, fsType: sfnt.fsType, coverage: sfnt.coverage }
    this.#known.set(key, facts)
    this.#isChanged = true
    return { facts, read: () => sfnt }
  }

  /** Writes what is new. A cache that cannot be written costs time at the next start and nothing else. */
  save(): void {
    if (!this.#isChanged) return
    const part = `${this.#file}.${process.pid}.part`
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(part, JSON.stringify(Object.fromEntries(this.#known)))
      renameSync(part, this.#file)
      this.#isChanged = false
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error
    }
  }
}

function readStore(file: string): Map<string, z.output<typeof factsSchema>> {
  try {
    const parsed = storeSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return new Map(parsed.success ? Object.entries(parsed.data) : [])
  } catch {
    // Absent at the first start; damaged is as good as absent.
    return new Map()
  }
}
