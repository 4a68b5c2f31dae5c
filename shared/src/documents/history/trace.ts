/** The trace (痕迹) between two moments of a text: what was added, removed and formatted, by whom. The redline (花脸稿), the playback
 * and the authors of every character are all this one view, from different beginnings. */
import { blockKinds, type Block } from '../model.ts'
import { nodeNames } from '../ydoc.ts'
import { boldnessSince, markAt } from './boldness.ts'
import type { History, Origin } from './history.ts'
import { type LetterBlock, type Letters, lettersOf } from './letters.ts'
import { type BlockForm, type BlockStory, type FormChange, storiesSince, type TracedShape } from './shapes.ts'
import { carriedPictures, type TracedPicture, tracePictures } from './trace-pictures.ts'
import { traceRows, type TraceRow } from './trace-rows.ts'

/** A stretch of a traced block. */
export interface TracePart {
  readonly op: 'same' | 'added' | 'removed'
  readonly text: string
  /** Who added or removed it; for what stayed, who wrote it. */
  readonly by: Origin
  readonly bold: boolean
  /** What stayed and became bold or plain, and who made it so. */
  readonly format: { readonly to: 'bold' | 'plain'; readonly by: Origin } | null
}

/** A block of the trace. `before` is what it was at the beginning, when that was something else, and who changed it. */
export interface TraceBlock extends BlockForm {
  readonly before: FormChange | null
  readonly op: 'same' | 'added' | 'removed'
  /** What else became of it: its table, its picture, its footnotes, how it is counted. */
  readonly shapes: readonly TracedShape[]
  readonly parts: readonly TracePart[]
  /** Rows of a table, whose cells share out `parts` in order. */
  readonly rows: readonly TraceRow[]
  /** Of a figure, whose caption `parts` are: one that was taken out before the one that stands in its place. */
  readonly pictures: readonly TracedPicture[]
}

/** Which changes count as made; those of others read as accepted. */
export type TraceFilter = (by: Origin) => boolean

/** What changed after log row `from` (0: since nothing) in a history that ends where the trace ends.
 *
 * Revisions still pending count as made: struck letters as removed, proposed ones as added, each by whoever proposed them.
 */
export function traceOf(history: History, from: number, wanted: TraceFilter = () => true): readonly TraceBlock[] {
  const stories = storiesSince(history.rows, from)
  const letters = lettersOf(history)
  const carried = carriedPictures(letters)
  const told = letters.flatMap((block) => traceBlock(block, stories.get(block.id), { from, wanted, carried }))
  return joinReshaped(told, wanted)
}

const kinds = new Map<string, Block['kind']>(blockKinds.map((kind) => [nodeNames[kind], kind]))

interface Sight {
  readonly from: number
  readonly wanted: TraceFilter
  readonly carried: ReadonlySet<string>
}

interface ToldBlock extends TraceBlock {
  readonly placed: Origin
  readonly removed: Origin | null
}

function traceBlock(block: LetterBlock, story: BlockStory | undefined, sight: Sight): readonly ToldBlock[] {
  const wasThere = block.placed.seq <= sight.from && (block.removed === null || block.removed.seq > sight.from)
  const isThere = block.removed === null
  const partsIn = (letters: readonly Letters[]): readonly TracePart[] => mergeParts(letters.flatMap((each) => partsOf(each, sight)))
  const table = traceRows(block.rows, sight.from, partsIn)
  const parts = block.rows.length > 0 ? table.parts : partsIn(block.letters)
  if (parts.length === 0 && !(isThere || wasThere)) return []
  const op = isThere ? (wasThere ? 'same' : 'added') : 'removed'
  const form = isThere && story ? story.now : { kind: kinds.get(block.name) ?? 'paragraph', level: block.level }
  return [{ ...form, before: reshapingOf(story, form, sight.wanted), op, shapes: story?.shapes.filter(({ by }) => sight.wanted(by)) ?? [], parts, rows: table.rows, pictures: tracePictures(block, sight), placed: block.placed, removed: block.removed }]
}

/** What it was before the first change that counts, and who made the last one. */
function reshapingOf(story: BlockStory | undefined, form: BlockForm, wanted: TraceFilter): FormChange | null {
  const made = story?.reshapings.filter(({ by }) => wanted(by)) ?? []
  const [first, last] = [made[0], made.at(-1)]
  if (!first || !last || (first.before.kind === form.kind && first.before.level === form.level)) return null
  return { before: first.before, by: last.by }
}

function partsOf(letters: Letters, { from, wanted }: Pick<Sight, 'from' | 'wanted'>): readonly TracePart[] {
  const { text, author, placed, removed, struck, isMovedAway, bolds } = letters
  const wasHere = placed.seq <= from && (removed === null || removed.seq > from)
  // Moved letters were there at the beginning in another place.
  const wasThere = wasHere || (author !== placed && author.seq <= from && placed.seq > from)
  const gone = struck ?? removed
  const bold = markAt(bolds, removed === null ? Number.MAX_SAFE_INTEGER : removed.seq - 1)?.isBold ?? false
  if (gone === null) {
    const format = wasThere ? boldnessSince(bolds, wasHere ? bolds : (letters.boldsBefore ?? bolds), { from, placed }) : null
    if (wasThere || !wanted(author)) return [{ op: 'same', text, by: author, bold, format: format !== null && wanted(format.by) ? format : null }]
    return [{ op: 'added', text, by: author, bold, format: null }]
  }
  // Struck before the beginning: it was no part of the clean text any more.
  if (removed !== null && removed.seq <= from) return []
  if (isMovedAway || !wasThere || !wanted(gone)) return []
  return [{ op: 'removed', text, by: gone, bold, format: null }]
}

function mergeParts(parts: readonly TracePart[]): readonly TracePart[] {
  const merged: TracePart[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (last && last.op === part.op && isAlike(last, part)) merged[merged.length - 1] = { ...last, text: last.text + part.text }
    else merged.push(part)
  }
  return merged
}

function isAlike(a: TracePart, b: TracePart): boolean {
  if (a.bold !== b.bold || a.format?.to !== b.format?.to || a.format?.by.personId !== b.format?.by.personId) return false
  return a.by.personId === b.by.personId && (b.op === 'same' || Math.abs(b.by.at - a.by.at) < 600_000)
}

/** A paragraph made a heading is a new element beside the old one, whose words the same row carried over: shown as one block that was
 * something else. */
function joinReshaped(blocks: readonly ToldBlock[], wanted: TraceFilter): readonly TraceBlock[] {
  const isHollow = (each: ToldBlock | undefined): boolean => each?.op === 'removed' && each.parts.length === 0 && each.pictures.length === 0
  return blocks.flatMap((block, index): readonly TraceBlock[] => {
    if (isHollow(block)) return []
    const { placed, removed: _removed, ...told } = block
    const old = [blocks[index - 1], blocks[index + 1]].find((each) => isHollow(each) && each?.removed?.seq === placed.seq)
    const isReshaped = old !== undefined && block.op === 'added' && (old.kind !== block.kind || old.level !== block.level)
    return [isReshaped && wanted(placed) ? { ...told, before: { before: { kind: old.kind, level: old.level }, by: placed } } : told]
  })
}
