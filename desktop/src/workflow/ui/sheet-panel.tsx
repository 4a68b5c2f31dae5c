/** 稿纸: 发文稿纸 of a document of ours, 收文处理单 of a received one, as the pages that are printed and filed. */
import { workflowContract } from '@xiewen/shared/workflow'
import { Button } from 'antd'
import { urlOf, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Notice, SvgPage } from '../../platform/kit/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import './workflow.css'

/** The panel. */
export function Component({ documentId, origin }: DocumentSlotProps) {
  const { t } = useWords()
  const answer = useQuery(workflowContract.sheet, { documentId }, { refreshOn: [`document:${documentId}`, 'workflow'] })
  const name = t(origin === 'incoming' ? 'workflow.ui.sheet.incoming' : 'workflow.ui.sheet.outgoing')
  const file = (format: 'pdf' | 'ofd'): string => urlOf(workflowContract.sheetFile, { documentId, format })
  return (
    <>
      <div className="row sheet-acts">
        <span className="strong">{name}</span>
        <Button size="small" target="_blank" rel="noopener" href={file('pdf')}>
          {t('workflow.ui.sheet.print')}
        </Button>
        <Button size="small" href={file('ofd')}>
          {t('workflow.ui.sheet.ofd')}
        </Button>
      </div>
      <p className="soft small">{t('workflow.ui.sheet.hint')}</p>
      <Answer of={answer}>
        {({ pages, missing }) => (
          <>
            {missing === '' ? null : <Notice kind="warning">{t('documents.missing-glyphs', { text: missing })}</Notice>}
            <ol className="sheet-pages" aria-label={name}>
              {pages.map((svg, index) => (
                <li key={`${index}`}>
                  <SvgPage svg={svg} label={t('workflow.ui.sheet.page', { name, page: index + 1 })} />
                </li>
              ))}
            </ol>
          </>
        )}
      </Answer>
    </>
  )
}
