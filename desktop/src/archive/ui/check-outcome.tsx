import type { PieceCheck } from '@xiewen/shared/archive'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice } from '../../platform/kit/index.ts'

/** What a check found, in sentences. */
export function CheckOutcome({ check }: { readonly check: PieceCheck }) {
  const { t, format } = useWords()
  const damaged = check.parts.filter((part) => part.condition !== 'intact').length
  return (
    <div aria-live="polite">
      <Notice kind={check.intact ? 'success' : 'error'}>
        <p>
          {t(check.intact ? 'archive.ui.check.intact' : 'archive.ui.check.damaged')} {`${format.date(check.at)} ${format.time(check.at)}`}
        </p>
        <ul>
          <li>{damaged === 0 ? t('archive.ui.check.parts', { count: check.parts.length }) : t('archive.ui.check.parts-damaged', { count: damaged })}</li>
          <li>{t(check.registerAgrees ? 'archive.ui.check.register' : 'archive.ui.check.register-differs')}</li>
          <li>
            {check.opinions.broken === 0 ? t('archive.ui.check.opinions', { count: check.opinions.total }) : t('archive.ui.check.opinions-broken', { count: check.opinions.broken })}
          </li>
          {check.seal ? (
            <li>
              {t(check.seal.verdict === 'VALID' ? 'archive.ui.check.seal-valid' : 'archive.ui.check.seal-not-valid')}
              {check.seal.seals.map((seal) => ` ${seal.name} ${seal.signerName} ${seal.signedAt === null ? '' : format.date(seal.signedAt)}`).join('；')}
            </li>
          ) : (
            <li>{t('archive.ui.check.no-seal')}</li>
          )}
        </ul>
      </Notice>
    </div>
  )
}
