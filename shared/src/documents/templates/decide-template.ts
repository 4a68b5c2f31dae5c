/** Which templates may be kept: one that a document could be begun from without breaking a rule of form. */
import { accept, refuse, type Result } from '../../base/result.ts'
import { type Block, type Elements, isProvision, type OfficialDocument, type TextRun, versionOfContent } from '../model.ts'
import { readAdoption } from '../rules/adoption.ts'
import { useOfElement } from '../rules/elements-of-kind.ts'
import { directionsOfKind, formatsOfKind } from './kinds.ts'
import { organToken, type TemplateContent } from './model.ts'

/** Most characters of a template's text. */
export const longestTemplate = 40_000

/** Decides whether a template may be kept.
 *
 * @param codes 机关代字 registered for the organ
 * @returns the template, or a refusal that names what has to be set right
 */
export function decideTemplate(content: TemplateContent, codes: readonly string[]): Result<TemplateContent> {
  const { elements } = content.document
  const params = { kind: elements.kind }
  if (!formatsOfKind(elements.kind).includes(elements.format)) return refuse('documents.template-format', params)
  if (!directionsOfKind(elements.kind).includes(elements.direction)) return refuse('documents.template-direction', params)
  if (elements.format === 'letter' && elements.direction === 'up') return refuse('documents.template-letter-up', params)
  const mark = markFault(elements)
  if (mark !== null) return refuse(mark, { mark: elements.markSuffix })
  if (content.code !== '' && !codes.includes(content.code)) return refuse('documents.code-not-registered', { code: content.code })
  if (/绝密|机密|秘密/u.test(elements.secrecy)) return refuse('documents.template-classified')
  if (elements.number !== null || elements.printedOn !== null) return refuse('documents.template-numbered')
  return decideText(content)
}

/** What follows the organs in the mark belongs to the format. Source: GB/T 9704-2012 7.2.4, 10.1–10.3 */
function markFault({ format, markSuffix }: Elements): string | null {
  if (format === 'letter' && markSuffix !== '') return 'documents.template-mark-letter'
  if (format === 'order' && !/(?:命令|令)$/u.test(markSuffix)) return 'documents.template-mark-order'
  if (format === 'minutes' && !markSuffix.endsWith('纪要')) return 'documents.template-mark-minutes'
  return null
}

function decideText(content: TemplateContent): Result<TemplateContent> {
  const { document } = content
  const { blocks, elements } = document
  if (blocks.some((block) => block.kind === 'figure')) return refuse('documents.template-figure')
  const runs = runsOf(document)
  if (runs.some((run) => run.change !== undefined || run.reformatted !== undefined)) return refuse('documents.template-revised')
  if (runs.reduce((sum, run) => sum + run.text.length, 0) > longestTemplate) return refuse('documents.template-too-long', { limit: longestTemplate })
  const strange = findStrangeToken(document)
  if (strange !== null) return refuse('documents.template-token', { token: strange, known: organToken })
  if (!blocks.some(isText)) return refuse('documents.template-no-text')
  if (useOfElement('title', elements) === 'required' && !blocks.some((block) => block.kind === 'title')) return refuse('documents.template-no-title')
  const signatures = blocks.filter((block) => block.kind === 'signature').length
  const isForAll = blocks.some((block) => block.kind === 'signature' && block.runs.map((run) => run.text).join('') === organToken)
  const { kind, format } = elements
  const isSigned = useOfElement('signature', { kind, format, isAdopted: readAdoption(document) !== null }) === 'required'
  if (isSigned && elements.issuers.length > 1 && signatures !== elements.issuers.length && !isForAll) {
    return refuse('documents.template-joint', { count: elements.issuers.length, signatures })
  }
  // Whoever wrote it named some version; the one kept is that of what is in it.
  return accept({ ...content, document: { ...document, version: versionOfContent(blocks) } })
}

/** Whether a block is body: words, a heading, a table or a part of a regulation (规章的章、节、条、项). */
function isText(block: Block): boolean {
  return block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'table' || isProvision(block)
}

function runsOf(document: OfficialDocument): readonly TextRun[] {
  return document.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flatMap((row) => row.cells.flatMap((cell) => cell.runs)) : block.runs))
}

/** A token nobody would ever replace, or null. */
function findStrangeToken(document: OfficialDocument): string | null {
  const { elements } = document
  const texts = [...runsOf(document).map((run) => run.text), ...elements.issuers, ...elements.copyTo, elements.printedBy, elements.markSuffix, elements.signerPost]
  for (const text of texts) {
    const found = [...text.matchAll(/\{[^{}\n]{0,20}\}/gu)].find(([token]) => token !== organToken)
    if (found) return found[0]
  }
  return null
}
