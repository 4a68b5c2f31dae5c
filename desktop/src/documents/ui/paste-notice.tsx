import { useWords } from '../../platform/i18n/index.ts'
import { Notice } from '../../platform/kit/index.ts'
import type { PasteReport } from './editor/paste.ts'

/** What a paste came in as, and what was left out of it. */
export function PasteNotice({ report, onClose }: { readonly report: PasteReport; readonly onClose: () => void }) {
  const { t } = useWords()
  const { headings, paragraphs, tables, leftOut } = report
  const gone = Object.entries(leftOut).filter(([, count]) => count > 0).map(([what, count]) => t(`documents.ui.pasted.${what}`, { count }))
  return (
    <Notice kind="info">
      {t('documents.ui.pasted', { headings, paragraphs, tables })} {gone.length === 0 ? '' : t('documents.ui.pasted.left-out', { list: gone.join(t('ui.list-comma')) })}{' '}
      <button type="button" className="plain" onClick={onClose}>
        {t('ui.close')}
      </button>
    </Notice>
  )
}
