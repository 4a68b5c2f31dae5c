import type { InputRef } from 'antd'
import { Button, Checkbox } from 'antd'
import { workflowContract } from '@xiewen/shared/workflow'
import type { InputOf } from '@xiewen/shared/base'
import { useRef, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { DecisionBar, Notice, RefusalNotice } from '../../platform/kit/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { hintOf, nextNames, offBecause } from './bar-model.ts'
import { OpinionBox } from './opinion-box.tsx'
import { Picks } from './picks.tsx'
import { useAct } from './use-act.ts'
import { useDraftAct } from './use-draft-act.ts'
import { useBarKeys } from './use-keys.ts'

/** 送审: who gets it, which departments countersign, and what the checker still objects to. */
export function SubmitBar(props: DocumentSlotProps) {
  const speech = useWords()
  const { t } = speech
  const box = useRef<InputRef>(null)
  const [officeDirector, setOfficeDirector] = useState(false)
  const draft = useDraftAct({ kind: 'draft', documentId: props.documentId, officeDirector })
  const acting = useAct(props)
  const isMine = draft.preview?.refusal?.code !== 'workflow.not-starter' && draft.preview?.refusal?.code !== 'workflow.not-a-draft'
  const lint = props.errorCount > 0 ? t('workflow.ui.lint', { count: props.errorCount }) : null
  const off = lint ?? offBecause(draft.preview, speech)
  const submit = () => {
    // Safe because ids come from the server and it parses them again.
    const input = { documentId: props.documentId, choice: draft.choice, opinion: draft.text, officeDirector } as InputOf<typeof workflowContract.start>
    const told = t('workflow.ui.done.to', { names: nextNames(draft.preview).join(t('ui.list-comma')) })
    void acting.act(workflowContract.start, input, told)
  }
  useBarKeys(isMine && off === null ? [{ id: 'workflow.submit', labelKey: 'workflow.ui.go.submit', shortcut: 'a', run: submit }] : [])
  if (draft.preview === null || !isMine) return null
  return (
    <DecisionBar
      foldsOnPhone
      wantsSight={acting.notSaved || acting.error !== null}
      primary={{ key: 'submit', label: t('workflow.ui.go.submit'), to: nextNames(draft.preview), busy: acting.busy, offBecause: off, onAct: submit }}
      hint={hintOf(draft.preview, speech)}
    >
      <div className="wf-bar">
        <Picks picks={draft.preview.picks} posts={draft.posts} ids={draft.ids} onPosts={draft.setPosts} onIds={draft.setIds} />
        <OpinionBox act="submit" value={draft.text} onChange={draft.setText} box={box} />
        <Checkbox checked={officeDirector} onChange={(event) => setOfficeDirector(event.target.checked)}>
          {t('workflow.ui.office-director')}
        </Checkbox>
        {lint === null ? null : (
          <Button size="small" type="link" onClick={() => props.showPanel('check')}>
            {t('workflow.ui.lint.show')}
          </Button>
        )}
        {acting.notSaved ? <Notice kind="warning">{t('workflow.ui.not-saved')}</Notice> : null}
        <RefusalNotice error={acting.error} />
      </div>
    </DecisionBar>
  )
}
