/** Rules about what must stand at the end: who issues the document, and of which day it is. */
import { hasSignatureStamp, type TextElement, useOfElement } from '../../rules/elements-of-kind.ts'
import { readAdoption } from '../../rules/adoption.ts'
import { mainPlacesOf, titleOf } from '../hits.ts'
import type { Hit, LintRule, LintScene } from '../model.ts'

/** Rules F15–F16. */
export const endingRules: readonly LintRule[] = [
  {
    id: 'F15',
    level: 'regulation',
    clause: '条例第九条（十一）',
    severity: 'warning',
    scope: 'document',
    // The name on a signature stamp (签名章) stands for the signature.
    check: (scene) => (hasSignatureStamp(scene.document.elements) ? [] : missing(scene, 'signature')),
  },
  {
    id: 'F16',
    level: 'regulation',
    clause: '条例第九条（十二）',
    severity: 'warning',
    scope: 'document',
    check: (scene) => missing(scene, 'date'),
  },
]

/** Nothing is missed in a text that has only begun: it has a title and a paragraph first. */
function missing(scene: LintScene, element: TextElement & ('signature' | 'date')): readonly Hit[] {
  const { elements } = scene.document
  const last = mainPlacesOf(scene, 'paragraph').findLast(({ text }) => text.trim() !== '')
  if (!last || !titleOf(scene)?.text.trim()) return []
  if (useOfElement(element, { kind: elements.kind, format: elements.format, isAdopted: readAdoption(scene.document) !== null }) !== 'required') return []
  return mainPlacesOf(scene, element).some(({ text }) => text.trim() !== '') ? [] : [{ block: last.index, params: { text: elements.kind } }]
}
