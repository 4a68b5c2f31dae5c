import { type AssignmentView, type Report, supervisionContract } from '@xiewen/shared/supervision'
import { urlOf } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { PersonName, Tag } from '../../platform/kit/index.ts'

/** All reports, the newest first, each with its evidence and what the supervisor said. */
export function ReportList({ view }: { readonly view: AssignmentView }) {
  const { t } = useWords()
  const { reports } = view.assignment
  if (reports.length === 0) return <p className="soft">{t('supervision.ui.no-report')}</p>
  return (
    <ol className="reports">
      {reports.toReversed().map((report) => (
        <li key={report.serial}>
          <ReportCard report={report} view={view} />
        </li>
      ))}
    </ol>
  )
}

function ReportCard({ report, view }: { readonly report: Report; readonly view: AssignmentView }) {
  const { t, format } = useWords()
  const heading = report.kind === 'completion' ? t('supervision.event.completion-claimed') : t('supervision.ui.round', { round: report.round })
  return (
    <article aria-label={`${report.unitName} ${heading}`}>
      <div className="row">
        <span className="strong">{report.unitName}</span>
        <span>{heading}</span>
        <span className="figures">{report.percent}%</span>
        <PersonName name={report.by.name} {...(report.by.onBehalfOf === null ? {} : { onBehalfOf: report.by.onBehalfOf })} />
        <time className="soft small figures" dateTime={new Date(report.at).toISOString()}>
          {format.moment(report.at)}
        </time>
        <ReviewTag report={report} />
      </div>
      <p className="pre">{report.progress}</p>
      {report.problems === '' ? null : <p className="pre"><span className="soft">{t('supervision.ui.field.problems')}</span> {report.problems}</p>}
      {report.nextSteps === '' ? null : <p className="pre"><span className="soft">{t('supervision.ui.field.next-steps')}</span> {report.nextSteps}</p>}
      {report.evidence.length === 0 ? null : (
        <ul className="row evidence" aria-label={t('supervision.ui.field.evidence')}>
          {report.evidence.map((file) => (
            <li key={file.id}>
              <a href={urlOf(supervisionContract.evidence, { assignmentId: view.assignment.id, evidenceId: file.id })} download={file.name}>
                {file.name}
              </a>
              <span className="soft small"> {format.size(file.sizeBytes)}</span>
            </li>
          ))}
        </ul>
      )}
      {report.review === null || report.review.reason === '' ? null : (
        <p className={report.review.outcome === 'returned' ? 'said tone-yellow' : 'said'}>{`${report.review.by.name}：${report.review.reason}`}</p>
      )}
    </article>
  )
}

function ReviewTag({ report }: { readonly report: Report }) {
  const { t } = useWords()
  if (report.review === null) return <Tag tone="blue">{t('supervision.ui.to-review')}</Tag>
  return report.review.outcome === 'accepted' ? <Tag tone="green">{t('supervision.event.reviewed')}</Tag> : <Tag tone="yellow">{t('supervision.event.returned')}</Tag>
}
