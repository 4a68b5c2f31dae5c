/** Which file became which: every impression makes one file into the next (联合行文: one seal after the other). */

/** Whether a file is another or became it, one impression after the other. */
export type Lineage = (from: string, to: string) => boolean

/**
 * Reads the steps once, in time and memory that grow with their number; each question is then answered at once, however long the chains are. Files are
 * numbered from the last of each chain backwards, so that all a file came from lies within its span. Digests that lead in a circle came about by no
 * impression: such a file became nothing but itself.
 *
 * @param next the file each file became, by digest
 */
export function lineageOf(next: ReadonlyMap<string, string>): Lineage {
  // Most files bear one seal: the chains are read when the first question needs them.
  let spans: ReadonlyMap<string, Span> | null = null
  return (from, to) => {
    if (from === to) return true
    spans ??= spansOf(next)
    const [inner, outer] = [spans.get(from), spans.get(to)]
    return inner !== undefined && outer !== undefined && outer.enter <= inner.enter && inner.leave <= outer.leave
  }
}

interface Span {
  readonly enter: number
  leave: number
}

function spansOf(next: ReadonlyMap<string, string>): ReadonlyMap<string, Span> {
  const before = new Map<string, string[]>()
  for (const [from, to] of next) {
    const known = before.get(to)
    if (known === undefined) before.set(to, [from])
    else known.push(from)
  }
  const spans = new Map<string, Span>()
  let count = 0
  for (const last of before.keys()) if (!next.has(last)) count = number(last, before, spans, count)
  return spans
}

/** Walks back from a last file without recursion: chains may be longer than a stack is deep. */
function number(last: string, before: ReadonlyMap<string, readonly string[]>, spans: Map<string, Span>, start: number): number {
  let count = start
  const open: { readonly file: string; at: number }[] = [{ file: last, at: 0 }]
  spans.set(last, { enter: count++, leave: 0 })
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = before.get(top.file)?.[top.at++]
    if (child !== undefined) {
      spans.set(child, { enter: count++, leave: 0 })
      open.push({ file: child, at: 0 })
      continue
    }
    const span = spans.get(top.file)
    if (span !== undefined) span.leave = count
    open.pop()
  }
  return count
}
