/** Beside the inbox: what the application is about. */
import { sealApplicationIdSchema, sealsContract } from '@xiewen/shared/seals'
import { useQuery } from '../../platform/http/index.ts'
import { Answer } from '../../platform/kit/index.ts'
import type { PreviewProps } from '../../platform/rooms/index.ts'
import { ApplicationFacts } from './application-facts.tsx'
import './seals.css'

/** The view; an entry about a seal itself says all in its line. */
export function Component({ entry }: PreviewProps) {
  const parsed = sealApplicationIdSchema.safeParse(entry.subjectId)
  if (entry.subjectKind !== 'application' || !parsed.success) return null
  return <Preview applicationId={parsed.data} />
}

function Preview({ applicationId }: { readonly applicationId: ReturnType<typeof sealApplicationIdSchema.parse> }) {
  const answer = useQuery(sealsContract.application, { applicationId }, { refreshOn: ['seals'] })
  return <Answer of={answer}>{({ application }) => <ApplicationFacts application={application} />}</Answer>
}
