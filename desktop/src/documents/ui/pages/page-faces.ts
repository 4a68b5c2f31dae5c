/** The office's typefaces in this window: widths for the engine, and the very faces that print, cut to the signs on screen. */
import { documentsContract, type FontRole, fontRoles, openMetrics, type PackedMetrics, packedMetricsSchema, type PageItem, type SignsInUse } from '@xiewen/shared/documents'
import { call, fetchFile, isCallError } from '../../../platform/http/index.ts'

let opened: Promise<PageFaces> | null = null

/** The faces in use; fetched once a window.
 *
 * @throws CallError when the server cannot be reached or refuses; then the next call tries again
 */
export function openPageFaces(): Promise<PageFaces> {
  opened ??= fetchMetrics().then((packed) => new PageFaces(packed))
  opened.catch(() => {
    opened = null
  })
  return opened
}

async function fetchMetrics(): Promise<PackedMetrics> {
  const { fingerprint } = await call(documentsContract.faces, {})
  const { blob } = await fetchFile(documentsContract.faceWidths, { fingerprint })
  const text = await new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text()
  return packedMetricsSchema.parse(JSON.parse(text))
}

/** The CSS family under which a role's signs are loaded. */
export function familyOf(role: FontRole): string {
  return `xiewen-${role}`
}

/** Most signs asked for at once: their list has to fit into an address. */
const mostSigns = 800

/** Widths and signs of one set of faces. */
export class PageFaces {
  readonly packed: PackedMetrics
  /** For the checker: one and the same object, so that it keeps what it knows. */
  readonly signs: SignsInUse
  readonly #asked: ReadonlyMap<FontRole, Set<number>> = new Map(fontRoles.map((role) => [role, new Set<number>()]))

  constructor(packed: PackedMetrics) {
    this.packed = packed
    const { advance } = openMetrics(packed)
    // A sign one role has is lent to every other.
    this.signs = { has: (codePoint) => advance('fangsong', codePoint) !== null }
  }

  /** Fetches the signs on these pages that are not here yet. They appear when they have come; until then a face of the system
   * stands in. Signs that could not be fetched are asked for again with the next page. */
  show(items: Iterable<PageItem>): void {
    const wanted = new Map<FontRole, Set<number>>()
    for (const item of items) {
      if (item.kind !== 'text') continue
      for (const char of item.text) {
        const codePoint = char.codePointAt(0) ?? 0
        if (!this.#asked.get(item.role)?.has(codePoint)) wanted.set(item.role, (wanted.get(item.role) ?? new Set()).add(codePoint))
      }
    }
    for (const [role, signs] of wanted) {
      const sorted = [...signs].sort((a, b) => a - b)
      for (let at = 0; at < sorted.length; at += mostSigns) void this.#fetch(role, sorted.slice(at, at + mostSigns))
    }
  }

  async #fetch(role: FontRole, signs: readonly number[]): Promise<void> {
    const asked = this.#asked.get(role)
    for (const sign of signs) asked?.add(sign)
    try {
      const list = signs.map((sign, at) => (sign - (signs[at - 1] ?? 0)).toString(36)).join('.')
      const { blob } = await fetchFile(documentsContract.faceSigns, { fingerprint: this.packed.fingerprint, role, signs: list }, { bare: true })
      for (const { bytes, codePoints } of unbind(await blob.arrayBuffer())) {
        document.fonts.add(await new FontFace(familyOf(role), bytes, { unicodeRange: codePoints.map((each) => `U+${each.toString(16)}`).join(',') }).load())
      }
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      for (const sign of signs) asked?.delete(sign)
    }
  }
}

/** Takes the server's bundle apart: a length, a list, the faces one behind the other. */
function unbind(bundle: ArrayBuffer): readonly { readonly bytes: ArrayBuffer; readonly codePoints: readonly number[] }[] {
  const length = new DataView(bundle).getUint32(0)
  // Safe because the list is made by `documents.face-signs` of the very server this page comes from.
  const list = JSON.parse(new TextDecoder().decode(new Uint8Array(bundle, 4, length))) as readonly { readonly length: number; readonly codePoints: readonly number[] }[]
  let at = 4 + length
  return list.map((face) => {
    const bytes = bundle.slice(at, at + face.length)
    at += face.length
    return { bytes, codePoints: face.codePoints }
  })
}
