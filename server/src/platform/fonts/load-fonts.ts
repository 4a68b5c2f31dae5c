/** The faces of an office: which file plays which role, sign by sign, and what is missing. */
import { createHash } from 'node:crypto'
import type { FontFace } from './face.ts'
import { cutFace } from './face.ts'
import type { FaceCandidate, FontPlaces, RefusedFace } from './find-faces.ts'
import { FaceFinder } from './find-faces.ts'
import type { Outline } from './outlines.ts'
import { OutlineStore, prepareOutlines } from './outlines.ts'
import type { FaceRole } from './roles.ts'
import { faceRoles, faceWishes } from './roles.ts'

/** A sign's face and width. */
export interface ResolvedGlyph {
  readonly face: FontFace
  /** Advance in em. */
  readonly advance: number
}

/** Widths by role: what the layout engine asks for. */
export interface FaceMetrics {
  advance(role: FaceRole, codePoint: number): number | null
  readonly fingerprint: string
}

/** Who plays a role. */
export interface RoleReport {
  readonly role: FaceRole
  /** Family of the first face; empty when there is none. */
  readonly family: string
  readonly file: string
  readonly origin: FontFace['origin'] | null
  readonly sha256: string
  /** Whether a face of another kind stands in (no real 仿宋). */
  readonly isStandIn: boolean
  /** Embedding rights: 4 allows preview and print only. */
  readonly fsType: number
  /** Code points of the first face. */
  readonly coverage: number
  readonly lenders: readonly string[]
  /** Signs every document needs that no face of the role has. */
  readonly missing: string
}

/** A face for the browser's `@font-face`. */
export interface BrowserFace {
  readonly bytes: Uint8Array
  readonly format: 'opentype' | 'truetype'
  readonly codePoints: readonly number[]
}

/** A face an office may choose for a role. */
export interface FaceOption {
  readonly key: string
  readonly family: string
  readonly file: string
  readonly origin: FontFace['origin']
  readonly isStandIn: boolean
  readonly fsType: number
  readonly coverage: number
}

/** The faces in use. */
export interface Fonts {
  readonly metrics: FaceMetrics
  /** The face that draws a sign in a role, or null when none has it. */
  find(role: FaceRole, codePoint: number): ResolvedGlyph | null
  /** The family that lends a sign which the role's first face lacks; null when that one has it, or none has. */
  lender(role: FaceRole, codePoint: number): string | null
  /** Outline of a sign in a role for drawing it by hand (the text round a seal); null when no face has it. */
  glyphPath(role: FaceRole, char: string): Outline | null
  /** Outlines of many signs at once, by sign; signs without a face are absent. */
  glyphPaths(role: FaceRole, chars: Iterable<string>): ReadonlyMap<string, Outline>
  /** All signs of a role with their advance (em), ascending: what `metrics.advance` gives one by one. */
  listWidths(role: FaceRole): Iterable<readonly [codePoint: number, advance: number]>
  /** The Chinese signs of a role that its first face lacks, each with the family that lends it, ascending: what `lender` gives one by
   * one. */
  listLent(role: FaceRole): Iterable<readonly [codePoint: number, family: string]>
  /** The very faces that print, cut to a text, for the preview: one for each face that lends signs. */
  subsetForBrowser(role: FaceRole, text: string): readonly BrowserFace[]
  /** The faces that may play a role, the one in force first. */
  options(role: FaceRole): readonly FaceOption[]
  report(): { readonly roles: readonly RoleReport[]; readonly refused: readonly RefusedFace[] }
}

/** Signs no official document can do without. */
const essential = '〔〕〇（）《》“”，。、；：—·0123456789一二三四五六七八九十年月日号'

/** Loads the faces of all roles.
 *
 * @throws Error when `fonts.json` is malformed or a role has no face at all: nothing could be printed
 */
export async function loadFonts(places: FontPlaces): Promise<Fonts> {
  const finder = new FaceFinder(places)
  const candidates = new Map<FaceRole, readonly FaceCandidate[]>()
  for (const role of faceRoles) candidates.set(role, await finder.find(role, faceWishes[role]))
  const dropped = finder.dropped()
  const own = new Map([...candidates].map(([role, found]) => [role, found.flatMap(({ faces }) => faces)]))
  finder.keepFacts()
  if (places.outlines !== false) await prepareOutlines()
  const chains = new Map<FaceRole, readonly FontFace[]>(faceRoles.map((role) => [role, lenders(role, own, dropped.flatMap(({ faces }) => faces))]))
  for (const [role, faces] of chains) if (faces.length === 0) throw new Error(`no font for the role ${role}: install one or list it in fonts.json`)
  const resolver = new Resolver(chains)
  const outlines = new OutlineStore()
  const glyphPaths: Fonts['glyphPaths'] = (role, chars) => drawMany(resolver, outlines, { role, chars })
  return {
    metrics: { advance: (role, codePoint) => resolver.find(role, codePoint)?.advance ?? null, fingerprint: fingerprintOf(chains) },
    find: (role, codePoint) => resolver.find(role, codePoint),
    lender: (role, codePoint) => resolver.lender(role, codePoint),
    glyphPath: (role, char) => glyphPaths(role, [char]).get(char) ?? null,
    glyphPaths,
    listWidths: (role) => resolver.listWidths(role),
    listLent: (role) => resolver.listLent(role),
    subsetForBrowser: (role, text) => browserFaces(resolver, role, text),
    options: (role) => optionsOf([...(candidates.get(role) ?? []), ...dropped]),
    report: () => ({ roles: faceRoles.map((role) => reportRole(role, chains.get(role) ?? [], resolver)), refused: finder.refused }),
  }
}

/** A role's own faces, then everyone else's, then whatever lies in the office's folder: a sign is lent before it is missing. */
function lenders(role: FaceRole, own: ReadonlyMap<FaceRole, readonly FontFace[]>, dropped: readonly FontFace[]): readonly FontFace[] {
  const seen = new Set<string>()
  const order: readonly FaceRole[] = [role, 'songti', 'kaiti', 'heiti', 'xiaobiaosong', 'fangsong']
  return [...order.flatMap((each) => own.get(each) ?? []), ...dropped].filter((face) => {
    const isNew = !seen.has(face.id)
    seen.add(face.id)
    return isNew
  })
}

const lastCodePoint = 0x10ffff

class Resolver {
  readonly #chains: ReadonlyMap<FaceRole, readonly FontFace[]>
  readonly #known: ReadonlyMap<FaceRole, Map<number, ResolvedGlyph | null>>

  constructor(chains: ReadonlyMap<FaceRole, readonly FontFace[]>) {
    this.#chains = chains
    this.#known = new Map(faceRoles.map((role) => [role, new Map()]))
  }

  find(role: FaceRole, codePoint: number): ResolvedGlyph | null {
    const known = this.#known.get(role)?.get(codePoint)
    if (known !== undefined) return known
    const face = this.#chains.get(role)?.find((each) => each.sfnt.glyphOf(codePoint) > 0)
    const found = face ? { face, advance: face.sfnt.advanceOf(face.sfnt.glyphOf(codePoint)) } : null
    this.#known.get(role)?.set(codePoint, found)
    return found
  }

  lender(role: FaceRole, codePoint: number): string | null {
    const face = this.find(role, codePoint)?.face
    return face && face.set !== this.#chains.get(role)?.[0]?.set ? face.facts.family : null
  }

  *listWidths(role: FaceRole): Generator<readonly [codePoint: number, advance: number]> {
    const advances = new Float64Array(lastCodePoint + 1).fill(-1)
    for (const { sfnt } of this.#chains.get(role) ?? []) {
      sfnt.eachSign((codePoint, glyph) => {
        if (advances[codePoint] === -1) advances[codePoint] = sfnt.advanceOf(glyph)
      })
    }
    for (const [codePoint, advance] of advances.entries()) if (advance >= 0) yield [codePoint, advance]
  }

  *listLent(role: FaceRole): Generator<readonly [codePoint: number, family: string]> {
    const faces = this.#chains.get(role) ?? []
    /** Place of the face in the chain + 1; 0 where none has the sign. */
    const places = new Uint16Array(lastCodePoint + 1)
    for (const [index, { sfnt }] of faces.entries()) {
      sfnt.eachSign((codePoint) => {
        if (places[codePoint] === 0) places[codePoint] = index + 1
      })
    }
    for (const [codePoint, place] of places.entries()) {
      const face = place === 0 ? undefined : faces[place - 1]
      if (face === undefined || face.set === faces[0]?.set || !/\p{Script=Han}/u.test(String.fromCodePoint(codePoint))) continue
      yield [codePoint, face.facts.family]
    }
  }

  /** Signs grouped by the face that draws them. */
  group(role: FaceRole, chars: Iterable<string>): ReadonlyMap<FontFace, readonly number[]> {
    const groups = new Map<FontFace, number[]>()
    for (const char of new Set(chars)) {
      const codePoint = char.codePointAt(0) ?? 0
      const found = this.find(role, codePoint)
      if (found) groups.set(found.face, [...(groups.get(found.face) ?? []), codePoint])
    }
    return groups
  }
}

function drawMany(resolver: Resolver, outlines: OutlineStore, wanted: { readonly role: FaceRole; readonly chars: Iterable<string> }): ReadonlyMap<string, Outline> {
  const drawn = new Map<string, Outline>()
  for (const [face, codePoints] of resolver.group(wanted.role, wanted.chars)) {
    for (const [codePoint, outline] of outlines.get(face, codePoints)) drawn.set(String.fromCodePoint(codePoint), outline)
  }
  return drawn
}

function browserFaces(resolver: Resolver, role: FaceRole, text: string): readonly BrowserFace[] {
  return [...resolver.group(role, text)].map(([face, codePoints]) => ({
    bytes: cutFace(face, codePoints),
    format: face.sfnt.isCff ? 'opentype' : 'truetype',
    codePoints,
  }))
}

function optionsOf(candidates: readonly FaceCandidate[]): readonly FaceOption[] {
  const seen = new Set<string>()
  return candidates.flatMap(({ key, faces }): readonly FaceOption[] => {
    const [first] = faces
    if (!first || seen.has(key)) return []
    seen.add(key)
    const { family, fsType } = first.facts
    return [{ key, family, file: first.file, origin: first.origin, isStandIn: !first.genuine, fsType, coverage: faces.reduce((sum, face) => sum + face.facts.coverage, 0) }]
  })
}

/** Same files in the same order, same fingerprint: the digest of every face that may print. */
function fingerprintOf(chains: ReadonlyMap<FaceRole, readonly FontFace[]>): string {
  const hash = createHash('sha256')
  for (const [role, faces] of chains) for (const face of faces) hash.update(`${role} ${face.facts.family} ${face.index} ${face.sha256}\n`)
  return hash.digest('hex')
}

function reportRole(role: FaceRole, faces: readonly FontFace[], resolver: Resolver): RoleReport {
  const first = faces[0]
  return {
    role,
    family: first?.facts.family ?? '',
    file: first?.file ?? '',
    origin: first?.origin ?? null,
    sha256: first?.sha256 ?? '',
    isStandIn: first ? !first.genuine : true,
    fsType: first?.facts.fsType ?? 0,
    coverage: faces.filter((face) => face.set === first?.set).reduce((sum, face) => sum + face.facts.coverage, 0),
    lenders: [...new Set(faces.slice(1).map((face) => face.facts.family))].filter((family) => family !== first?.facts.family),
    missing: [...essential].filter((char) => resolver.find(role, char.codePointAt(0) ?? 0) === null).join(''),
  }
}
