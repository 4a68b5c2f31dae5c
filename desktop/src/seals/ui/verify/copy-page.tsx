import { copyCodeSchema, type CopyView, sealsContract } from '@xiewen/shared/seals'
import { useState } from 'react'
import { call, type CallError, isCallError, useQuery } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { Answer, EmptyState, FileDrop, Lamp, Notice, Page, RefusalNotice } from '../../../platform/kit/index.ts'
import { Link, type PageProps } from '../../../platform/rooms/index.ts'
import '../seals.css'
import { toneOfSeal } from '../tones.ts'
import { type LocalVerification, LocalVerifyError, verifyLocally } from './local-verify.ts'
import { VerificationView } from './verification-view.tsx'

const largestBytes = 64 * 1024 * 1024

/** The page behind the code of a printed copy (打印件): what the office says of the document, and whether a file at hand is the true one. For anyone. */
export function Component({ params }: PageProps) {
  const { t } = useWords()
  const parsed = copyCodeSchema.safeParse(params['code'])
  return (
    <Page title={t('seals.copy.title')} note={t('seals.copy.note')}>
      <div className="verify-page">
        {parsed.success ? <OneCopy code={parsed.data} /> : <EmptyState title={t('seals.copy.malformed')} />}
        <Link to="/verify">{t('seals.copy.other')}</Link>
      </div>
    </Page>
  )
}

function OneCopy({ code }: { readonly code: string }) {
  const { t } = useWords()
  const answer = useQuery(sealsContract.copy, { code })
  return (
    <Answer of={answer}>
      {(copy) => (
        <>
          <div className="verdict good" role="status">
            <p className="verdict-word">{t('seals.copy.exists')}</p>
            <p>{t(`seals.copy.tells.${copy.tells}`)}</p>
          </div>
          <CopyFacts code={code} copy={copy} />
          <Notice>{t('seals.copy.compare-hint')}</Notice>
          <Comparing code={code} />
        </>
      )}
    </Answer>
  )
}

function CopyFacts({ code, copy }: { readonly code: string; readonly copy: CopyView }) {
  const { t, format } = useWords()
  return (
    <dl className="facts">
      <dt>{t('seals.copy.code')}</dt>
      <dd className="figures">{code.replaceAll(/(.{4})(?=.)/g, '$1-')}</dd>
      {copy.title === null ? null : (
        <>
          <dt>{t('seals.copy.document')}</dt>
          <dd className="strong">{copy.title}</dd>
        </>
      )}
      {copy.organName === null ? null : (
        <>
          <dt>{t('seals.ui.column.number')}</dt>
          <dd className="figures">{copy.number || '—'}</dd>
          <dt>{t('seals.copy.organ')}</dt>
          <dd>{copy.organName}</dd>
          <dt>{t('seals.copy.sealed')}</dt>
          <dd>{copy.sealedAt === null ? '—' : format.date(copy.sealedAt)}</dd>
        </>
      )}
      {copy.seals?.map((seal) => (
        <div className="line" key={`${seal.name}${seal.at}`}>
          <dt>{t('seals.verify.seal')}</dt>
          <dd>
            {seal.name} <Lamp tone={toneOfSeal(seal.state)} label={t(`seals.state.${seal.state}`)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

type Compared =
  | { readonly kind: 'waiting'; readonly error: CallError | null; readonly isUnable: boolean }
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly name: string; readonly match: CopyView['match']; readonly found: LocalVerification }

/** A file at hand is verified in this browser; only its digest is asked about. */
function Comparing({ code }: { readonly code: string }) {
  const { t } = useWords()
  const [state, setState] = useState<Compared>({ kind: 'waiting', error: null, isUnable: false })
  const compare = async (file: File) => {
    setState({ kind: 'busy' })
    try {
      const found = await verifyLocally(file)
      const { match } = found.result.digest === '' ? { match: 'none' as const } : await call(sealsContract.copy, { code, digest: found.result.digest })
      setState({ kind: 'done', name: file.name, match, found })
    } catch (error) {
      if (error instanceof LocalVerifyError) setState({ kind: 'waiting', error: null, isUnable: true })
      else if (isCallError(error)) setState({ kind: 'waiting', error, isUnable: false })
      else throw error
    }
  }
  return (
    <>
      {state.kind === 'done' ? (
        <div className={`verdict ${state.match === 'none' ? 'bad' : 'good'}`} role="status" data-match={state.match}>
          <p className="strong">{state.name}</p>
          <p>{t(`seals.copy.match.${state.match ?? 'none'}`)}</p>
        </div>
      ) : null}
      {state.kind === 'busy' ? (
        <p role="status">{t('seals.verify.busy')}</p>
      ) : (
        <FileDrop label={t('seals.copy.drop')} accept=".pdf,.ofd,application/pdf,application/ofd" maxBytes={largestBytes} onFiles={([file]) => void (file && compare(file))} />
      )}
      {state.kind === 'waiting' && state.isUnable ? <Notice kind="error">{t('seals.verify.unable')}</Notice> : null}
      <RefusalNotice error={state.kind === 'waiting' ? state.error : null} />
      {state.kind === 'done' ? <VerificationView result={state.found.result} isRegisterSilent={state.found.isRegisterSilent} /> : null}
    </>
  )
}
