/** The redline (花脸稿) to be printed: each pending revision under the account that the log says made it, and a legend of them. */
import { attributeRevisions, type ChangeMakerView, type LegendEntry, type OfficialDocument, runsOf } from '@xiewen/shared/documents'
import type { QueryContext } from '../platform/context.ts'
import { findChangeMakers } from './history.ts'
import type { PrintText } from './print-text.ts'

const kept = new WeakMap<QueryContext['services'], Map<string, PrintText>>()
const mostKept = 6

/** The text with its revisions under their makers and the legend of these. What the text itself claims of them proves nothing.
 *
 * @param upTo last row of the log the text covers
 */
export async function readRedlineText(ctx: QueryContext, documentId: string, text: PrintText, upTo?: number): Promise<PrintText> {
  const wanted = changesOf(text.document)
  if (wanted.size === 0) return text
  // Pages are fetched one by one, and reading the log of a long text for each would be slow.
  const texts = kept.get(ctx.services) ?? new Map<string, PrintText>()
  kept.set(ctx.services, texts)
  const known = texts.get(text.key)
  if (known) return known
  const makers = await findChangeMakers(ctx, documentId, upTo)
  const document = attributeRevisions(text.document, new Map([...makers.values()].map((maker) => [maker.id, maker.personId])))
  const redline = { ...text, document, legend: { words: ctx.services.words('documents.legend'), entries: entriesOf([...makers.values()].filter((maker) => wanted.has(maker.id)), ctx.services.words) } }
  const oldest = texts.keys().next()
  if (texts.size >= mostKept && !oldest.done) texts.delete(oldest.value)
  texts.set(text.key, redline)
  return redline
}

/** Ids of the revisions that pages show. */
function changesOf(document: OfficialDocument): ReadonlySet<string> {
  return new Set(document.blocks.flatMap((block) => runsOf(block).flatMap((run) => (run.change ? [run.change.id] : []))))
}

/** One line of the legend a person, in the order in which they first revised, with all steps they did it in. */
function entriesOf(makers: readonly ChangeMakerView[], words: (key: string) => string): readonly LegendEntry[] {
  const people = new Map<string, { readonly name: string; readonly post: string; readonly steps: Set<string> }>()
  for (const maker of makers.toSorted((a, b) => a.at - b.at)) {
    const person = people.get(maker.personId) ?? { name: maker.name, post: maker.post, steps: new Set() }
    people.set(maker.personId, person)
    if (maker.step !== '') person.steps.add(words(maker.step))
  }
  return [...people].map(([personId, { name, post, steps }]) => {
    const facts = [post, [...steps].join('、')].filter((fact) => fact !== '')
    return { personId, name: name === '' ? words('documents.legend.unknown') : name, detail: facts.length === 0 ? '' : `（${facts.join('，')}）` }
  })
}
