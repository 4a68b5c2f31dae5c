import type { SealsOverview } from '@xiewen/shared/seals'
import { useWords } from '../../platform/i18n/index.ts'
import { Lamp, Panel } from '../../platform/kit/index.ts'

/** 外部吊销列表和证书: which end soon or have ended, and what to do about each; nothing where all is well. */
export function OutsideEndings({ rows }: { readonly rows: SealsOverview['outside'] }) {
  const { t, format } = useWords()
  if (rows.length === 0) return null
  return (
    <Panel title={t('seals.endings.title')}>
      <ul className="plain">
        {rows.map((row) => (
          <li key={row.id}>
            <Lamp tone={row.isOver ? 'red' : 'yellow'} label={t(row.isOver ? 'seals.endings.over' : 'seals.endings.soon', { at: format.moment(row.endsAt) })} /> <span className="strong">{row.name}</span>{' '}
            <span className="soft">{t(`seals.endings.what.${row.what}`)}</span>
            <p className="soft small">{t(row.what === 'list' ? 'seals.endings.list-next' : 'seals.endings.certificate-next')}</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
