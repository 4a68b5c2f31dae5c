import { type SignReport, textAt, type TextPosition } from '@xiewen/shared/documents'
import { Checkbox } from 'antd'
import { type PointerEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../../../platform/i18n/index.ts'
import { LoadingState, Notice } from '../../../platform/kit/index.ts'
import { PagePreview } from '../page-preview.tsx'
import { pictureAddress } from '../picture-address.ts'
import type { Desk } from '../workbench-model.ts'
import type { LaidPages, PaintedPage } from './layout-messages.ts'
import { PageCarets, type PlacedCaret } from './page-carets.tsx'
import { PageDrawing, unitsPerMm } from './page-drawing.tsx'
import { marksOn, stretchesOf } from './page-marks.ts'
import { PageRemarks } from './page-remarks.tsx'
import { ownCaret, useCarets } from './use-carets.ts'
import { useLivePages } from './use-live-pages.ts'
import { usePagesInView } from './use-pages-in-view.ts'
import './pages.css'

/** Props of `LivePages`. */
export interface LivePagesProps {
  readonly desk: Desk
  /** `beside` the text that is being written, or `alone` in its place. */
  readonly place: 'beside' | 'alone'
  /** Somebody pointed at a place of the text on a page. */
  readonly onPick: (place: TextPosition) => void
}

/** 版面: the pages as they will be printed, laid out here while one types, with the carets of everybody who is in the text. Where
 * the typefaces cannot be had the server's pages stand in. */
export function LivePages({ desk, place, onPick }: LivePagesProps) {
  const { t } = useWords()
  const [showChanges, setShowChanges] = useState(false)
  const [isDouble, setDouble] = useState(false)
  const scroller = useRef<HTMLDivElement>(null)
  const { view, watch } = usePagesInView(scroller)
  const carets = useCarets(desk.live, desk.editor)
  const spots = useMemo(() => carets.map(({ key, block, offset }) => ({ key, block, offset })), [carets])
  const state = useLivePages(desk.live, { showChanges, view, spots })
  const laid = state.kind === 'laid' ? state.laid : null
  const signs = state.kind === 'laid' ? state.signs : null
  const placed = useMemo(() => (laid === null ? [] : placedCarets(laid, carets)), [laid, carets])
  useCaretInView(scroller, place === 'beside' ? (placed.find(({ caret }) => caret.key === ownCaret) ?? null) : null)
  if (state.kind === 'unavailable') return <Unavailable desk={desk} />
  return (
    <div className={`sheet-scroll live-pages ${place}`} ref={scroller} role="region" aria-label={t('documents.ui.pages')}>
      <div className="preview-bar row">
        {laid === null ? null : <span className="soft small figures">{t('documents.ui.preview.count', { count: laid.count })}</span>}
        <Checkbox checked={showChanges} onChange={(event) => setShowChanges(event.target.checked)}>
          {t('documents.ui.preview.changes')}
        </Checkbox>
        {place === 'alone' ? (
          <Checkbox className="two-pages-choice" checked={isDouble} onChange={(event) => setDouble(event.target.checked)}>
            {t('documents.ui.preview.double')}
          </Checkbox>
        ) : null}
      </div>
      {laid === null ? <LoadingState /> : <PageList desk={desk} laid={laid} signs={signs} carets={placed} isDouble={isDouble && place === 'alone'} watch={watch} onPick={onPick} />}
    </div>
  )
}

/** The server draws instead, from what is saved there. */
function Unavailable({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  return (
    <div className="live-pages-fallback">
      <Notice kind="info">{t('documents.ui.pages.from-server')}</Notice>
      <PagePreview desk={desk} />
    </div>
  )
}

function placedCarets(laid: LaidPages, carets: ReturnType<typeof useCarets>): readonly PlacedCaret[] {
  const positions = new Map(laid.spots.map((spot) => [spot.key, spot.position]))
  return carets.flatMap((caret) => {
    const position = positions.get(caret.key)
    return position ? [{ caret, position }] : []
  })
}

interface ListProps extends Pick<LivePagesProps, 'desk' | 'onPick'> {
  readonly laid: LaidPages
  readonly signs: SignReport | null
  readonly carets: readonly PlacedCaret[]
  readonly isDouble: boolean
  readonly watch: (element: HTMLLIElement | null, index: number) => void
}

function PageList({ desk, laid, signs, carets, isDouble, watch, onPick }: ListProps) {
  const { t } = useWords()
  const { document, findings } = desk
  const painted = useMemo(() => new Map(laid.pages.map((page) => [page.index, page])), [laid])
  // Once for all pages: a long text has a hundred of them.
  const stretches = useMemo(() => stretchesOf(document, findings), [document, findings])
  return (
    <>
      <PageRemarks laid={laid} signs={signs} />
      <ol className={isDouble ? 'pages double' : 'pages'} aria-label={t('documents.ui.preview.pages', { count: laid.count })}>
        {Array.from({ length: laid.count }, (_each, index) => (
          <li key={`${index}`} data-page={index} ref={(element) => watch(element, index)} className="live-page" aria-label={t('documents.ui.preview.page', { page: index + 1 })}>
            <LivePage desk={desk} page={painted.get(index) ?? null} stretches={stretches} missing={laid.missing} carets={carets.filter(({ position }) => position.page === index)} onPick={onPick} />
          </li>
        ))}
      </ol>
    </>
  )
}

interface PageProps extends Pick<LivePagesProps, 'desk' | 'onPick'> {
  readonly page: PaintedPage | null
  readonly stretches: ReturnType<typeof stretchesOf>
  readonly missing: LaidPages['missing']
  readonly carets: readonly PlacedCaret[]
}

function LivePage({ desk, page, stretches, missing, carets, onPick }: PageProps) {
  const { opened } = desk
  const marks = useMemo(() => (page === null ? [] : marksOn(page.items, stretches)), [page, stretches])
  const addressOf = useCallback((digest: string) => pictureAddress(opened, digest), [opened])
  if (page === null) return null
  const pick = (event: PointerEvent<HTMLDivElement>) => {
    // Who drags chooses words to copy.
    if (event.button !== 0 || getSelection()?.isCollapsed === false) return
    const found = placeUnder(page, event)
    if (found) onPick(found)
  }
  return (
    <div className="page-face" onPointerUp={pick}>
      <PageDrawing items={page.items} missing={missing} marks={marks} pictureAddress={addressOf}>
        <PageCarets carets={carets} />
      </PageDrawing>
    </div>
  )
}

function placeUnder(page: PaintedPage, event: PointerEvent<HTMLDivElement>): TextPosition | null {
  const box = event.currentTarget.getBoundingClientRect()
  const mm = (2100 / unitsPerMm) / box.width
  return textAt({ pages: [page] }, 0, { x: (event.clientX - box.left) * mm, y: (event.clientY - box.top) * mm })
}

/** How much of the sheet stays visible above and below the caret (px). */
const margin = 80

/** Keeps the line one writes in view; where one has scrolled to is left alone until the caret moves. */
function useCaretInView(scroller: RefObject<HTMLDivElement | null>, own: PlacedCaret | null): void {
  const page = own?.position.page ?? -1
  const baseline = own?.position.baseline ?? -1
  useEffect(() => {
    const box = scroller.current
    const sheet = box?.querySelector<HTMLElement>(`[data-page="${page}"]`)
    if (!box || !sheet) return
    const y = sheet.getBoundingClientRect().top - box.getBoundingClientRect().top + (baseline / 297) * sheet.clientHeight
    if (y > margin && y < box.clientHeight - margin) return
    box.scrollTop += y - box.clientHeight / 2
  }, [scroller, page, baseline])
}
