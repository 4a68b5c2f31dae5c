/** Finding commands by words, pinyin or pinyin initials. Pure. */

/** Something the palette can offer. */
export interface Candidate {
  readonly id: string
  readonly label: string
  /** Spellings it can be found by besides its label: initials `db`, full pinyin `daiban`. */
  readonly spellings: readonly string[]
}

/** The candidates that fit what was typed, best first; all of them, in order, for nothing typed. */
export function rankCandidates<C extends Candidate>(candidates: readonly C[], typed: string): readonly C[] {
  const wanted = fold(typed)
  if (wanted === '') return candidates
  return candidates
    .map((candidate) => ({ candidate, score: scoreOf(candidate, wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ candidate }) => candidate)
}

function scoreOf(candidate: Candidate, wanted: string): number {
  const label = fold(candidate.label)
  if (label === wanted) return 100
  if (label.startsWith(wanted)) return 80
  if (candidate.spellings.includes(wanted)) return 75
  if (candidate.spellings.some((spelling) => spelling.startsWith(wanted))) return 60
  if (label.includes(wanted)) return 50
  if (candidate.spellings.some((spelling) => spelling.includes(wanted))) return 30
  return label.split(' ').some((word) => word.startsWith(wanted)) ? 40 : 0
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
