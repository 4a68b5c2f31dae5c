import { formatAssignmentNumber, type LedgerRow } from '@xiewen/shared/supervision'
import type { Speech } from '../../platform/i18n/index.ts'
import { type Column, UrgencyTag } from '../../platform/kit/index.ts'
import { AssignmentLamp, StageStrip } from './signs.tsx'

/** Columns of the ledger: 事项 · 来源 · 牵头与配合 · 时限 · 阶段 · 最近反馈 · 灯. */
export function ledgerColumns({ t, format }: Speech): readonly Column<LedgerRow>[] {
  return [
    {
      key: 'title',
      title: t('supervision.ui.column.title'),
      role: 'main',
      render: (row) => (
        <span className="matter matter-title">
          <span className="strong">{row.title}</span> <UrgencyTag urgency={row.urgency} />
          <span className="soft small">{row.number === null ? t('supervision.ui.no-number') : formatAssignmentNumber(row.number)}</span>
        </span>
      ),
    },
    {
      key: 'source',
      title: t('supervision.ui.column.source'),
      role: 'wide-only',
      render: (row) => (
        <span className="matter matter-source small">
          <span className="clamp">{row.sourceTitle}</span>
          <span className="soft">{row.sourceLabel === row.sourceTitle ? t(`supervision.source.${row.sourceKind}`) : row.sourceLabel}</span>
        </span>
      ),
    },
    {
      key: 'units',
      title: t('supervision.ui.column.units'),
      render: (row) => (
        <span className="matter matter-units">
          <span>{row.lead?.unitName ?? '—'}</span>
          {row.supports.length === 0 ? null : <span className="soft small">{supportWords(row, t)}</span>}
        </span>
      ),
    },
    { key: 'due', title: t('supervision.ui.column.due'), fit: 'tight', render: (row) => (row.dueOn === null ? '—' : <span className="figures">{format.civilDate(row.dueOn)}</span>) },
    { key: 'stage', title: t('supervision.ui.column.stage'), fit: 'tight', render: (row) => <StageStrip state={row.state} percent={row.percent} /> },
    {
      key: 'last',
      title: t('supervision.ui.column.last'),
      role: 'wide-only',
      render: (row) =>
        row.lastReport === null ? (
          <span className="soft">{t('supervision.ui.no-report')}</span>
        ) : (
          <span className="matter small">
            <span className="clamp">{row.lastReport.progress}</span>
            <span className="soft">{`${row.lastReport.unitName} ${format.date(row.lastReport.at)}`}</span>
          </span>
        ),
    },
    { key: 'lamp', title: t('supervision.ui.column.lamp'), fit: 'tight', render: (row) => <AssignmentLamp lamp={row.lamp} /> },
  ]
}

function supportWords(row: LedgerRow, t: Speech['t']): string {
  const [first, second, ...rest] = row.supports.map((unit) => unit.unitName)
  const names = [first, second].filter((name) => name !== undefined).join(t('ui.list-comma'))
  return rest.length === 0 ? t('supervision.ui.with', { units: names }) : t('supervision.ui.with-more', { units: names, count: row.supports.length })
}
