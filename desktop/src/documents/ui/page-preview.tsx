import { documentsContract } from '@xiewen/shared/documents'
import { Checkbox } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { urlOf, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Notice } from '../../platform/kit/index.ts'
import { SignNotices } from './missing-signs.tsx'
import { useSyncState } from './use-live-document.ts'
import type { Desk } from './workbench-model.ts'

/** 版式预览: the pages as the PDF will have them, drawn by the same engine on the server from what is saved there. */
export function PagePreview({ desk }: { readonly desk: Pick<Desk, 'opened' | 'live'> }) {
  const { t } = useWords()
  const documentId = desk.opened.document.id
  const [showChanges, setShowChanges] = useState(false)
  const [isDouble, setDouble] = useState(false)
  const state = useSyncState(desk.live)
  const input = useMemo(() => ({ documentId, showChanges }), [documentId, showChanges])
  const laid = useQuery(documentsContract.layout, input, { refreshOn: [`document:${documentId}`] })
  const seq = state.kind === 'saved' ? state.seq : 0
  const { reload } = laid
  useEffect(() => {
    if (seq === 0) return
    const timer = setTimeout(reload, 400)
    return () => clearTimeout(timer)
  }, [seq, reload])
  return (
    <div className="sheet-scroll preview">
      <div className="preview-bar row">
        <Checkbox checked={showChanges} onChange={(event) => setShowChanges(event.target.checked)}>
          {t('documents.ui.preview.changes')}
        </Checkbox>
        <Checkbox className="two-pages-choice" checked={isDouble} onChange={(event) => setDouble(event.target.checked)}>
          {t('documents.ui.preview.double')}
        </Checkbox>
        {state.kind === 'saving' ? <span className="soft small">{t('documents.ui.preview.behind')}</span> : null}
      </div>
      <Answer of={laid}>
        {(layout) => (
          <>
            <SignNotices missing={layout.missing} lent={layout.lent} />
            {layout.findings.filter(({ code }) => code !== 'layout.missing-glyph').map((finding) => (
              <Notice key={`${finding.code}${finding.page}${finding.block}`} kind="warning">
                {t(`documents.${finding.code}`, { page: finding.page, ...finding.params })}
              </Notice>
            ))}
            <ol className={isDouble ? 'pages double' : 'pages'} aria-label={t('documents.ui.preview.pages', { count: layout.pages.length })}>
              {layout.pages.map((_, index) => (
                <li key={`${index}`}>
                  <img
                    loading="lazy"
                    width={794}
                    height={1123}
                    alt={t('documents.ui.preview.page', { page: index + 1 })}
                    src={urlOf(documentsContract.page, { documentId, page: index + 1, showChanges, digest: layout.digest })}
                  />
                </li>
              ))}
            </ol>
          </>
        )}
      </Answer>
    </div>
  )
}
