import { workflowContract } from '@xiewen/shared/workflow'
import { Button } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { PersonName, RefusalNotice } from '../../platform/kit/index.ts'
import type { BarProps } from './bar-props.ts'
import { useAct } from './use-act.ts'

/** 传阅: who has read, who has not, what they said; one button urges the missing. */
export function ReadersList({ page, seen }: BarProps) {
  const { t, format } = useWords()
  const acting = useAct(page)
  const missing = seen.readings.filter((reading) => reading.readAt === null).length
  const read = seen.readings.length - missing
  const urge = () => void acting.act(workflowContract.urgeReading, { caseId: seen.id }, t('workflow.ui.done.urged', { count: missing }))
  return (
    <section className="wf-readers" aria-label={t('workflow.ui.reading.title')}>
      <div className="row">
        <span className="strong">{t('workflow.ui.reading.title')}</span>
        <span className="figures">{t('workflow.ui.reading-count', { read, total: seen.readings.length })}</span>
        {missing > 0 && seen.abilities.circulate === null ? (
          <Button size="small" loading={acting.busy} onClick={urge}>
            {t('workflow.ui.urge-reading')}
          </Button>
        ) : null}
      </div>
      <RefusalNotice error={acting.error} />
      <ul>
        {seen.readings.map((reading) => (
          <li key={reading.holder.postId}>
            <PersonName name={reading.holder.personName} unit={reading.holder.unitName} post={reading.holder.postTitle} />{' '}
            <span className="soft small">{reading.readAt === null ? t('workflow.ui.reading.unread') : `${t('workflow.ui.read')} ${format.moment(reading.readAt)}`}</span>
            {reading.opinion === '' ? null : <p className="said">{reading.opinion}</p>}
            <p className="soft small">{reading.purpose}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
