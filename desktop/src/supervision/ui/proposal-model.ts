/** What is chosen of a document's proposals before it is assigned. Pure. */
import type { CivilDate } from '@xiewen/shared/base'
import type { UnitId } from '@xiewen/shared/directory'
import type { DocumentId } from '@xiewen/shared/documents'
import type { FeedbackPeriod, Proposal } from '@xiewen/shared/supervision'

/** One proposal as it stands on the page. `dueOn` null takes the date set for all. */
export interface Choice {
  readonly proposal: Proposal
  readonly isChosen: boolean
  readonly lead: UnitId | null
  readonly supports: readonly UnitId[]
  readonly dueOn: CivilDate | null
}

/** Proposals at first: chosen where the lead was found and nothing was made of them yet. */
export function choicesOf(proposals: readonly Proposal[]): readonly Choice[] {
  return proposals.map((proposal) => ({
    proposal,
    isChosen: proposal.existing === null && proposal.leadUnitId !== null,
    lead: proposal.leadUnitId,
    supports: proposal.supportUnitIds,
    dueOn: null,
  }))
}

/** Whether it can be assigned: not yet made, and a lead is named. */
export function isReady(choice: Choice): boolean {
  return choice.proposal.existing === null && choice.lead !== null
}

/** The chosen ones that can be assigned. */
export function readyChoices(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter((choice) => choice.isChosen && isReady(choice))
}

/** Chosen or all ready ones off: what the box above the list does. */
export function toggleAll(choices: readonly Choice[]): readonly Choice[] {
  const ready = choices.filter(isReady)
  const isChosen = !ready.every((choice) => choice.isChosen)
  return choices.map((choice) => (isReady(choice) ? { ...choice, isChosen } : choice))
}

/** Items of the `assign` command, each kept once under its block. */
export function itemsOf(choices: readonly Choice[], documentId: DocumentId, common: { readonly dueOn: CivilDate; readonly feedback: FeedbackPeriod }) {
  return readyChoices(choices).flatMap(({ proposal, lead, supports, dueOn }) =>
    lead === null
      ? []
      : [
          {
            kind: 'new' as const,
            source: { kind: 'document' as const, documentId, block: proposal.block, label: proposal.label, quote: proposal.quote },
            title: proposal.title,
            task: proposal.task,
            leadUnitId: lead,
            supportUnitIds: supports.filter((unit) => unit !== lead),
            dueOn: dueOn ?? common.dueOn,
            feedback: common.feedback,
          },
        ],
  )
}
