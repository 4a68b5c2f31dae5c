import { archiveContract } from '@xiewen/shared/archive'
import { documentIdSchema } from '@xiewen/shared/documents'
import { Button } from 'antd'
import { urlOf, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer } from '../../platform/kit/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { useSession } from '../../platform/rooms/index.ts'
import './archive.css'
import { EnvelopeAct } from './envelope-act.tsx'

/** Those who keep an organ's documents; the server asks the same. */
const mayTake = ['archivist', 'registrar', 'office-director'] as const

/** 存证: where the document is filed, and the package that proves how it came about. */
export function Component(props: DocumentSlotProps) {
  const { t, format } = useWords()
  const { duties } = useSession()
  const documentId = documentIdSchema.parse(props.documentId)
  const found = useQuery(archiveContract.ofDocument, { documentId }, { refreshOn: ['archive'] })
  return (
    <>
      <Answer of={found}>
        {({ filed }) => (
          <dl className="facts">
            <dt>{t('archive.ui.filed-under')}</dt>
            <dd>{filed === null ? t('archive.ui.not-filed') : `${filed.number} · ${format.date(filed.at)}`}</dd>
          </dl>
        )}
      </Answer>
      {duties.some((duty) => mayTake.some((each) => each === duty)) ? (
        <>
          <p className="soft archive-evidence-words">{t('archive.ui.evidence-explained')}</p>
          <p className="row">
            <Button href={urlOf(archiveContract.evidence, { documentId })} download>
              {t('archive.ui.evidence-take')}
            </Button>
            <EnvelopeAct documentId={documentId} />
          </p>
        </>
      ) : null}
    </>
  )
}
