/** Reading what an earlier program stored: a kept version, a template, a file of ours. Stored bytes never change; they are brought
 * to today's shape when they are read (upcasting), and what a newer program stored is not guessed at. */
import { accept, refuse, type Result } from '../../base/result.ts'
import { documentKinds, emptyElements, type OfficialDocument, versionOfContent } from '../model.ts'

/** The version of the shape this program writes, see `OfficialDocument`. */
export const contentVersion = 3

/** A document as some version of the program stored it. */
export type StoredContent = Readonly<Record<string, unknown>>

/** From one version to the next; `upcasters[n]` turns version n into n + 1. */
export type Upcaster = (content: StoredContent) => StoredContent

/** One step for each version there ever was; 2 only added kinds of block, 3 only `continues` of a 项. Version 0 is what was written before documents named their version. To change the
 * shape: raise `contentVersion` and the version in `OfficialDocument`, and append the step that leads there. */
const upcasters: readonly Upcaster[] = [(content) => ({ ...content, version: 1 }), (content) => ({ ...content, version: 2 }), (content) => ({ ...content, version: 3 })]

/** Brings a stored document to today's shape. Elements that did not exist when it was stored are as in an empty document.
 *
 * @returns the document; refuses `documents.newer-content` for one of a newer program, `documents.damaged-content` for what is none
 */
export function upcastDocument(value: unknown): Result<OfficialDocument> {
  const brought = upcastContent(value, upcasters, contentVersion)
  if (!brought.ok) return brought
  const { elements, blocks } = brought.value
  if (!isRecord(elements) || !Array.isArray(blocks)) return refuse('documents.damaged-content')
  const kind = documentKinds.find((each) => each === elements['kind']) ?? '通知'
  // Safe because only this program's own writers store documents, and the steps lead to today's shape.
  return accept({ ...brought.value, version: versionOfContent(blocks as OfficialDocument['blocks']), elements: { ...emptyElements(kind), ...elements }, blocks } as unknown as OfficialDocument)
}

/** Runs the steps from the version a document names to `target`. */
export function upcastContent(value: unknown, steps: readonly Upcaster[], target: number): Result<StoredContent> {
  if (!isRecord(value)) return refuse('documents.damaged-content')
  const version = value['version'] ?? 0
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) return refuse('documents.damaged-content')
  if (version > target) return refuse('documents.newer-content', { version, known: target })
  return accept(steps.slice(version, target).reduce<StoredContent>((content, step) => step(content), value))
}

function isRecord(value: unknown): value is StoredContent {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
