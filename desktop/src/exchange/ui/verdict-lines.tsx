import type { ReceiptView, Verification } from '@xiewen/shared/exchange'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice } from '../../platform/kit/index.ts'

/** What the seals and both sides' signatures say, one line each: who, when, valid or what is wrong. */
export function VerdictLines({ verification, receipt }: { readonly verification: Verification; readonly receipt: ReceiptView }) {
  const { t, format } = useWords()
  const { seals, digestMatches, envelope, acknowledgement, isUnsealed } = verification
  const whole = verification.verdict === 'VALID' && digestMatches
  return (
    <div className="verdict-lines">
      {seals.length > 0 ? null : isUnsealed && digestMatches ? (
        <Notice kind="success">{t('exchange.ui.verdict.unsealed')}</Notice>
      ) : (
        <Notice kind="error">{t('exchange.ui.verdict.no-seal')}</Notice>
      )}
      {seals.map((seal, index) => (
        <Notice key={`${index}`} kind={seal.verdict === 'VALID' && whole ? 'success' : 'error'}>
          {t(`exchange.ui.verdict.${seal.verdict}`, { seal: seal.sealName, signer: seal.signerName, at: seal.signedAt === null ? '—' : format.moment(seal.signedAt) })}
        </Notice>
      ))}
      {digestMatches ? null : <Notice kind="error">{t('exchange.ui.verdict.digest')}</Notice>}
      {envelope === 'valid' ? null : <Notice kind="error">{t('exchange.ui.verdict.envelope')}</Notice>}
      {acknowledgement === 'broken' ? <Notice kind="error">{t('exchange.ui.verdict.acknowledgement')}</Notice> : null}
      {acknowledgement === 'valid' && receipt.signedFor ? (
        <p className="soft small">{t('exchange.ui.verdict.signed-for', { name: receipt.signedFor.personName, at: format.moment(receipt.signedFor.at) })}</p>
      ) : null}
    </div>
  )
}
