import { documentsContract, type VersionView } from '@xiewen/shared/documents'
import { AutoComplete, Button } from 'antd'
import { useState } from 'react'
import { urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, RefusalNotice, Tag } from '../../platform/kit/index.ts'
import { CompareSheet } from './compare-sheet.tsx'
import type { Desk } from './workbench-model.ts'

/** 稿本: texts kept under a name, to be looked at and compared. */
export function VersionsPanel({ desk }: { readonly desk: Desk }) {
  const { t, format } = useWords()
  const { versions, abilities, document } = desk.opened
  const [naming, setNaming] = useState(false)
  const [compared, setCompared] = useState<VersionView | null>(null)
  return (
    <>
      {abilities.nameVersion?.allowed === true ? (
        <Button block onClick={() => setNaming(true)}>
          {t('documents.ui.versions.keep')}
        </Button>
      ) : null}
      {versions.length === 0 ? <p className="soft">{t('documents.ui.versions.none')}</p> : null}
      <ol className="plain-list versions">
        {versions.toReversed().map((version) => (
          <li key={version.id}>
            <div className="row">
              <span className="strong">{version.name}</span>
              {version.frozen ? <Tag tone="blue">{t('documents.ui.versions.signed')}</Tag> : null}
            </div>
            <div className="soft small">
              {format.moment(version.at)} {version.byName} · {t('documents.ui.versions.characters', { count: version.characters })}
            </div>
            <div className="soft small">{t('documents.ui.versions.authors', { names: version.authors.join('、') })}</div>
            {version.digest === null ? null : (
              <div className="soft small figures" title={version.digest}>
                SM3 {version.digest.slice(0, 8)}
              </div>
            )}
            <div className="row">
              <Button size="small" onClick={() => setCompared(version)}>
                {t('documents.ui.versions.compare')}
              </Button>
              <a className="small" target="_blank" rel="noopener" href={urlOf(documentsContract.pdf, { documentId: document.id, versionId: version.id })}>
                {t('documents.ui.pdf')}
              </a>
            </div>
          </li>
        ))}
      </ol>
      {naming ? <NameSheet desk={desk} onClose={() => setNaming(false)} /> : null}
      {compared ? <CompareSheet desk={desk} from={compared} onClose={() => setCompared(null)} /> : null}
    </>
  )
}

const usual = ['初稿', '讨论稿', '征求意见稿', '送审稿', '修改稿', '会签稿'] as const

function NameSheet({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) {
  const { t } = useWords()
  const [name, setName] = useState<string>(usual.find((each) => !desk.opened.versions.some((version) => version.name === each)) ?? '')
  const keep = useCommand(documentsContract.nameVersion)
  const act = async () => {
    if (!(await desk.settle())) return
    if (!(await keep.run({ documentId: desk.opened.document.id, name }))) return
    desk.reload()
    onClose()
  }
  return (
    <ConfirmSheet open title={t('documents.ui.versions.keep')} confirmLabel={t('documents.ui.versions.keep')} busy={keep.busy} disabled={name.trim() === ''} onConfirm={() => void act()} onClose={onClose}>
      <Field label={t('documents.ui.versions.name')} hint={t('documents.ui.versions.name-hint')}>
        {(control) => <AutoComplete {...control} autoFocus value={name} onChange={setName} options={usual.map((value) => ({ value }))} />}
      </Field>
      <RefusalNotice error={keep.error} />
    </ConfirmSheet>
  )
}
