import { documentsContract, type OfficialDocument, type VersionView } from '@xiewen/shared/documents'
import { AutoComplete, Button } from 'antd'
import { useState } from 'react'
import { call, type CallError, isCallError, urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, Notice, RefusalNotice, Tag, tellDone } from '../../platform/kit/index.ts'
import { CompareSheet } from './compare-sheet.tsx'
import { restoreText } from './editor/restore-version.ts'
import { PlaybackSheet } from './playback-sheet.tsx'
import type { Desk } from './workbench-model.ts'

/** 稿本: texts kept under a name for ever, to be looked at, compared, restored; and the way the text came about (回放). */
export function VersionsPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const { versions, abilities } = desk.opened
  const [naming, setNaming] = useState(false)
  const [playing, setPlaying] = useState(false)
  const [compared, setCompared] = useState<VersionView | null>(null)
  const [restored, setRestored] = useState<VersionView | null>(null)
  return (
    <>
      {abilities.nameVersion?.allowed === true ? (
        <Button block onClick={() => setNaming(true)}>
          {t('documents.ui.versions.keep')}
        </Button>
      ) : null}
      <Button block className="after" onClick={() => setPlaying(true)}>
        {t('documents.ui.playback')}
      </Button>
      {versions.length === 0 ? <p className="soft">{t('documents.ui.versions.none')}</p> : null}
      <ol className="plain-list versions">
        {versions.toReversed().map((version) => (
          <VersionItem key={version.id} desk={desk} version={version} onCompare={() => setCompared(version)} onRestore={() => setRestored(version)} />
        ))}
      </ol>
      {naming ? <NameSheet desk={desk} onClose={() => setNaming(false)} /> : null}
      {playing ? <PlaybackSheet desk={desk} onClose={() => setPlaying(false)} /> : null}
      {compared ? <CompareSheet desk={desk} from={compared} onClose={() => setCompared(null)} /> : null}
      {restored ? <RestoreSheet desk={desk} version={restored} onClose={() => setRestored(null)} /> : null}
    </>
  )
}

interface ItemProps {
  readonly desk: Desk
  readonly version: VersionView
  readonly onCompare: () => void
  readonly onRestore: () => void
}

function VersionItem({ desk, version, onCompare, onRestore }: ItemProps) {
  const { t, format } = useWords()
  const mayRestore = desk.opened.right === 'edit' && desk.editor?.isEditable === true
  return (
    <li>
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
        <Button size="small" onClick={onCompare}>
          {t('documents.ui.versions.compare')}
        </Button>
        {mayRestore ? (
          <Button size="small" onClick={onRestore}>
            {t('documents.ui.versions.restore')}
          </Button>
        ) : null}
        <a className="small" target="_blank" rel="noopener" href={urlOf(documentsContract.pdf, { documentId: desk.opened.document.id, versionId: version.id })}>
          {t('documents.ui.pdf')}
        </a>
      </div>
    </li>
  )
}

/** Restoring keeps what is there now as a version first, and what came out of it as another: nothing is written over. */
function RestoreSheet({ desk, version, onClose }: { readonly desk: Desk; readonly version: VersionView; readonly onClose: () => void }) {
  const { t, format } = useWords()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const [notSaved, setNotSaved] = useState(false)
  const documentId = desk.opened.document.id
  const act = async () => {
    if (desk.editor === null) return
    setBusy(true)
    setError(null)
    try {
      if (!(await desk.settle())) return setNotSaved(true)
      const stamp = format.moment(Date.now())
      await call(documentsContract.nameVersion, { documentId, name: t('documents.ui.versions.before-restore', { at: stamp }).slice(0, 40) })
      const { document } = await call(documentsContract.versionText, { documentId, versionId: version.id })
      // Safe because the server keeps its canonical documents there and nothing else.
      restoreText(desk.editor, document as OfficialDocument)
      if (!(await desk.settle())) return setNotSaved(true)
      await call(documentsContract.nameVersion, { documentId, name: t('documents.ui.versions.restored', { name: version.name, at: stamp }).slice(0, 40) })
      desk.reload()
      tellDone(t('documents.ui.versions.restore-done', { name: version.name }))
      onClose()
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <ConfirmSheet open title={t('documents.ui.versions.restore-title', { name: version.name })} confirmLabel={t('documents.ui.versions.restore')} busy={busy} onConfirm={() => void act()} onClose={onClose}>
      <p>{t('documents.ui.versions.restore-hint')}</p>
      {notSaved ? <Notice kind="warning">{t('documents.ui.versions.not-saved')}</Notice> : null}
      <RefusalNotice error={error} />
    </ConfirmSheet>
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
