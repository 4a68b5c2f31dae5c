/** 用印 on the document page: the registrar applies; everyone sees where it stands. */
import { documentIdSchema } from '@xiewen/shared/documents'
import { sealsContract } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { Link, useSession } from '../../platform/rooms/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { ApplicationFacts } from './application-facts.tsx'
import './seals.css'

/** The panel. */
export function Component({ documentId: given, state, reload }: DocumentSlotProps) {
  const { t } = useWords()
  const { duties } = useSession()
  const documentId = documentIdSchema.parse(given)
  const answer = useQuery(sealsContract.applications, { documentId, limit: 50 }, { refreshOn: ['seals', `document:${given}`] })
  const apply = useCommand(sealsContract.apply)
  const send = async () => {
    if ((await apply.run({ documentId })) === null) return
    tellDone(t('seals.ui.panel.applied'))
    answer.reload()
    reload()
  }
  return (
    <Answer of={answer}>
      {({ rows }) => {
        const isOpen = rows.some((row) => row.state === 'applied' || row.state === 'permitted')
        return (
          <div className="seal-panel">
            {rows.length === 0 ? <EmptyState title={t('seals.ui.panel.none')} hint={t('seals.ui.panel.hint')} /> : null}
            {duties.includes('registrar') && state === 'typeset' && !isOpen ? (
              <Button type="primary" block loading={apply.busy} onClick={() => void send()}>
                {t('seals.ui.panel.apply')}
              </Button>
            ) : null}
            <RefusalNotice error={apply.error} />
            {rows.map((row) => (
              <section key={row.id}>
                <ApplicationFacts application={row} />
                <Link to={`/seals/applications/${row.id}`}>{t('seals.ui.panel.open')}</Link>
              </section>
            ))}
          </div>
        )
      }}
    </Answer>
  )
}
