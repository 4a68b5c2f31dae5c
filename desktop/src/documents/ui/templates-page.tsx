import { builtInTemplates, documentsContract, type TemplateRow } from '@xiewen/shared/documents'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page, Panel } from '../../platform/kit/index.ts'
import { Link, navigate } from '../../platform/rooms/index.ts'
import './documents.css'

/** 公文模板: what the office keeps, and what everybody has. */
export function Component() {
  const speech = useWords()
  const { t } = speech
  const [retired, setRetired] = useState(false)
  const answer = useQuery(documentsContract.templates, { retired }, { refreshOn: ['templates'] })
  const canKeep = answer.kind === 'ready' && answer.data.canKeep
  return (
    <Page
      title={t('documents.ui.templates')}
      note={t('documents.ui.templates.note')}
      actions={
        canKeep ? (
          <Button type="primary" onClick={() => navigate('/documents/templates/new')}>
            {t('documents.ui.templates.new')}
          </Button>
        ) : undefined
      }
    >
      <Panel
        title={t('documents.ui.templates.own')}
        actions={
          <Checkbox checked={retired} onChange={(event) => setRetired(event.target.checked)}>
            {t('documents.ui.templates.show-retired')}
          </Checkbox>
        }
      >
        <Answer of={answer}>
          {(data) => (
            <DataTable
              caption={t('documents.ui.templates.own')}
              columns={columns(speech)}
              rows={data.rows}
              rowKey={(row) => row.id}
              onOpen={(row) => navigate(`/documents/templates/${row.id}`)}
              empty={<EmptyState title={t('documents.ui.templates.none')} hint={t('documents.ui.templates.none-hint')} />}
            />
          )}
        </Answer>
      </Panel>
      <Panel title={t('documents.ui.templates.built-in')}>
        <ul className="template-gallery">
          {builtInTemplates.map(({ id, name, purpose, document }) => (
            <li key={id}>
              <span className="strong">{name}</span>
              <span className="soft small">
                {t(`documents.ui.kind-name.${document.elements.kind}`)} · {t(`documents.format.${document.elements.format}`)}
              </span>
              <span className="small">{purpose}</span>
              {canKeep ? <Link to={`/documents/templates/new?built-in=${id}`}>{t('documents.ui.templates.adapt')}</Link> : null}
            </li>
          ))}
        </ul>
      </Panel>
    </Page>
  )
}

function columns({ t, format }: Speech): readonly Column<TemplateRow>[] {
  return [
    { key: 'name', title: t('documents.ui.template.name'), role: 'main', render: (row) => <Link to={`/documents/templates/${row.id}`}>{row.name}</Link> },
    { key: 'kind', title: t('documents.ui.kind'), fit: 'tight', render: (row) => t(`documents.ui.kind-name.${row.kind}`) },
    { key: 'format', title: t('documents.ui.element.format'), fit: 'tight', render: (row) => t(`documents.format.${row.format}`) },
    { key: 'code', title: t('documents.ui.template.code'), fit: 'tight', render: (row) => row.code },
    { key: 'purpose', title: t('documents.ui.template.purpose'), role: 'wide-only', fit: 'clip', render: (row) => row.purpose },
    { key: 'changed', title: t('documents.ui.template.changed'), fit: 'tight', render: (row) => t('documents.ui.template.changed-by', { version: row.version, name: row.changedByName, date: format.date(row.changedAt) }) },
    { key: 'state', title: t('documents.ui.state'), fit: 'tight', render: (row) => <Lamp tone={row.state === 'retired' ? 'grey' : 'green'} label={t(`documents.ui.template.${row.state}`)} /> },
  ]
}
