import type { Verification } from '@xiewen/shared/seals'
import { useWords } from '../../../platform/i18n/index.ts'
import { PageSketches } from './page-sketches.tsx'

const shortWords = { VALID: 'valid', INVALID: 'invalid', CHANGED_AFTER: 'changed', UNTRUSTED: 'untrusted', INDETERMINATE: 'unclear' } as const

/** The verdict in large letters, then who, when, which seal, and why. `isRegisterSilent` when the office's register could not be asked. */
export function VerificationView({ result, isRegisterSilent = false }: { readonly result: Verification; readonly isRegisterSilent?: boolean }) {
  const { t, format } = useWords()
  const { registered } = result
  return (
    <section className="verdict-view" aria-label={t('seals.verify.result')}>
      <div className={`verdict ${result.verdict === 'VALID' ? 'good' : 'bad'}`} role="status" data-verdict={result.verdict}>
        <p className="verdict-word">{t(`seals.verify.${shortWords[result.verdict]}`)}</p>
        <p>{t(`seals.verdict.${result.verdict}`)}</p>
        {result.reasons.map((reason) => (
          <p key={reason.code}>{t(`seals.reason.${reason.code}`, reason.params)}</p>
        ))}
        {result.verdict !== 'VALID' ? null : (
          <p data-register={isRegisterSilent ? 'silent' : 'asked'}>{isRegisterSilent ? t('seals.verify.register-silent') : registered === null ? t('seals.verify.unregistered') : t('seals.verify.registered', { number: registered.number, title: registered.title, at: format.moment(registered.at) })}</p>
        )}
      </div>
      <PageSketches seals={result.seals} />
      {result.seals.map((seal, index) => (
        <OneSeal key={`${seal.certificateSerial}${index}`} seal={seal} number={index + 1} isLast={index === result.seals.length - 1} />
      ))}
      <p className="soft small">
        {t('seals.verify.digest')} <code className="digest">{result.digest}</code>
      </p>
    </section>
  )
}

interface OneSealProps {
  readonly seal: Verification['seals'][number]
  readonly number: number
  /** The last one covers the whole file; those before it the file as it was. */
  readonly isLast: boolean
}

function OneSeal({ seal, number, isLast }: OneSealProps) {
  const { t, format } = useWords()
  return (
    <div className="verified-seal">
      {seal.picture === '' ? null : <img className="seal-picture" alt={t('seals.verify.picture', { name: seal.sealName })} src={seal.picture} />}
      <dl className="facts">
        <dt>{t('seals.verify.number-n', { number })}</dt>
        <dd className={`strong ${seal.verdict === 'VALID' ? 'tone-green' : 'tone-red'}`} data-seal-verdict={seal.verdict}>
          {t(`seals.verify.${shortWords[seal.verdict]}`)}
          {seal.reasons.map((reason) => (
            <p key={reason.code}>{t(`seals.reason.${reason.code}`, reason.params)}</p>
          ))}
        </dd>
        <dt>{seal.sealName === '' ? t('seals.verify.signer') : t('seals.verify.seal')}</dt>
        <dd className="strong">{seal.sealName || seal.signerName || '—'}</dd>
        <dt>{t('seals.verify.at')}</dt>
        <dd>
          {seal.signedAt === null ? '—' : `${format.date(seal.signedAt)} ${format.time(seal.signedAt)}`}{' '}
          {seal.timeSource === 'time-stamp' ? <span className="soft">{t('seals.verify.stamped', { name: seal.timeAuthority })}</span> : null}
        </dd>
        <dt>{t('seals.verify.page')}</dt>
        <dd>{seal.places.length === 0 ? '—' : t('seals.verify.page-n', { page: [...new Set(seal.places.map((place) => place.page))].join('、') })}</dd>
        <dt>{t('seals.verify.covers')}</dt>
        <dd>{isLast ? t('seals.verify.covers.all') : t('seals.verify.covers.revision', { revision: seal.revision })}</dd>
        {seal.sealCode === '' ? null : (
          <>
            <dt>{t('seals.verify.code')}</dt>
            <dd className="figures">{seal.sealCode}</dd>
          </>
        )}
        <dt>{t('seals.verify.path')}</dt>
        <dd>{seal.certificatePath.join(' ← ') || '—'}</dd>
        {seal.state === null ? null : (
          <>
            <dt>{t('seals.verify.state')}</dt>
            <dd>{t(`seals.state.${seal.state}`)}</dd>
          </>
        )}
      </dl>
      <ul className="verify-reasons">
        {seal.notes.map((note) => (
          <li key={note} className="soft">
            {t(`seals.note.${note}`)}
          </li>
        ))}
        {seal.state === null ? null : <li className="soft">{t(seal.origin === 'outside' ? 'seals.verify.outside' : 'seals.verify.own')}</li>}
      </ul>
    </div>
  )
}
