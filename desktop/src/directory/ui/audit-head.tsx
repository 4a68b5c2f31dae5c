import { auditContract } from '@xiewen/shared/base'
import { Button } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Notice, RefusalNotice } from '../../platform/kit/index.ts'

/** The signed head of the ledger, and the button that recomputes the whole of it. */
export function AuditHead() {
  const { t, format } = useWords()
  const head = useQuery(auditContract.checkpoint, {})
  const verify = useCommand(auditContract.verify)
  const [result, setResult] = useState<Awaited<ReturnType<typeof verify.run>>>(null)
  return (
    <section className="audit-head" aria-label={t('directory.ui.audit.head')}>
      <Answer of={head}>
        {(data) => (
          <div className="row">
            <span>{t('directory.ui.audit.size', { count: format.count(data.size) })}</span>
            <Button type="primary" loading={verify.busy} onClick={() => void verify.run({}).then(setResult)}>
              {t('directory.ui.audit.verify')}
            </Button>
            <details>
              <summary>{t('directory.ui.audit.head')}</summary>
              <pre className="raw">{`${data.text}\n${data.publicKey}`}</pre>
            </details>
          </div>
        )}
      </Answer>
      <RefusalNotice error={verify.error} />
      {result === null ? null : result.problems.length === 0 ? (
        <Notice kind="success">{t('directory.ui.audit.intact', { facts: format.count(result.facts), heads: format.count(result.checkpoints) })}</Notice>
      ) : (
        <Notice kind="error">
          {t('directory.ui.audit.broken', { count: result.problems.length, first: result.problems.map((problem) => `#${problem.seq} ${problem.code}`).slice(0, 5).join(t('ui.list-comma')) })}
        </Notice>
      )}
    </section>
  )
}
