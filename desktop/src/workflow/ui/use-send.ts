/** Ending a task: what is missing is asked for, 签发 by 圈阅 is confirmed, then the act goes out. */
import type { AnyContract, Contract, InputOf } from '@xiewen/shared/base'
import { type AbilitiesView, codesNeedingText, type DecisiveAct, type OpinionCode, workflowContract } from '@xiewen/shared/workflow'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { codeFor, nextNames } from './bar-model.ts'
import type { BarProps } from './bar-props.ts'
import type { Acting } from './use-act.ts'
import type { DraftAct } from './use-draft-act.ts'

type AnyCommand = Contract<'command', AnyContract['input'], AnyContract['output']>
const contractOf: Readonly<Record<DecisiveAct, AnyCommand>> = workflowContract

/** Sending, and what it still asks for. */
export interface Sending {
  readonly send: (kind: DecisiveAct, confirmed: boolean, leaveComments?: boolean) => void
  /** What is missing, in words, or null. */
  readonly wrong: string | null
  readonly clearWrong: () => void
  /** True while 圈阅 waits for the explicit yes. */
  readonly confirming: boolean
  readonly stopConfirming: () => void
}

/** Prepares the buttons that end a task. `focus` brings the user to the opinion box. */
export function useSend(
  { seen, task, draft, acting, focus }: Pick<BarProps, 'seen'> & {
    readonly task: NonNullable<AbilitiesView['task']>
    readonly draft: DraftAct
    readonly acting: Acting
    readonly focus: () => void
  },
  stance: OpinionCode | null,
): Sending {
  const { t } = useWords()
  const [wrong, setWrong] = useState<string | null>(null)
  const [confirming, setConfirming] = useState(false)
  const told = (kind: DecisiveAct): string => {
    const names = nextNames(draft.preview).join(t('ui.list-comma'))
    if (kind === 'sign') return t('workflow.ui.done.signed')
    if (kind === 'finish') return t('workflow.ui.done.finished')
    return names === '' ? t('workflow.ui.done.acted') : t('workflow.ui.done.to', { names })
  }
  const send = (kind: DecisiveAct, confirmed: boolean, leaveComments = false) => {
    const code = codeFor(kind, kind === task.acts[0] ? stance : null, draft.text)
    if (codesNeedingText.has(code) && draft.text.trim() === '') {
      setWrong(t('workflow.opinion-needed'))
      focus()
      return
    }
    if (kind === 'sign' && code === 'CIRCLE' && !confirmed) {
      setConfirming(true)
      return
    }
    setConfirming(false)
    const common = { caseId: seen.id, taskId: task.id, expectedVersion: seen.version, code, opinion: draft.text }
    const input = kind === 'sign' ? { ...common, confirmed, leaveComments } : { ...common, choice: draft.choice }
    const closes = kind === 'sign' || kind === 'finish'
    // Safe because the table pairs every act with its own contract and the server parses the input.
    void acting.act(contractOf[kind], input as InputOf<AnyCommand>, told(kind), closes ? null : { caseId: seen.id, taskId: task.id })
  }
  return { send, wrong, clearWrong: () => setWrong(null), confirming, stopConfirming: () => setConfirming(false) }
}
