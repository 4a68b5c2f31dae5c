import type { OutputOf } from '@xiewen/shared/base'
import { builtInIds, documentIdSchema, documentsContract, getBuiltIn, type TemplateContent, templateIdSchema, type TemplateId } from '@xiewen/shared/documents'
import { useMemo } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Page } from '../../platform/kit/index.ts'
import type { PageProps } from '../../platform/rooms/index.ts'
import './documents.css'
import { type TemplateBase, TemplateDesk } from './template-desk.tsx'

/** One template: a new one (from a built-in template or from a document) or one that is kept. */
export function Component({ params, query }: PageProps) {
  const { t } = useWords()
  const id = templateIdSchema.safeParse(params['id'] ?? '')
  if (id.success) return <KeptTemplate templateId={id.data} version={Number(query.get('version') ?? 0)} />
  const from = documentIdSchema.safeParse(query.get('from') ?? '')
  if (params['id'] === 'new') return from.success ? <FromDocument documentId={from.data} /> : <FromBuiltIn name={query.get('built-in') ?? ''} />
  return (
    <Page title={t('documents.ui.templates')}>
      <EmptyState title={t('documents.unknown-template')} />
    </Page>
  )
}

function KeptTemplate({ templateId, version }: { readonly templateId: TemplateId; readonly version: number }) {
  const input = useMemo(() => ({ templateId, ...(version > 0 ? { version } : {}) }), [templateId, version])
  const answer = useQuery(documentsContract.template, input, { refreshOn: ['templates'] })
  return <Answer of={answer}>{(data) => <TemplateDesk key={`${templateId} ${data.row.version} ${data.versions.length}`} base={baseOf(data)} first={data.content} organName={data.organName} codes={data.codes} canKeep={data.canKeep} />}</Answer>
}

function baseOf(data: OutputOf<typeof documentsContract.template>): TemplateBase {
  return { row: data.row, versions: data.versions }
}

function FromDocument({ documentId }: { readonly documentId: OutputOf<typeof documentsContract.open>['document']['id'] }) {
  const answer = useQuery(documentsContract.templateFrom, { documentId })
  return <Answer of={answer}>{(data) => <NewTemplate first={data.content} />}</Answer>
}

function FromBuiltIn({ name }: { readonly name: string }) {
  const id = builtInIds.find((each) => each === name) ?? 'notice'
  const { id: _id, ...content } = getBuiltIn(id)
  return <NewTemplate first={{ ...content, name: '' }} />
}

function NewTemplate({ first }: { readonly first: TemplateContent }) {
  const answer = useQuery(documentsContract.templates, {})
  return <Answer of={answer}>{(data) => <TemplateDesk base={null} first={first} organName={data.organName} codes={data.codes} canKeep={data.canKeep} />}</Answer>
}
