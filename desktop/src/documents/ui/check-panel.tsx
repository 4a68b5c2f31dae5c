import { type Finding, planRepairs, type Severity, severities } from '@xiewen/shared/documents'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { EmptyState } from '../../platform/kit/index.ts'
import { AsideList } from './check-aside.tsx'
import { FindingItem } from './check-item.tsx'
import { PageFindings } from './check-pages.tsx'
import { RepairSheet } from './check-repair-sheet.tsx'
import type { Desk } from './workbench-model.ts'

type Filter = Severity | 'all'

/** 检查: what the checker found, grouped by weight, with reason, clause and repair. Errors keep the document from 送审. */
export function CheckPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const { findings } = desk
  const [filter, setFilter] = useState<Filter>('all')
  const [isRepairing, setRepairing] = useState(false)
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length
  const repairs = planRepairs(findings)
  const isEditable = desk.editor?.isEditable === true
  const shown = severities.filter((severity) => (filter === 'all' || filter === severity) && count(severity) > 0)
  return (
    <>
      {findings.length === 0 ? (
        <EmptyState title={t('documents.ui.check.clean')} hint={t('documents.ui.check.clean-hint')} />
      ) : (
        <>
          <p>{t('documents.ui.check.sum', { errors: count('error'), warnings: count('warning'), hints: count('hint') })}</p>
          <Segmented<Filter>
            block
            className="check-filter"
            aria-label={t('documents.ui.check.filter')}
            value={filter}
            onChange={setFilter}
            options={[{ value: 'all', label: t('documents.ui.check.all') }, ...severities.map((value) => ({ value, label: `${t(`documents.ui.check.${value}`)} ${count(value)}` }))]}
          />
          {isEditable && repairs.length > 0 ? (
            <div className="row check-repairs">
              <Button type="primary" ghost onClick={() => setRepairing(true)}>
                {t('documents.ui.check.fix-all', { count: repairs.length })}
              </Button>
              <span className="soft small">{t('documents.ui.check.key')}</span>
            </div>
          ) : null}
        </>
      )}
      {shown.map((severity) => (
        <Group key={severity} severity={severity} findings={findings.filter((finding) => finding.severity === severity)} desk={desk} />
      ))}
      <PageFindings desk={desk} />
      <AsideList desk={desk} />
      {isRepairing ? <RepairSheet desk={desk} onClose={() => setRepairing(false)} /> : null}
    </>
  )
}

/** How many of one group are shown before somebody asks for more: a pasted text may have hundreds. */
const firstShown = 50

function Group({ severity, findings, desk }: { readonly severity: Severity; readonly findings: readonly Finding[]; readonly desk: Desk }) {
  const { t } = useWords()
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? findings : findings.slice(0, firstShown)
  return (
    <section aria-label={t(`documents.ui.check.${severity}`)}>
      <h3 className="check-group">
        {t(`documents.ui.check.${severity}`)} <span className="soft">{findings.length}</span>
      </h3>
      <ol className="plain-list findings">
        {shown.map((finding, index) => (
          <FindingItem key={`${index}${finding.rule}${finding.block}${finding.from}`} finding={finding} desk={desk} />
        ))}
      </ol>
      {shown.length < findings.length ? (
        <Button block onClick={() => setWhole(true)}>
          {t('documents.ui.check.more', { count: findings.length - shown.length })}
        </Button>
      ) : null}
    </section>
  )
}
