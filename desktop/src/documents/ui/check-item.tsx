import { anchorOf, documentsContract, type Finding, mayIgnore } from '@xiewen/shared/documents'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Lamp, RefusalNotice, type Tone } from '../../platform/kit/index.ts'
import { goTo } from './editor/create-editor.ts'
import { spotsOf } from './editor/finding-marks.ts'
import { describeFinding, repairFinding } from './finding-words.ts'
import type { Desk } from './workbench-model.ts'

const tones: Readonly<Record<Finding['severity'], Tone>> = { error: 'red', warning: 'yellow', hint: 'grey' }

/** One finding: what is wrong, by which clause, and what can be done about it. */
export function FindingItem({ finding, desk }: { readonly finding: Finding; readonly desk: Desk }) {
  const { t } = useWords()
  const { editor } = desk
  const { element } = finding
  const [isIgnoring, setIgnoring] = useState(false)
  const [spot] = editor === null ? [] : spotsOf(editor.state.doc, finding)
  const mayPutAside = mayIgnore(finding) && desk.opened.abilities.suggest?.allowed === true
  return (
    <li>
      <div className="row">
        <Lamp tone={tones[finding.severity]} label={t(`documents.ui.check.${finding.severity}`)} />
        <strong>{t(`documents.lint.${finding.rule}.name`)}</strong>
        <span className="grow" />
        <span className="soft small figures">
          {t(`documents.lint.level.${finding.level}`)} {finding.rule}
        </span>
      </div>
      <p>{describeFinding(finding, t)}</p>
      <div className="row">
        {spot && editor ? (
          <Button size="small" onClick={() => goTo(editor, spot.from)}>
            {t('documents.ui.check.show')}
          </Button>
        ) : null}
        {element === null ? null : (
          <Button size="small" onClick={() => desk.showElement(element)}>
            {t('documents.ui.check.show')}
          </Button>
        )}
        {finding.fix && editor?.isEditable ? (
          <Button size="small" type="primary" ghost onClick={() => repairFinding({ editor, live: desk.live, isRevising: desk.mode === 'revise' }, finding)}>
            {t('documents.ui.check.fix')}
          </Button>
        ) : null}
        {mayPutAside && !isIgnoring ? (
          <Button size="small" type="text" onClick={() => setIgnoring(true)}>
            {t('documents.ui.check.ignore')}
          </Button>
        ) : null}
      </div>
      {isIgnoring ? <IgnoreForm finding={finding} desk={desk} onClose={() => setIgnoring(false)} /> : null}
    </li>
  )
}

/** 忽略此处: with a reason, because whoever reviews the document (核稿人) reads it. */
function IgnoreForm({ finding, desk, onClose }: { readonly finding: Finding; readonly desk: Desk; readonly onClose: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const ignore = useCommand(documentsContract.ignoreFinding)
  const act = async () => {
    // The server checks its own copy: what was typed a moment ago has to be there first.
    if (!(await desk.settle())) return
    const anchor = anchorOf(desk.document, finding)
    if (await ignore.run({ documentId: desk.opened.document.id, rule: finding.rule, anchor, reason: reason.trim() })) onClose()
  }
  return (
    <div className="ignore-form">
      <Input
        autoFocus
        aria-label={t('documents.ui.check.reason')}
        placeholder={t('documents.ui.check.reason-hint')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={() => void act()}
      />
      <div className="row">
        <Button size="small" type="primary" loading={ignore.busy} disabled={reason.trim().length < 2} onClick={() => void act()}>
          {t('documents.ui.check.ignore')}
        </Button>
        <Button size="small" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
      <RefusalNotice error={ignore.error} />
    </div>
  )
}
