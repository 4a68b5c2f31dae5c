/** The faces in force, exchanged while the server runs: an office chooses others, or drops a new file into its folder. */
import type { FaceChoices, FontPlaces } from './find-faces.ts'
import { type Fonts, loadFonts } from './load-fonts.ts'

/** The faces in force, and those that were. Whoever asks it for metrics or outlines asks the faces in force at that moment. */
export interface FontBook extends Fonts {
  /** The faces in force as they are: for work that must not see two sets. */
  current(): Fonts
  /** Loads the faces that choices and the files of this moment make, without putting them in force. */
  load(choices: FaceChoices): Promise<Fonts>
  /** Puts faces in force. */
  adopt(next: Fonts): void
  /** Faces that were in force or loaded since the start, by their fingerprint. */
  known(fingerprint: string): Fonts | null
}

/** Sets that are kept in memory beside the one in force: each holds outlines and tables of faces. */
const mostKept = 4

/** Opens the book with the faces that `choices` make. */
export async function openFontBook(places: FontPlaces, choices: FaceChoices): Promise<FontBook> {
  let current = await loadFonts({ ...places, choices })
  const kept = new Map<string, Fonts>([[current.metrics.fingerprint, current]])
  const keep = (fonts: Fonts): Fonts => {
    const { fingerprint } = fonts.metrics
    const known = kept.get(fingerprint) ?? fonts
    kept.delete(fingerprint)
    kept.set(fingerprint, known)
    for (const each of kept.keys()) if (kept.size > mostKept && each !== current.metrics.fingerprint && each !== fingerprint) kept.delete(each)
    return known
  }
  return {
    current: () => current,
    load: async (chosen) => keep(await loadFonts({ ...places, choices: chosen })),
    adopt: (next) => {
      current = keep(next)
    },
    known: (fingerprint) => kept.get(fingerprint) ?? null,
    get metrics() {
      return current.metrics
    },
    find: (role, codePoint) => current.find(role, codePoint),
    lender: (role, codePoint) => current.lender(role, codePoint),
    glyphPath: (role, char) => current.glyphPath(role, char),
    glyphPaths: (role, chars) => current.glyphPaths(role, chars),
    listWidths: (role) => current.listWidths(role),
    listLent: (role) => current.listLent(role),
    subsetForBrowser: (role, text) => current.subsetForBrowser(role, text),
    report: () => current.report(),
    options: (role) => current.options(role),
  }
}
