import { applyFix, blockText, type Finding, planRepairs } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet } from '../../platform/kit/index.ts'
import { repairFinding } from './finding-words.ts'
import type { Desk } from './workbench-model.ts'

/** 全部改正: every safe repair, each shown before and after, made together once confirmed. */
export function RepairSheet({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) {
  const { t } = useWords()
  const repairs = planRepairs(desk.findings)
  const act = () => {
    const { editor } = desk
    if (editor) for (const finding of repairs) repairFinding({ editor, live: desk.live, isRevising: desk.mode === 'revise' }, finding)
    onClose()
  }
  return (
    <ConfirmSheet open title={t('documents.ui.check.fix-all', { count: repairs.length })} confirmLabel={t('documents.ui.check.fix-all-act')} disabled={repairs.length === 0} onConfirm={act} onClose={onClose}>
      <p className="soft">{t('documents.ui.check.fix-all-hint')}</p>
      <ol className="plain-list findings compared">
        {repairs.map((finding, index) => (
          <li key={`${index}${finding.rule}${finding.block}`}>
            <span className="soft small">{t(`documents.lint.${finding.rule}.name`)}</span>
            <Change desk={desk} finding={finding} />
          </li>
        ))}
      </ol>
    </ConfirmSheet>
  )
}

/** How much of a paragraph is shown around a repair. */
const around = 14

function Change({ desk, finding }: { readonly desk: Desk; readonly finding: Finding }) {
  const { t } = useWords()
  const { fix } = finding
  if (!fix) return null
  if (fix.kind === 'set-element') {
    return (
      <p>
        <del>{String(finding.params['text'])}</del> <ins>{Array.isArray(fix.value) ? fix.value.join('、') : String(fix.value)}</ins>
      </p>
    )
  }
  const before = textOf(desk, fix.block)
  if (fix.kind === 'remove-block') return <p>{t('documents.ui.check.removes-blank')}</p>
  const after = textOf({ document: applyFix(desk.document, fix) }, fix.block)
  const from = Math.max(0, finding.from - around)
  const grown = after.length - before.length
  const to = Math.min(before.length, (finding.spots.at(-1)?.to ?? finding.to) + around)
  return (
    <p>
      <del>{before.slice(from, to)}</del> <ins>{after.slice(from, to + grown)}</ins>
    </p>
  )
}

function textOf({ document }: Pick<Desk, 'document'>, index: number): string {
  const block = document.blocks[index]
  return block ? blockText(block) : ''
}
