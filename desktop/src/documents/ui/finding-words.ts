/** Findings of the checker in words, and their repair wherever they lie. */
import type { Editor } from '@tiptap/core'
import { elementsOf, type Finding, remarkKey } from '@xiewen/shared/documents'
import type { Translate } from '../../platform/i18n/index.ts'
import { repairInText } from './editor/finding-marks.ts'
import type { LiveDocument } from './editor/live-document.ts'

/** What is wrong and why. */
export function describeFinding(finding: Finding, t: Translate): string {
  return t(remarkKey(finding), finding.params)
}

/** Repairs a finding in the text or among the elements. False when it has to be done by hand. */
export function repairFinding(where: { readonly editor: Editor; readonly live: LiveDocument; readonly isRevising: boolean }, finding: Finding): boolean {
  const { fix } = finding
  if (fix?.kind === 'set-element') {
    elementsOf(where.live.doc).set(fix.name, fix.value)
    return true
  }
  return repairInText(where.editor, finding, where.isRevising)
}
