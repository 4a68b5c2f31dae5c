import { documentsContract, exportFormats, templateKeepers } from '@xiewen/shared/documents'
import { Button, Dropdown, Segmented, Tooltip } from 'antd'
import { useState, useSyncExternalStore } from 'react'
import { urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Lamp, RefusalNotice, tellDone, UrgencyTag, useMedia } from '../../platform/kit/index.ts'
import { Link, navigate, useMenuPath, useSession } from '../../platform/rooms/index.ts'
import { listPins, onPinsChange, setPinned } from '../../platform/sync/index.ts'
import { numberText, toneOfState } from './document-words.ts'
import { Presence } from './presence.tsx'
import { SaveState } from './save-state.tsx'
import { ShareSheet } from './share-sheet.tsx'
import { useLiveTitle } from './use-live-title.ts'
import { type Desk, type Mode, modeRefusal, modesFor } from './workbench-model.ts'

/** Title, state, who is here, whether it is saved, and the switch of modes. */
export function WorkbenchHead({ desk, mode, onMode }: { readonly desk: Desk; readonly mode: Mode; readonly onMode: (mode: Mode) => void }) {
  const { t } = useWords()
  const session = useSession()
  const { document, abilities } = desk.opened
  const [sharing, setSharing] = useState(false)
  const title = useLiveTitle(desk)
  const isReceived = document.state === 'incoming'
  const mayShare = abilities.share?.allowed === true
  // A phone held upright has room for one row of tools.
  const isNarrow = useMedia('(max-width: 430px)')
  useMenuPath(isReceived ? '/incoming' : null)
  return (
    <header className="workbench-head">
      <div className="workbench-title">
        <nav aria-label={t('ui.page.crumbs')} className="soft small">
          <Link to={isReceived ? '/incoming' : '/documents'}>{t(isReceived ? 'documents.state.incoming' : 'documents.ui.list')}</Link>
        </nav>
        <h1 id="page-title" tabIndex={-1}>
          {title === '' ? t('documents.ui.untitled', { kind: t(`documents.ui.kind-name.${document.kind}`) }) : title}
        </h1>
        <UrgencyTag urgency={document.urgency} />
        <Lamp tone={toneOfState(document.state)} label={t(`documents.state.${document.state}`)} />
        <span className="figures soft">{numberText(document.number, '')}</span>
      </div>
      <div className="workbench-tools">
        <SaveState live={desk.live} />
        <Presence live={desk.live} ownId={session.personId} />
        <Segmented
          aria-label={t('documents.ui.mode')}
          value={mode}
          onChange={onMode}
          options={modesFor(desk.opened).map((value) => {
            const refusal = modeRefusal(desk.opened, value)
            return { value, disabled: refusal !== null, label: <Tooltip title={refusal === null ? t(`documents.ui.mode.${value}.hint`) : t(refusal)}>{t(`documents.ui.mode.${value}`)}</Tooltip> }
          })}
        />
        {mayShare && !isNarrow ? <Button onClick={() => setSharing(true)}>{t('documents.ui.share')}</Button> : null}
        <MoreMenu desk={desk} onShare={mayShare && isNarrow ? () => setSharing(true) : null} />
      </div>
      {sharing ? <ShareSheet desk={desk} onClose={() => setSharing(false)} /> : null}
    </header>
  )
}

/** `onShare` puts inviting others first, where it has no button of its own. */
function MoreMenu({ desk, onShare }: { readonly desk: Desk; readonly onShare: (() => void) | null }) {
  const { t } = useWords()
  const [deleting, setDeleting] = useState(false)
  const { document, abilities } = desk.opened
  const session = useSession()
  const { personId } = session
  const isPinned = useSyncExternalStore(onPinsChange, () => listPins(personId).includes(document.id))
  const keepsTemplates = session.posts.some((post) => templateKeepers.some((duty) => post.duties.includes(duty)))
  const pin = (next: boolean) => {
    setPinned(personId, document.id, next)
    tellDone(t(next ? 'documents.ui.pinned' : 'documents.ui.unpinned'))
  }
  const open = async (url: string) => {
    await desk.settle()
    window.open(url, '_blank', 'noopener')
  }
  const items = [
    ...(onShare === null ? [] : [{ key: 'share', label: t('documents.ui.share.act'), onClick: onShare }]),
    { key: 'pdf', label: t('documents.ui.pdf'), onClick: () => void open(urlOf(documentsContract.pdf, { documentId: document.id })) },
    { key: 'redline', label: t('documents.ui.redline-pdf'), onClick: () => void open(urlOf(documentsContract.pdf, { documentId: document.id, showChanges: true })) },
    { key: 'ofd', label: t('documents.ui.ofd'), onClick: () => void open(urlOf(documentsContract.ofd, { documentId: document.id })) },
    { key: 'redline-ofd', label: t('documents.ui.redline-ofd'), onClick: () => void open(urlOf(documentsContract.ofd, { documentId: document.id, showChanges: true })) },
    { key: 'text', label: t('documents.ui.plain-text'), onClick: () => void open(urlOf(documentsContract.plainText, { documentId: document.id })) },
    { key: 'pin', label: t(isPinned ? 'documents.ui.unpin' : 'documents.ui.pin'), onClick: () => pin(!isPinned) },
    { type: 'divider' as const, key: 'exports' },
    ...exportFormats.map((format) => ({ key: format, label: t(`documents.ui.export.${format}`), onClick: () => void open(urlOf(documentsContract.exportFile, { documentId: document.id, format })) })),
    ...(keepsTemplates ? [{ key: 'template', label: t('documents.ui.template.from-document'), onClick: () => void desk.settle().then(() => navigate(`/documents/templates/new?from=${document.id}`)) }] : []),
    ...(abilities.deleteDraft?.allowed === true ? [{ key: 'delete', danger: true, label: t('documents.ui.delete'), onClick: () => setDeleting(true) }] : []),
  ]
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button>{t('documents.ui.more-acts')}</Button>
      </Dropdown>
      {deleting ? <DeleteSheet desk={desk} onClose={() => setDeleting(false)} /> : null}
    </>
  )
}

function DeleteSheet({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) {
  const { t } = useWords()
  const remove = useCommand(documentsContract.deleteDraft)
  const act = async () => {
    if (await remove.run({ documentId: desk.opened.document.id })) navigate('/documents', { replace: true })
  }
  return (
    <ConfirmSheet open danger title={t('documents.ui.delete.title')} confirmLabel={t('documents.ui.delete')} busy={remove.busy} onConfirm={() => void act()} onClose={onClose}>
      <p>{t('documents.ui.delete.hint')}</p>
      <RefusalNotice error={remove.error} />
    </ConfirmSheet>
  )
}
