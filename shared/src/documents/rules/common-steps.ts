/** What two lists or two texts have in common: the base of every comparison. */

/** Below this likeness two texts are a removal and an addition, not a change. */
const likeness = 0.4
/** Cells of the dynamic programme above which changes are shown coarsely. */
const largestTable = 4_000_000

/** A step from one list to another; `index` counts in the old list, of an addition in the new one. */
export type Step =
  | { readonly op: 'same'; readonly index: number; readonly other: number }
  | { readonly op: 'added'; readonly index: number }
  | { readonly op: 'removed'; readonly index: number }

/** A shortest list of steps from one list to another by longest common subsequence; removals come before additions. Too long lists
 * are replaced whole. */
export function commonSteps(old: readonly string[], next: readonly string[]): readonly Step[] {
  if (old.length * next.length > largestTable) {
    return [...old.map((_, index): Step => ({ op: 'removed', index })), ...next.map((_, index): Step => ({ op: 'added', index }))]
  }
  const width = next.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = next.length - 1; j >= 0; j -= 1) {
      const here = i * width + j
      lengths[here] = old[i] === next[j] ? cell(lengths, here + width + 1) + 1 : Math.max(cell(lengths, here + width), cell(lengths, here + 1))
    }
  }
  const steps: Step[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      steps.push({ op: 'same', index: i, other: j })
      i += 1
      j += 1
    } else if (j >= next.length || (i < old.length && cell(lengths, (i + 1) * width + j) >= cell(lengths, i * width + j + 1))) {
      steps.push({ op: 'removed', index: i })
      i += 1
    } else {
      steps.push({ op: 'added', index: j })
      j += 1
    }
  }
  return steps
}

function cell(lengths: Uint32Array, index: number): number {
  return lengths[index] ?? 0
}

/** Whether two texts have so much in common that one may have become the other. */
export function isAlike(a: string, b: string): boolean {
  return likenessOf(a, b) >= likeness
}

/** Dice's coefficient of the bigrams of two texts, 0 to 1. */
function likenessOf(a: string, b: string): number {
  if (a === b) return 1
  const [first, second] = [bigramsOf(a), bigramsOf(b)]
  if (first.size + second.size === 0) return 0
  let shared = 0
  for (const bigram of first) if (second.has(bigram)) shared += 1
  return (2 * shared) / (first.size + second.size)
}

function bigramsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (let index = 0; index < text.length - 1; index += 1) found.add(text.slice(index, index + 2))
  return found
}
