/** The trace (痕迹) between two moments of a text: what was added and removed, by whom. The redline (花脸稿), the playback and
 * the authors of every character are all this one view, from different beginnings. */
import { blockKinds, type Block } from '../model.ts'
import { nodeNames } from '../ydoc.ts'
import type { History, Origin } from './history.ts'
import { type LetterBlock, type Letters, lettersOf } from './letters.ts'

/** A stretch of a traced block. */
export interface TracePart {
  readonly op: 'same' | 'added' | 'removed'
  readonly text: string
  /** Who added or removed it; for what stayed, who wrote it. */
  readonly by: Origin
}

/** A block of the trace. `before` is set when it was something else at the beginning. */
export interface TraceBlock {
  readonly kind: Block['kind']
  /** Level of a heading, else 0. */
  readonly level: number
  readonly before: { readonly kind: Block['kind']; readonly level: number } | null
  readonly op: 'same' | 'added' | 'removed'
  readonly parts: readonly TracePart[]
}

/** Which changes count as made; those of others read as accepted. */
export type TraceFilter = (by: Origin) => boolean

/** What changed after log row `from` (0: since nothing) in a history that ends where the trace ends.
 *
 * Revisions still pending count as made: struck letters as removed, proposed ones as added, each by whoever proposed them.
 */
export function traceOf(history: History, from: number, wanted: TraceFilter = () => true): readonly TraceBlock[] {
  const blocks = lettersOf(history).flatMap((block) => traceBlock(block, from, wanted))
  return joinReshaped(blocks)
}

const kinds = new Map<string, Block['kind']>(blockKinds.map((kind) => [nodeNames[kind], kind]))

function traceBlock(block: LetterBlock, from: number, wanted: TraceFilter): readonly TraceBlock[] {
  const wasThere = block.placed.seq <= from && (block.removed === null || block.removed.seq > from)
  const isThere = block.removed === null
  const parts = mergeParts(block.letters.flatMap((letters) => partsOf(letters, from, wanted)))
  if (parts.length === 0 && !(isThere || wasThere)) return []
  if (parts.length === 0 && !isThere) return []
  const op = isThere ? (wasThere ? 'same' : 'added') : 'removed'
  return [{ kind: kinds.get(block.name) ?? 'paragraph', level: block.level, before: null, op, parts }]
}

function partsOf(letters: Letters, from: number, wanted: TraceFilter): readonly TracePart[] {
  const { text, author, placed, removed, struck, isMovedAway } = letters
  const wasHere = placed.seq <= from && (removed === null || removed.seq > from)
  // Moved letters were there at the beginning in another place.
  const wasThere = wasHere || (author !== placed && author.seq <= from && placed.seq > from)
  const gone = struck ?? removed
  if (gone === null) {
    if (wasThere || !wanted(author)) return [{ op: 'same', text, by: author }]
    return [{ op: 'added', text, by: author }]
  }
  // Struck before the beginning: it was no part of the clean text any more.
  if (removed !== null && removed.seq <= from) return []
  if (isMovedAway || !wasThere || !wanted(gone)) return []
  return [{ op: 'removed', text, by: gone }]
}

function mergeParts(parts: readonly TracePart[]): readonly TracePart[] {
  const merged: TracePart[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (last && last.op === part.op && last.by.personId === part.by.personId && (part.op === 'same' || Math.abs(part.by.at - last.by.at) < 600_000)) merged[merged.length - 1] = { ...last, text: last.text + part.text }
    else merged.push(part)
  }
  return merged
}

/** A paragraph made a heading is a new element in place of the old one: shown as one block that was something else. */
function joinReshaped(blocks: readonly TraceBlock[]): readonly TraceBlock[] {
  const joined: TraceBlock[] = []
  for (const block of blocks) {
    const last = joined.at(-1)
    const hollow = (each: TraceBlock | undefined): boolean => each?.op === 'removed' && each.parts.length === 0
    if (last && hollow(last)) joined.pop()
    joined.push(last && hollow(last) && block.op === 'added' ? { ...block, before: { kind: last.kind, level: last.level } } : block)
  }
  return joined.filter((block) => !(block.op === 'removed' && block.parts.length === 0))
}
