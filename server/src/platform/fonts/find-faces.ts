/** Looking for faces: the office's own first, then the data directory, the system, and the npm packages. */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import type { FaceGiven, FaceOrigin, FontFace } from './face.ts'
import { openFace } from './face.ts'
import { FaceFactsStore } from './face-facts.ts'
import type { FaceRole, FaceWish } from './roles.ts'
import { faceRoles } from './roles.ts'
import { FontFormatError } from './sfnt.ts'
import { simplifiedCopy } from './simplified.ts'
import { findPackagePath, unpackSlices } from './slices.ts'

/** What `fonts.json` holds: for each role an ordered list of files; `licence` is a note for the report. */
export const officeFontsSchema = z.partialRecord(
  z.enum(faceRoles),
  z.array(z.object({ file: z.string().min(1), index: z.number().int().min(0).default(0), family: z.string().optional(), licence: z.string().optional() })),
)

/** Which face an office has chosen for each role, by its key (`FaceCandidate`); roles left out have the first there is. */
export type FaceChoices = Readonly<Partial<Record<FaceRole, string>>>

/** A face that may play a role. */
export interface FaceCandidate {
  /** Names it among all candidates, also after a restart: file name and place in it. */
  readonly key: string
  /** Slices of one face are several. */
  readonly faces: readonly FontFace[]
}

/** Where to look. */
export interface FontPlaces {
  /** What an office has chosen. */
  readonly choices?: FaceChoices
  /** The office's font directory, e.g. `<data>/fonts`: `fonts.json` and the files beside it. */
  readonly dataDir: string
  /** Directories of the system; Debian's by default. */
  readonly systemDirs?: readonly string[]
  /** Faces fetched at set-up for all data directories of this account; `sharedFontCache()` by default. */
  readonly cacheDir?: string
  /** Whether faces may come from npm packages. Default true. */
  readonly npm?: boolean
  /** Whether glyphs will be drawn as outlines (SVG pages, seals). Default true; without, what draws them is not loaded. */
  readonly outlines?: boolean
}

/** A face that was refused and why. */
export interface RefusedFace {
  readonly file: string
  readonly reason: 'restricted' | 'unreadable' | 'not-a-font'
}

const systemDirectories = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  '/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol',
  '/usr/share/texmf/fonts/opentype/public/fandol',
]

/** Where `fetchDebianFonts` keeps faces for every data directory of this account. */
export function sharedFontCache(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env['XIEWEN_FONT_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'xiewen', 'fonts')
}

/** Finds the faces of a role, best first. Restricted, damaged and unreadable files go to `refused`. */
export class FaceFinder {
  readonly refused: RefusedFace[] = []
  readonly #places: FontPlaces
  readonly #cacheDir: string
  readonly #files: ReadonlyMap<string, { readonly path: string; readonly origin: FaceOrigin }>
  readonly #office: z.output<typeof officeFontsSchema>
  readonly #open = new Map<string, FontFace | null>()
  readonly #facts: FaceFactsStore

  constructor(places: FontPlaces) {
    this.#places = places
    this.#cacheDir = places.cacheDir ?? sharedFontCache()
    this.#files = indexFiles([
      { dir: places.dataDir, origin: 'data' },
      { dir: this.#cacheDir, origin: 'data' },
      ...(places.systemDirs ?? systemDirectories).map((dir) => ({ dir, origin: 'system' as const })),
    ])
    this.#office = readOfficeFonts(places.dataDir)
    this.#facts = new FaceFactsStore(this.#cacheDir)
  }

  /** The faces that may play a role, best first: the chosen one, those of `fonts.json`, the installed ones.
   *
   * @param wishes the role's installed faces, best first
   */
  async find(role: FaceRole, wishes: readonly FaceWish[]): Promise<readonly FaceCandidate[]> {
    const listed = (this.#office[role] ?? []).map(({ file, index }): FaceCandidate => {
      const path = isAbsolute(file) ? file : join(this.#places.dataDir, file)
      return { key: keyOf(path, index), faces: this.#try(path, { index, origin: 'office', genuine: true }) }
    })
    const installed: FaceCandidate[] = []
    for (const wish of wishes) installed.push({ key: keyOf(wish.file, wish.index ?? 0), faces: await this.#fulfil(wish) })
    const chosen = this.#places.choices?.[role]
    const known = [...listed, ...installed].filter(({ faces }) => faces.length > 0)
    const first = [...known, ...this.dropped()].find(({ key }) => key === chosen)
    return first === undefined ? known : [first, ...known.filter(({ key }) => key !== chosen)]
  }

  /** What lies in the office's folder itself, by name: may play any role, and lends signs to all. */
  dropped(): readonly FaceCandidate[] {
    const { dataDir } = this.#places
    if (!statSync(dataDir, { throwIfNoEntry: false })?.isDirectory()) return []
    const names = readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile() && fontFile.test(entry.name)).map((entry) => entry.name).sort()
    return names.flatMap((name) => {
      const path = join(dataDir, name)
      return (/\.(?:ttc|otc)$/iu.test(name) ? facesOfCollection(path) : [0]).map((index): FaceCandidate => ({ key: keyOf(name, index), faces: this.#try(path, { index, origin: 'office', genuine: true }) }))
    }).filter(({ faces }) => faces.length > 0)
  }

  /** Keeps what was learnt about the files for the next start. */
  keepFacts(): void {
    this.#facts.save()
  }

  async #fulfil(wish: FaceWish): Promise<readonly FontFace[]> {
    const known = this.#files.get(wish.file)
    if (known) return this.#simplified(this.#try(known.path, { index: wish.index ?? 0, origin: known.origin, genuine: wish.genuine }), wish)
    if (!wish.npm || this.#places.npm === false) return []
    const path = findPackagePath(wish.npm.module)
    if (!path) return []
    if (wish.npm.kind === 'file') return this.#try(path, { index: 0, origin: 'npm', genuine: wish.genuine })
    const { weight } = wish.npm
    const set = `${basename(path)}${weight === undefined ? '' : `-${weight}`}`
    const slices = await this.#unpack(path, set, weight)
    return slices.flatMap((file) => this.#try(file, { index: 0, origin: 'npm', genuine: wish.genuine, set, ...(weight === undefined ? {} : { weight }) }))
  }

  /** The copies that are printed with in place of faces traced too finely. */
  #simplified(faces: readonly FontFace[], { tolerance, genuine }: FaceWish): readonly FontFace[] {
    if (tolerance === undefined) return faces
    return faces.flatMap((face) => {
      const copy = simplifiedCopy(face, tolerance, [this.#cacheDir, this.#places.dataDir].map((dir) => join(dir, 'simplified')))
      const opened = copy === null ? [] : this.#try(copy, { index: 0, origin: face.origin, genuine })
      return opened.length > 0 ? opened : [face]
    })
  }

  /** Into the account's cache, so that every data directory shares it; a service without a home keeps it in its own. */
  async #unpack(from: string, set: string, weight?: number): Promise<readonly string[]> {
    try {
      return await unpackSlices(from, join(this.#cacheDir, 'npm', set), weight)
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error
      return unpackSlices(from, join(this.#places.dataDir, 'npm', set), weight)
    }
  }

  #try(file: string, given: FaceGiven): readonly FontFace[] {
    const key = `${file}#${given.index}`
    const known = this.#open.get(key)
    if (known !== undefined) return known === null ? [] : [known.as(given.genuine)]
    const face = this.#openOrRefuse(file, given)
    this.#open.set(key, face)
    return face === null ? [] : [face]
  }

  #openOrRefuse(file: string, given: FaceGiven): FontFace | null {
    try {
      const face = openFace(file, given, this.#facts)
      if (face.facts.fsType !== 2) return face
      this.refused.push({ file, reason: 'restricted' })
    } catch (error) {
      this.refused.push({ file, reason: error instanceof FontFormatError ? 'not-a-font' : 'unreadable' })
    }
    return null
  }
}

const fontFile = /\.(?:ttf|otf|ttc|otc)$/iu

function keyOf(file: string, index: number): string {
  return `${basename(file)}#${index}`
}

/** How many faces a collection has, eight at most. Source: OpenType 1.9, Font Collections */
function facesOfCollection(file: string): readonly number[] {
  const head = Buffer.alloc(12)
  try {
    const descriptor = openSync(file, 'r')
    readSync(descriptor, head, 0, 12, 0)
    closeSync(descriptor)
  } catch {
    // Whoever opens the face finds the same and lists the file as unreadable.
    return [0]
  }
  const count = head.toString('latin1', 0, 4) === 'ttcf' ? Math.min(8, head.readUInt32BE(8)) : 1
  return Array.from({ length: count }, (_each, index) => index)
}

/** Font files by base name; what comes first stays. */
function indexFiles(dirs: readonly { readonly dir: string; readonly origin: FaceOrigin }[]): ReadonlyMap<string, { path: string; origin: FaceOrigin }> {
  const files = new Map<string, { path: string; origin: FaceOrigin }>()
  for (const { dir, origin } of dirs) {
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) continue
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory() || !fontFile.test(entry.name) || files.has(entry.name)) continue
      files.set(entry.name, { path: join(entry.parentPath, entry.name), origin })
    }
  }
  return files
}

/** @throws Error naming the file when `fonts.json` is not what it should be: an administrator must see it. */
function readOfficeFonts(dataDir: string): z.output<typeof officeFontsSchema> {
  const file = join(dataDir, 'fonts.json')
  if (!existsSync(file)) return {}
  const parsed = officeFontsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
