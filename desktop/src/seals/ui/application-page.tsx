import { type ApplicationView, sealApplicationIdSchema, sealsContract, type Verification } from '@xiewen/shared/seals'
import { useEffect, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Page } from '../../platform/kit/index.ts'
import { Link, type PageProps } from '../../platform/rooms/index.ts'
import { ApplicationBar } from './application-bar.tsx'
import { ApplicationFacts } from './application-facts.tsx'
import { type Nudge, SealDesk } from './seal-desk.tsx'
import './seals.css'
import { VerificationView } from './verify/verification-view.tsx'

const atRest: Nudge = { x: 0, y: 0 }

/** One 用印申请: what it is about, the page with the seal at its place, and the acts on it. */
export function Component({ params }: PageProps) {
  const { t } = useWords()
  const parsed = sealApplicationIdSchema.safeParse(params['id'])
  if (!parsed.success) return <EmptyState title={t('seals.unknown-application')} />
  return <OneApplication applicationId={parsed.data} />
}

function OneApplication({ applicationId }: { readonly applicationId: ApplicationView['id'] }) {
  const { t } = useWords()
  const answer = useQuery(sealsContract.application, { applicationId }, { refreshOn: ['seals'] })
  const [nudge, setNudge] = useState(atRest)
  const [result, setResult] = useState<Verification | null>(null)
  // The verdict on the sealed file stands at the top; who impressed may be far down the page.
  useEffect(() => {
    if (result !== null) document.getElementById('main')?.scrollTo({ top: 0 })
  }, [result])
  const onSealed = (verification: Verification) => {
    setResult(verification)
    // From now on the place shown is the one impressed.
    setNudge(atRest)
  }
  return (
    <Page title={t('seals.ui.application')} crumbs={[{ label: t('seals.ui.tab.applications'), to: '/seals/applications' }]}>
      <Answer of={answer}>
        {({ application, abilities }) => (
          <div className="seal-application">
            <div className="seal-side">
              <h2>
                <Link to={`/documents/${application.documentId}`}>{application.title}</Link>
              </h2>
              {result === null ? null : <VerificationView result={result} />}
              <ApplicationFacts application={application} />
            </div>
            <SealDesk application={application} nudge={nudge} onNudge={abilities.impress ? setNudge : null} />
            <ApplicationBar application={application} abilities={abilities} nudge={nudge} onSealed={onSealed} reload={answer.reload} />
          </div>
        )}
      </Answer>
    </Page>
  )
}
