/** Who may do what with a document. Conditions read an already loaded scene; deny is the default. */
import { allowed, denied, type Verdict } from '../base/access.ts'
import type { DocumentRight } from './rules/decide-right.ts'
import type { DocumentState } from './rules/states.ts'

/** What is known about caller and document. `right` is the one in force, see `effectiveRight`. */
export interface DocumentScene {
  readonly state: DocumentState
  readonly right: DocumentRight
  readonly isOwner: boolean
  /** Holds the duty registrar (文书) in the issuing organ. */
  readonly isRegistrar: boolean
  /** Has a document ever been submitted (送审)? Its history may not vanish then. */
  readonly wasSubmitted: boolean
}

/** Acts on a document, the keys of the abilities map. */
export const documentAbilities = [
  'edit', 'suggest', 'share', 'nameVersion', 'attach', 'allocateNumber', 'voidNumber', 'typeset', 'deleteDraft', 'submit', 'comment',
] as const
/** One of the acts. */
export type DocumentAbility = (typeof documentAbilities)[number]

const yes = (condition: boolean, otherwise: string): Verdict => (condition ? allowed : denied(otherwise))
const mayWrite = (scene: DocumentScene): Verdict =>
  scene.right === 'edit' ? allowed : denied(isOpen(scene.state) ? 'documents.read-only' : 'documents.frozen')

function isOpen(state: DocumentState): boolean {
  return state === 'draft' || state === 'in-review'
}

/** The permission table of the room. A verdict's reason is a refusal code and the button's hint. */
export const documentPolicy: Readonly<Record<DocumentAbility, (scene: DocumentScene) => Verdict>> = {
  edit: mayWrite,
  suggest: (scene) => (scene.right === 'suggest' ? allowed : mayWrite(scene)),
  share: (scene) => (scene.state === 'draft' ? yes(scene.isOwner, 'documents.not-owner') : denied('documents.not-draft')),
  nameVersion: (scene) => (scene.right === 'suggest' ? allowed : mayWrite(scene)),
  attach: (scene) => mayWrite(scene),
  allocateNumber: (scene) => (scene.isRegistrar ? yes(scene.state === 'signed', 'documents.not-signed') : denied('documents.not-registrar')),
  voidNumber: (scene) =>
    scene.isRegistrar ? yes(scene.state === 'numbered' || scene.state === 'typeset', 'documents.number-in-use') : denied('documents.not-registrar'),
  typeset: (scene) =>
    scene.isRegistrar ? yes(scene.state === 'numbered' || scene.state === 'typeset', 'documents.not-numbered') : denied('documents.not-registrar'),
  deleteDraft: (scene) => {
    if (!scene.isOwner) return denied('documents.not-owner')
    return yes(scene.state === 'draft' && !scene.wasSubmitted, 'documents.was-submitted')
  },
  comment: (scene) => (scene.right === 'none' ? denied('documents.not-found') : yes(isOpen(scene.state), 'documents.frozen')),
  submit: (scene) => (scene.isOwner ? yes(scene.state === 'draft', 'documents.not-draft') : denied('documents.not-owner')),
}

/** All verdicts at once, for the page. */
export function abilitiesOf(scene: DocumentScene): Readonly<Record<DocumentAbility, Verdict>> {
  // Safe because the table is walked by its own keys.
  return Object.fromEntries(documentAbilities.map((act) => [act, documentPolicy[act](scene)])) as Record<DocumentAbility, Verdict>
}
