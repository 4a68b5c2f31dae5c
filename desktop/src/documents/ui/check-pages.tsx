import { documentsContract, remarkKey } from '@xiewen/shared/documents'
import { Button } from 'antd'
import { useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Lamp } from '../../platform/kit/index.ts'
import type { Desk } from './workbench-model.ts'

/** 版式检查: the rules measured on the pages, which the server lays out. Asked for, because it takes a moment. */
export function PageFindings({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const [isAsked, setAsked] = useState(false)
  return (
    <section aria-label={t('documents.ui.check.pages')}>
      <h3 className="check-group">{t('documents.ui.check.pages')}</h3>
      {isAsked ? (
        <PageAnswer desk={desk} />
      ) : (
        <Button onClick={() => void desk.settle().then(() => setAsked(true))}>{t('documents.ui.check.pages-ask')}</Button>
      )}
    </section>
  )
}

function PageAnswer({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const answer = useQuery(documentsContract.lint, { documentId: desk.opened.document.id }, { refreshOn: ['documents'] })
  return (
    <Answer of={answer}>
      {({ findings }) => {
        const own = findings.filter((finding) => finding.page !== null)
        return own.length === 0 ? (
          <p>{t('documents.ui.check.pages-clean')}</p>
        ) : (
          <ol className="plain-list findings">
            {own.map((finding, index) => (
              <li key={`${index}${finding.rule}`}>
                <Lamp tone={finding.severity === 'error' ? 'red' : finding.severity === 'warning' ? 'yellow' : 'grey'} label={t(`documents.lint.${finding.rule}.name`)} />
                <p>{t(remarkKey(finding), finding.params)}</p>
              </li>
            ))}
          </ol>
        )
      }}
    </Answer>
  )
}
