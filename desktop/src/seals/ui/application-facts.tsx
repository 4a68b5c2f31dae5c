import { type ApplicationView, sealNameOf } from '@xiewen/shared/seals'
import { useWords } from '../../platform/i18n/index.ts'
import { Lamp, TimeLeft } from '../../platform/kit/index.ts'
import { toneOfUse } from './tones.ts'

/** What an application is about: the sheet read before approving or impressing. */
export function ApplicationFacts({ application }: { readonly application: ApplicationView }) {
  const { t, format } = useWords()
  const { state, seal } = application
  return (
    <dl className="facts">
      <dt>{t('seals.ui.column.state')}</dt>
      <dd>
        <Lamp tone={toneOfUse(state)} label={t(`seals.use.${state}`)} />
      </dd>
      <dt>{t('seals.ui.column.number')}</dt>
      <dd className="figures">{application.number}</dd>
      <dt>{t('seals.ui.application.pages')}</dt>
      <dd>{t('seals.ui.application.pages-n', { pages: application.pages, page: application.place.page })}</dd>
      <dt>{t('seals.ui.application.digest')}</dt>
      <dd>
        <code title={application.digest}>{application.digest.slice(0, 8)}</code>
      </dd>
      <dt>{t('seals.ui.column.seal')}</dt>
      <dd>
        {sealNameOf(seal)} <span className="soft">{t(`seals.kind.${seal.kind}`)}</span>
      </dd>
      {application.place.straddle === null ? null : (
        <>
          <dt>{t('seals.ui.straddle')}</dt>
          <dd>{t(`seals.ui.straddle.${application.place.straddle.sheets}`)}</dd>
        </>
      )}
      <dt>{t('seals.ui.column.applicant')}</dt>
      <dd>
        {application.applicantName} <span className="soft">{format.moment(application.appliedAt)}</span>
      </dd>
      {application.decidedAt === null ? null : (
        <>
          <dt>{t('seals.ui.column.approver')}</dt>
          <dd>
            {application.approverName} <span className="soft">{format.moment(application.decidedAt)}</span>
          </dd>
          <dt>{t('seals.ui.application.opinion')}</dt>
          <dd>{application.opinion}</dd>
        </>
      )}
      {state === 'permitted' && application.validUntil !== null ? (
        <>
          <dt>{t('seals.ui.application.until')}</dt>
          <dd>
            {format.moment(application.validUntil)} <TimeLeft dueAt={application.validUntil} />
          </dd>
        </>
      ) : null}
      <dt>{t('seals.ui.column.keeper')}</dt>
      <dd>
        {application.keeperName} {application.impressedAt === null ? null : <span className="soft">{format.moment(application.impressedAt)}</span>}
      </dd>
    </dl>
  )
}
