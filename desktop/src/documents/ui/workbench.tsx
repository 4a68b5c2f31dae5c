import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Elements, TextPosition } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { LoadingState, Notice } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { goTo } from './editor/create-editor.ts'
import { settleText } from './editor/live-document.ts'
import { FindBar } from './find-bar.tsx'
import { FinalView } from './final-view.tsx'
import { KeysSheet } from './keys-sheet.tsx'
import { LeftZone } from './left-zone.tsx'
import { PagePreview } from './page-preview.tsx'
import { LivePages } from './pages/live-pages.tsx'
import { editorPositionOf } from './pages/text-places.ts'
import { usePagesBeside } from './pages/use-pages-beside.ts'
import { Paper } from './paper.tsx'
import { PasteNotice } from './paste-notice.tsx'
import { RedlineView } from './redline-view.tsx'
import { RightZone } from './right-zone.tsx'
import { StatusLine } from './status-line.tsx'
import { SlotBars } from './slot-views.tsx'
import { Toolbar } from './toolbar.tsx'
import { type Comments, useComments } from './use-comments.ts'
import { useEditorHelps } from './use-editor-helps.ts'
import { useDocumentEditor } from './use-document-editor.ts'
import { useFindings } from './use-findings.ts'
import { isTextNewer, useIsNewerText, useLiveDocument } from './use-live-document.ts'
import { usePanel } from './use-panel.ts'
import { WorkbenchHead } from './workbench-head.tsx'
import { type Desk, firstMode, isOpenText, type Mode, modeRefusal, type Opened } from './workbench-model.ts'
import type { LiveDocument } from './editor/live-document.ts'

/** Props of the document page's body. */
export interface WorkbenchProps {
  readonly opened: Opened
  /** False while `opened` is what an earlier visit was told and the server is being asked again. */
  readonly isFresh: boolean
  readonly reload: () => void
  readonly taskId: string | null
  /** The panel the address asks for (`?panel=`), or null. */
  readonly askedPanel: string | null
}

/** The document page: waits for the live text, then shows the desk. */
export function Workbench(props: WorkbenchProps) {
  const { t } = useWords()
  const session = useSession()
  const live = useLiveDocument(props.opened.document.id, session.personId)
  const { title } = props.opened.document
  useEffect(() => {
    document.title = `${title === '' ? t('documents.room') : title} · ${t('ui.product')}`
  }, [title, t])
  const isNewer = useIsNewerText(live)
  if (live === null) return <LoadingState />
  return isNewer || isTextNewer(live) ? <NewerText opened={props.opened} live={live} /> : <LiveDesk {...props} live={live} />
}

/** A text of a newer version is looked at as pages the server draws: an editor that does not understand it would take out what
 * it does not know. */
function NewerText({ opened, live }: { readonly opened: Opened; readonly live: LiveDocument }) {
  const { t } = useWords()
  return (
    <div className="workbench">
      <Notice kind="warning">{t('documents.ui.newer-text')}</Notice>
      <PagePreview desk={{ opened, live }} />
    </div>
  )
}

function LiveDesk({ opened, isFresh, reload, taskId, askedPanel, live }: WorkbenchProps & { readonly live: LiveDocument }) {
  const { t } = useWords()
  const session = useSession()
  const [wish, setWish] = useState<Mode>(() => firstMode(opened))
  const [panel, setPanel] = usePanel(opened, { asked: askedPanel, taskId, isFresh })
  const [structureNote, setStructureNote] = useState(false)
  // Rights may shrink while the page is open: the mode follows.
  const mode = modeRefusal(opened, wish) === null ? wish : firstMode(opened)
  const user = useMemo(() => {
    const [post] = session.posts
    return { personId: session.personId, name: session.name, post: post ? `${post.unitName} ${post.title}` : '' }
  }, [session])
  const showComments = useCallback(() => setPanel('comments'), [setPanel])
  const commenting = useRef<Comments | null>(null)
  const helps = useEditorHelps(opened)
  const checking = useFindings(live, opened)
  const editor = useDocumentEditor({ live, user, mode, findings: checking, page: helps.hooks, maySettle: opened.right === 'edit', onComment: () => commenting.current?.begin(), onPickThread: (id) => commenting.current?.pick(id) })
  const comments = useComments(opened.document.id, editor, showComments)
  commenting.current = comments
  const desk: Desk = { opened, live, editor, mode, comments, findings: checking.findings, aside: checking.aside, document: checking.document, reload, showElement: (name) => showElement(name, () => setPanel('elements')), settle: () => settleText(live.session) }
  const pages = usePagesBeside()
  const hasPages = pages.isOn && isOpenText(opened) && (mode === 'draft' || mode === 'revise' || mode === 'clean')
  const slot = {
    documentId: opened.document.id,
    title: opened.document.title,
    state: opened.document.state,
    origin: opened.document.origin,
    taskId,
    settle: desk.settle,
    errorCount: checking.findings.filter((finding) => finding.severity === 'error').length,
    showPanel: setPanel,
    reload,
  }
  return (
    <div className="workbench">
      <WorkbenchHead desk={desk} mode={mode} onMode={setWish} />
      {structureNote ? (
        <Notice kind="info">
          {t('documents.ui.structure-in-revision')}{' '}
          <button type="button" className="plain" onClick={() => setStructureNote(false)}>
            {t('ui.close')}
          </button>
        </Notice>
      ) : null}
      <div className={hasPages ? 'zones with-pages' : 'zones'}>
        <LeftZone desk={desk} />
        <section className="zone-text" aria-label={t('documents.ui.text')}>
          {editor !== null && (mode === 'draft' || mode === 'revise') ? (
            <Toolbar desk={desk} editor={editor} isBrushLoaded={helps.isBrushLoaded} onBrush={helps.hooks.onBrush} onFind={helps.hooks.onFind} hasPages={hasPages} onPages={pages.toggle} onStructureRefused={() => setStructureNote(true)} />
          ) : null}
          {editor !== null && helps.finding !== null && mode !== 'preview' ? <FindBar key={helps.finding} editor={editor} replacing={helps.finding === 'replace'} onClose={helps.stopFinding} /> : null}
          {helps.pasted === null ? null : <PasteNotice report={helps.pasted} onClose={helps.forgetPaste} />}
          <TextView desk={desk} hasPages={hasPages} onWrite={() => flushSync(() => setWish(firstMode(opened)))} />
          {editor !== null && mode !== 'preview' ? <StatusLine editor={editor} onHelp={helps.hooks.onHelp} /> : null}
        </section>
        <RightZone desk={desk} slot={slot} current={panel} onChange={setPanel} />
      </div>
      <SlotBars slot={slot} />
      {helps.isHelpOpen ? <KeysSheet onClose={helps.closeHelp} /> : null}
    </div>
  )
}

/** Opens the panel of elements and goes to the field of one; readers are shown where its words stand. */
function showElement(name: keyof Elements, openPanel: () => void): void {
  flushSync(openPanel)
  const field = document.querySelector(`.zone-right [data-field="${name}"]`)
  // What is laid out with `display: contents` has no place of its own: its first part has.
  const place = field?.firstElementChild
  place?.scrollIntoView({ block: 'center' })
  field?.querySelector<HTMLElement>('input, textarea')?.focus()
}

interface TextViewProps {
  readonly desk: Desk
  readonly hasPages: boolean
  readonly onWrite: () => void
}

function TextView({ desk, hasPages, onWrite }: TextViewProps) {
  const pick = (place: TextPosition) => {
    const { editor } = desk
    if (editor === null) return
    if (desk.mode === 'preview') onWrite()
    const position = editorPositionOf(editor.state.doc, place)
    if (position !== null) goTo(editor, position)
  }
  switch (desk.mode) {
    case 'preview':
      return isOpenText(desk.opened) ? <LivePages desk={desk} place="alone" onPick={pick} /> : <PagePreview desk={desk} />
    case 'redline':
      return <RedlineView desk={desk} />
    case 'final':
      return <FinalView desk={desk} />
    default:
      return hasPages ? (
        <div className="text-and-pages">
          <Paper desk={desk} />
          <LivePages desk={desk} place="beside" onPick={pick} />
        </div>
      ) : (
        <Paper desk={desk} />
      )
  }
}
