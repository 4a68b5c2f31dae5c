import { type StepKey, type TaskId, workflowContract } from '@xiewen/shared/workflow'
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field } from '../../platform/kit/index.ts'
import type { ActSheetProps } from './bar-props.ts'

/** 退回 in two plain questions: to whom, and what happens afterwards. */
export function ReturnSheet({ seen, taskId, acting, onClose }: ActSheetProps) {
  const { t } = useWords()
  const targets = seen.abilities.returnTo
  const [to, setTo] = useState<StepKey | undefined>(targets[0]?.step)
  const [then, setThen] = useState<'run-again' | 'back-to-me'>('back-to-me')
  const [reason, setReason] = useState('')
  const confirm = async () => {
    if (to === undefined || taskId === null) return
    // Safe because the task is one of the case on screen.
    const input = { caseId: seen.id, taskId: taskId as TaskId, expectedVersion: seen.version, to, then, opinion: reason }
    if (await acting.act(workflowContract.return, input, t('workflow.ui.done.returned'), { caseId: seen.id, taskId })) onClose()
  }
  return (
    <ConfirmSheet
      open
      title={t('workflow.ui.return.title')}
      confirmLabel={t('workflow.ui.return.act')}
      disabled={reason.trim() === '' || to === undefined}
      busy={acting.busy}
      error={acting.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Field label={t('workflow.ui.return.reason')} required>
        {(control) => <Input.TextArea {...control} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <fieldset className="wf-question">
        <legend>{t('workflow.ui.return.to')}</legend>
        <Radio.Group value={to} onChange={(event) => setTo(targets.find((target) => target.step === event.target.value)?.step)}>
          {targets.map((target) => (
            <Radio key={target.step} value={target.step}>
              {t(`workflow.step.${target.step}`)} {target.holders.map((holder) => holder.personName).join(t('ui.list-comma'))}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <fieldset className="wf-question">
        <legend>{t('workflow.ui.return.then')}</legend>
        <Radio.Group value={then} onChange={(event) => setThen(event.target.value === 'run-again' ? 'run-again' : 'back-to-me')}>
          <Radio value="back-to-me">{t('workflow.ui.return.back-to-me')}</Radio>
          <Radio value="run-again">{t('workflow.ui.return.run-again')}</Radio>
        </Radio.Group>
      </fieldset>
    </ConfirmSheet>
  )
}
