import { sealsContract, type SealsOverview } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice, RefusalNotice, tellDone } from '../../platform/kit/index.ts'

/** 账实相符, or what does not agree, line by line. */
export function ReconciliationNotice({ reconciliation }: { readonly reconciliation: SealsOverview['reconciliation'] }) {
  const { t, format } = useWords()
  const { findings, checkedAt, ...counts } = reconciliation
  return (
    <Notice kind={counts.unexplained === 0 ? 'success' : 'error'}>
      <span className="strong">{t(counts.unexplained === 0 ? 'seals.ui.reconcile.good' : 'seals.ui.reconcile.bad')}</span> <span className="figures">{t('seals.ui.reconcile', counts)}</span>{' '}
      <span className="soft">{checkedAt === null ? t('seals.ui.reconcile.not-yet') : t('seals.ui.reconcile.checked', { at: format.moment(checkedAt) })}</span>{' '}
      <ReconcileNow />
      {findings.length === 0 ? null : (
        <ul className="findings">
          {findings.map((finding) => (
            <li key={`${finding.kind} ${finding.id}`}>
              {t(`seals.ui.finding.${finding.kind}`)} <span className="soft">{finding.sealName || t('seals.ui.finding.unknown-seal')}</span> <code>{finding.id}</code>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

/** 立即核对: every line, now; the outcome comes back with the next refresh. */
function ReconcileNow() {
  const { t } = useWords()
  const reconcile = useCommand(sealsContract.reconcile)
  const start = async () => {
    if ((await reconcile.run({})) !== null) tellDone(t('seals.ui.reconcile.started'))
  }
  return (
    <>
      <Button size="small" loading={reconcile.busy} onClick={() => void start()}>
        {t('seals.ui.reconcile.now')}
      </Button>
      <RefusalNotice error={reconcile.error} />
    </>
  )
}
