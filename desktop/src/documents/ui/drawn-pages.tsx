import type { OfficialDocument } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { LoadingState, Notice, RefusalNotice, SvgPage } from '../../platform/kit/index.ts'
import { SignNotices } from './missing-signs.tsx'
import { useDrawnPages } from './use-drawn-pages.ts'
import './paper.css'

/** 版式预览 of a document that is not stored: what its pages will look like, with what the layout has to say. */
export function DrawnPages({ document, most = 12 }: { readonly document: OfficialDocument | null; readonly most?: number }) {
  const { t } = useWords()
  const { drawn, error, isBehind } = useDrawnPages(document)
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
