/** Signing for an assignment (签收): one press, for every unit of the reader's that has not signed. */
import { type AssignmentView, supervisionContract } from '@xiewen/shared/supervision'
import { type CallError, refreshQueries, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { tellDone } from '../../platform/kit/index.ts'

/** What the bar needs. */
export interface Accepting {
  readonly accept: () => void
  readonly busy: boolean
  readonly error: CallError | null
  readonly unitNames: readonly string[]
}

/** Prepares the button. */
export function useAccept(view: AssignmentView): Accepting {
  const { t } = useWords()
  const command = useCommand(supervisionContract.accept)
  const open = view.handles.filter((unit) => !unit.accepted)
  const accept = async () => {
    for (const unit of open) {
      if ((await command.run({ assignmentId: view.assignment.id, unitId: unit.unitId })) === null) return
    }
    refreshQueries(supervisionContract.view)
    tellDone(t('supervision.ui.done'))
  }
  return { accept: () => void accept(), busy: command.busy, error: command.error, unitNames: open.map((unit) => unit.unitName) }
}
