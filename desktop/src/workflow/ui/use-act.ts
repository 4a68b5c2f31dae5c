/** Doing an act: everything typed is saved first, then the act, then what is on screen is asked for again. */
import type { AnyContract, Contract, InputOf, OutputOf } from '@xiewen/shared/base'
import { type ActKind, actKinds, workflowContract } from '@xiewen/shared/workflow'
import { useCallback, useState } from 'react'
import { call, type CallError, isCallError, linkState, newActKey, OfflineError, refusalOf } from '../../platform/http/index.ts'
import { currentSpeech, useWords } from '../../platform/i18n/index.ts'
import { offerUndo, tellDone } from '../../platform/kit/index.ts'
import { queueAct } from '../../platform/outbox/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { refreshCases } from './use-case.ts'

type AnyCommand = Contract<'command', AnyContract['input'], AnyContract['output']>

/** What can be taken back after an act. */
export interface UndoPlace {
  readonly caseId: string
  readonly taskId: string
}

/** Acts for the buttons of the bar. */
export interface Acting {
  readonly busy: boolean
  readonly error: CallError | null
  readonly notSaved: boolean
  readonly clear: () => void
  /** Acts; answers null when it was refused. `undo` offers to take it back for ten seconds. */
  readonly act: <C extends AnyCommand>(contract: C, input: InputOf<C>, told: string, undo?: UndoPlace | null) => Promise<OutputOf<C> | null>
}

/** Acting on the document of a page. */
export function useAct(page: Pick<DocumentSlotProps, 'settle' | 'reload' | 'title' | 'documentId'>): Acting {
  const { t } = useWords()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const [notSaved, setNotSaved] = useState(false)
  const { settle, reload, title, documentId } = page
  const clear = useCallback(() => {
    setError(null)
    setNotSaved(false)
  }, [])
  const finish = useCallback(() => {
    refreshCases()
    reload()
  }, [reload])
  const act = useCallback(
    async <C extends AnyCommand>(contract: C, input: InputOf<C>, told: string, undo: UndoPlace | null = null): Promise<OutputOf<C> | null> => {
      setBusy(true)
      clear()
      const number = newActKey()
      try {
        // Without a network the text waits on this computer, and so may the act: the text goes up before it.
        if (linkState().online && !(await settle()) && linkState().online) {
          setNotSaved(true)
          return null
        }
        const output = await call(contract, input, { idempotencyKey: number })
        if (undo) offerUndo(told, () => void takeBack(undo, t('workflow.ui.done.withdrawn'), finish))
        else tellDone(told)
        return output
      } catch (problem) {
        if (!isCallError(problem)) throw problem
        const label = t('workflow.ui.queued.label', { title: title === '' ? t('documents.room') : title, act: actWord(contract.name, t) })
        if (problem instanceof OfflineError && (await queueAct(contract, input, { number, label, documentId }))) tellDone(t('ui.outbox.queued'))
        else setError(problem)
        return null
      } finally {
        setBusy(false)
        finish()
      }
    },
    [settle, clear, finish, t, title, documentId],
  )
  return { busy, error, notSaved, clear, act }
}

/** 同意, 签发, 退回 …: the word of a command's act. */
function actWord(command: string, t: (key: string) => string): string {
  const kind = command.slice(command.indexOf('.') + 1)
  return isActKind(kind) ? t(`workflow.act.${kind}`) : t('workflow.ui.queued.act')
}

function isActKind(name: string): name is ActKind {
  return actKinds.some((each) => each === name)
}

/** Takes back with the version the case has now: the act itself has made it newer than what was on screen. */
async function takeBack(place: UndoPlace, told: string, finish: () => void): Promise<void> {
  // Safe because these ids came from the server.
  const known = place as unknown as Pick<InputOf<typeof workflowContract.withdraw>, 'caseId' | 'taskId'>
  try {
    const { case: seen } = await call(workflowContract.case, { caseId: known.caseId })
    if (!seen) return
    await call(workflowContract.withdraw, { ...known, expectedVersion: seen.version })
    tellDone(told)
  } catch (problem) {
    if (!isCallError(problem)) throw problem
    const { code, params } = refusalOf(problem)
    tellDone(currentSpeech().t(code, params))
  } finally {
    finish()
  }
}
