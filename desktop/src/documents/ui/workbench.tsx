import { useEffect, useMemo, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { LoadingState, Notice } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { colourOf } from './editor/create-editor.ts'
import { settleText } from './editor/live-document.ts'
import { LeftZone } from './left-zone.tsx'
import { PagePreview } from './page-preview.tsx'
import { Paper } from './paper.tsx'
import { RightZone } from './right-zone.tsx'
import { SlotBars } from './slot-views.tsx'
import { Toolbar } from './toolbar.tsx'
import { useDocumentEditor } from './use-document-editor.ts'
import { useFindings } from './use-findings.ts'
import { useLiveDocument } from './use-live-document.ts'
import { WorkbenchHead } from './workbench-head.tsx'
import { type Desk, firstMode, type Mode, modeRefusal, type Opened } from './workbench-model.ts'
import type { LiveDocument } from './editor/live-document.ts'

/** Props of the document page's body. */
export interface WorkbenchProps {
  readonly opened: Opened
  readonly reload: () => void
  readonly taskId: string | null
  readonly firstPanel: string | null
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
  return live === null ? <LoadingState /> : <LiveDesk {...props} live={live} />
}

function LiveDesk({ opened, reload, taskId, firstPanel, live }: WorkbenchProps & { readonly live: LiveDocument }) {
  const { t } = useWords()
  const session = useSession()
  const [wish, setWish] = useState<Mode>(() => firstMode(opened))
  const [panel, setPanel] = useState(firstPanel ?? (taskId === null ? 'elements' : 'opinions'))
  const [structureNote, setStructureNote] = useState(false)
  // Rights may shrink while the page is open: the mode follows.
  const mode = modeRefusal(opened, wish) === null ? wish : firstMode(opened)
  const user = useMemo(() => {
    const [post] = session.posts
    return { personId: session.personId, name: session.name, post: post ? `${post.unitName} ${post.title}` : '', color: colourOf(session.personId) }
  }, [session])
  const checking = useFindings(live, opened)
  const editor = useDocumentEditor({ live, user, mode, findings: checking, onStructureRefused: () => setStructureNote(true) })
  const desk: Desk = { opened, live, editor, mode, findings: checking.findings, aside: checking.aside, document: checking.document, reload, settle: () => settleText(live.session) }
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
      <div className="zones">
        <LeftZone desk={desk} />
        <section className="zone-text" aria-label={t('documents.ui.text')}>
          {mode === 'draft' || mode === 'revise' ? <Toolbar editor={editor} isRevising={mode === 'revise'} onStructureRefused={() => setStructureNote(true)} /> : null}
          {mode === 'preview' ? <PagePreview desk={desk} /> : <Paper desk={desk} />}
        </section>
        <RightZone desk={desk} slot={slot} current={panel} onChange={setPanel} />
      </div>
      <SlotBars slot={slot} />
    </div>
  )
}
