import { documentIdSchema, documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Page } from '../../platform/kit/index.ts'
import type { PageProps } from '../../platform/rooms/index.ts'
import './documents.css'
import './paper.css'
import { Workbench } from './workbench.tsx'

/** One document in three zones: outline and files, text, everything about it. */
export function Component({ params, query }: PageProps) {
  const { t } = useWords()
  const id = documentIdSchema.safeParse(params['id'] ?? '')
  if (!id.success) {
    return (
      <Page title={t('documents.room')}>
        <EmptyState title={t('documents.not-found')} />
      </Page>
    )
  }
  return <OpenDocument key={id.data} documentId={id.data} taskId={query.get('task')} panel={query.get('panel')} />
}

function OpenDocument(props: { readonly documentId: DocumentId; readonly taskId: string | null; readonly panel: string | null }) {
  const opened = useQuery(documentsContract.open, { documentId: props.documentId }, { refreshOn: [`document:${props.documentId}`] })
  return <Answer of={opened}>{(data) => <Workbench opened={data} isFresh={opened.kind === 'ready' && !opened.refreshing} reload={opened.reload} taskId={props.taskId} askedPanel={props.panel} />}</Answer>
}
