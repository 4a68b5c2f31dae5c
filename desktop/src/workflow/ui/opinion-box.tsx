import type { DecisiveAct } from '@xiewen/shared/workflow'
import { Button, Input, type InputRef } from 'antd'
import { type KeyboardEvent, type Ref, useMemo } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { phraseKeys } from './bar-model.ts'

/** Props of `OpinionBox`. */
export interface OpinionBoxProps {
  readonly act: DecisiveAct
  readonly value: string
  readonly onChange: (text: string) => void
  readonly box: Ref<InputRef>
  /** Said in words when something is missing. */
  readonly wrong?: string | null
}

/** The box for an opinion with phrases (常用语); Alt+1…5 chooses one. */
export function OpinionBox({ act, value, onChange, box, wrong = null }: OpinionBoxProps) {
  const { t } = useWords()
  const phrases = useMemo(() => phraseKeys(act, t).map((key) => t(key)), [act, t])
  const onKeyDown = (event: KeyboardEvent) => {
    const phrase = event.altKey ? phrases[Number(event.key) - 1] : undefined
    if (phrase === undefined) return
    event.preventDefault()
    onChange(phrase)
  }
  return (
    <div className="wf-opinion">
      <Input.TextArea
        ref={box}
        aria-label={t('workflow.ui.opinion')}
        aria-invalid={wrong !== null}
        placeholder={t('workflow.ui.opinion-hint')}
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={2000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <fieldset className="wf-phrases" aria-label={t('workflow.ui.phrases')}>
        {phrases.map((phrase, index) => (
          <Button key={phrase} size="small" type="dashed" title={`Alt+${index + 1}`} onClick={() => onChange(phrase)}>
            {phrase}
          </Button>
        ))}
      </fieldset>
      {wrong === null ? null : (
        <div className="wrong" role="alert">
          {wrong}
        </div>
      )}
    </div>
  )
}
