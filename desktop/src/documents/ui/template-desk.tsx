import { documentsContract, type TemplateContent, templateContentSchema, type TemplateRow, type TemplateVersion } from '@xiewen/shared/documents'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, Notice, Page, Panel, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { Link, navigate } from '../../platform/rooms/index.ts'
import { DrawnPages } from './drawn-pages.tsx'
import { TemplateHead } from './template-head.tsx'
import { sampleOf } from './template-model.ts'
import { TemplateText } from './template-text.tsx'

/** A kept template with its history. */
export interface TemplateBase {
  readonly row: TemplateRow
  readonly versions: readonly TemplateVersion[]
}

/** Props of `TemplateDesk`. */
export interface TemplateDeskProps {
  /** Null for one that is not kept yet. */
  readonly base: TemplateBase | null
  readonly first: TemplateContent
  readonly organName: string
  readonly codes: readonly string[]
  readonly canKeep: boolean
}

/** 模板: head, text and pages side by side. */
export function TemplateDesk({ base, first, organName, codes, canKeep }: TemplateDeskProps) {
  const { t } = useWords()
  const [content, setContent] = useState(first)
  const newest = base?.versions[0]?.version ?? 0
  const isOld = base !== null && base.row.version !== newest
  const disabled = !canKeep || base?.row.state === 'retired'
  const sample = useMemo(() => sampleOf(content, organName, new Date().getFullYear()), [content, organName])
  const name = base?.row.name ?? t('documents.ui.templates.new')
  return (
    <Page title={name} crumbs={[{ label: t('documents.ui.templates'), to: '/documents/templates' }]}>
      {canKeep ? null : <Notice>{t('documents.ui.template.read-only')}</Notice>}
      {isOld ? <Notice kind="warning">{t('documents.ui.template.old', { version: base.row.version, newest })}</Notice> : null}
      <div className="template-desk">
        <div>
          <Panel title={t('documents.ui.template.head')}>
            <TemplateHead content={content} codes={codes} disabled={disabled} onChange={setContent} />
          </Panel>
          <Panel title={t('documents.ui.template.text')}>
            <TemplateText content={content} disabled={disabled} onChange={setContent} />
          </Panel>
          {canKeep ? <KeepForm base={base} newest={newest} content={content} isChanged={isOld || content !== first} /> : null}
          {base === null ? null : <Versions base={base} newest={newest} />}
        </div>
        <Panel title={t('documents.ui.template.preview')}>
          <DrawnPages document={sample} />
        </Panel>
      </div>
    </Page>
  )
}

function KeepForm({ base, newest, content, isChanged }: { readonly base: TemplateBase | null; readonly newest: number; readonly content: TemplateContent; readonly isChanged: boolean }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const create = useCommand(documentsContract.createTemplate)
  const change = useCommand(documentsContract.changeTemplate)
  const retire = useCommand(documentsContract.retireTemplate)
  const restore = useCommand(documentsContract.restoreTemplate)
  const keep = async () => {
    const sent = templateContentSchema.parse(content)
    const kept = base === null ? await create.run({ content: sent, reason }) : await change.run({ templateId: base.row.id, version: newest, content: sent, reason })
    if (kept === null) return
    tellDone(t('documents.ui.template.kept'))
    navigate(`/documents/templates/${kept.templateId}`, { replace: true })
  }
  if (base?.row.state === 'retired') {
    return (
      <>
        <Notice>{t('documents.ui.template.retired-hint')}</Notice>
        <RefusalNotice error={restore.error} />
        <Button loading={restore.busy} onClick={() => void restore.run({ templateId: base.row.id })}>
          {t('documents.ui.template.restore')}
        </Button>
      </>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      {base === null ? null : (
        <Field label={t('documents.ui.template.reason')}>{(control) => <Input {...control} maxLength={100} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      )}
      <RefusalNotice error={create.error ?? change.error ?? retire.error} />
      <div className="row template-keep">
        <Button type="primary" htmlType="submit" loading={create.busy || change.busy} disabled={content.name.trim() === '' || (base !== null && !isChanged)}>
          {t(base === null ? 'documents.ui.template.keep' : 'documents.ui.template.keep-version')}
        </Button>
        {base === null ? null : (
          <Button danger loading={retire.busy} onClick={() => void retire.run({ templateId: base.row.id })}>
            {t('documents.ui.template.retire')}
          </Button>
        )}
      </div>
    </form>
  )
}

function Versions({ base, newest }: { readonly base: TemplateBase; readonly newest: number }) {
  const { t, format } = useWords()
  return (
    <Panel title={t('documents.ui.template.versions')}>
      <ol className="plain-list" reversed>
        {base.versions.map((each) => (
          <li key={each.version}>
            {each.version === base.row.version ? (
              <span className="strong">{t('documents.ui.template.version', { version: each.version })}</span>
            ) : (
              <Link to={each.version === newest ? `/documents/templates/${base.row.id}` : `/documents/templates/${base.row.id}?version=${each.version}`}>{t('documents.ui.template.version', { version: each.version })}</Link>
            )}{' '}
            <span className="soft small">
              {each.byName} {format.moment(each.at)} {each.reason}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
