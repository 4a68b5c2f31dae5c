import type { Finding } from '@xiewen/shared/documents'
import { Button } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { EmptyState, Lamp, type Tone } from '../../platform/kit/index.ts'
import { goTo } from './editor/create-editor.ts'
import { spotsOf } from './editor/finding-marks.ts'
import { describeFinding, repairFinding } from './finding-words.ts'
import type { Desk } from './workbench-model.ts'

const tones: Readonly<Record<Finding['severity'], Tone>> = { error: 'red', warning: 'yellow', hint: 'grey' }
const severities = ['error', 'warning', 'hint'] as const

/** 检查: what the checker found, with clause, reason and repair. Errors keep the document from 送审. */
export function CheckPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const { findings } = desk
  if (findings.length === 0) return <EmptyState title={t('documents.ui.check.clean')} hint={t('documents.ui.check.clean-hint')} />
  const fixable = findings.filter((finding) => finding.fix !== undefined)
  const isEditable = desk.editor?.isEditable === true
  const ordered = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
  return (
    <>
      <p>{t('documents.ui.check.sum', countsOf(findings))}</p>
      {isEditable && fixable.length > 0 ? <p className="soft small">{t('documents.ui.check.key')}</p> : null}
      <ol className="plain-list findings">
        {ordered.map((finding, index) => (
          <FindingItem key={`${index}${finding.rule}${finding.block}${finding.from}`} finding={finding} desk={desk} />
        ))}
      </ol>
    </>
  )
}

function countsOf(findings: readonly Finding[]) {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length
  return { errors: count('error'), warnings: count('warning'), hints: count('hint') }
}

function FindingItem({ finding, desk }: { readonly finding: Finding; readonly desk: Desk }) {
  const { t } = useWords()
  const { editor } = desk
  const [spot] = editor === null ? [] : spotsOf(editor.state.doc, finding)
  return (
    <li>
      <div className="row">
        <Lamp tone={tones[finding.severity]} label={t(`documents.ui.check.${finding.severity}`)} />
        <span className="soft small">{finding.rule}</span>
      </div>
      <p>{describeFinding(finding, t)}</p>
      <p className="soft small">{finding.clause}</p>
      <div className="row">
        {spot && editor ? (
          <Button size="small" onClick={() => goTo(editor, spot.from)}>
            {t('documents.ui.check.show')}
          </Button>
        ) : null}
        {finding.fix && editor?.isEditable ? (
          <Button size="small" type="primary" ghost onClick={() => repairFinding({ editor, live: desk.live, isRevising: desk.mode === 'revise' }, finding)}>
            {t('documents.ui.check.fix')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
