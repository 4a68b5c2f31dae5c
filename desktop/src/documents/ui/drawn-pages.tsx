import type { OfficialDocument } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { LoadingState, Notice, RefusalNotice, SvgPage } from '../../platform/kit/index.ts'
import { SignNotices } from './missing-signs.tsx'
import { PageDrawing } from './pages/page-drawing.tsx'
import { PageRemarks } from './pages/page-remarks.tsx'
import { useSamplePages } from './pages/use-sample-pages.ts'
import { useServerPages } from './pages/use-server-pages.ts'
import './paper.css'
import './pages/pages.css'

/** Props of `DrawnPages`. */
export interface DrawnPagesProps {
  /** Null while it is on its way. */
  readonly document: OfficialDocument | null
  /** Most pages shown. */
  readonly most?: number
}

/** Pictures come with the draft; until then their places are kept. */
const noPicture = (): undefined => undefined

/** 版式预览 of a document that is not stored: its pages, laid out in this window while one types, with what the layout has to say. */
export function DrawnPages({ document, most = 12 }: DrawnPagesProps) {
  const { t } = useWords()
  const state = useSamplePages(document, most)
  if (state.kind === 'unavailable') return <PagesFromServer document={document} most={most} />
  if (state.kind === 'loading') return <LoadingState />
  const { laid, signs, of } = state
  return (
    <div className="drawn-pages" aria-busy={of !== document}>
      <PageRemarks laid={laid} signs={signs} />
      <ol className="pages" aria-label={t('documents.ui.preview.pages', { count: laid.count })}>
        {laid.pages.map(({ index, items }) => (
          <li key={index} className="live-page" aria-label={t('documents.ui.preview.page', { page: index + 1 })}>
            <PageDrawing items={items} missing={laid.missing} marks={[]} pictureAddress={noPicture} />
          </li>
        ))}
      </ol>
      <p className="soft small">{t('documents.ui.preview.count', { count: laid.count })}</p>
    </div>
  )
}

function PagesFromServer({ document, most }: { readonly document: OfficialDocument | null; readonly most: number }) {
  const { t } = useWords()
  const { drawn, error, isBehind } = useServerPages(document)
  if (drawn === null) return error === null ? <LoadingState /> : <RefusalNotice error={error} />
  return (
    <div className="drawn-pages" aria-busy={isBehind}>
      <RefusalNotice error={error} />
      <SignNotices missing={drawn.missing} lent={drawn.lent} />
      {drawn.findings.filter(({ code }) => code !== 'layout.missing-glyph').map((finding) => (
        <Notice key={`${finding.code}${finding.page}`} kind="warning">
          {t(`documents.${finding.code}`, { page: finding.page, ...finding.params })}
        </Notice>
      ))}
      <ol className="pages" aria-label={t('documents.ui.preview.pages', { count: drawn.count })}>
        {drawn.pages.slice(0, most).map((svg, index) => (
          <li key={`${index}`}>
            <SvgPage svg={svg} label={t('documents.ui.preview.page', { page: index + 1 })} />
          </li>
        ))}
      </ol>
      <p className="soft small">{t('documents.ui.preview.count', { count: drawn.count })}</p>
    </div>
  )
}
