import { sealsContract, type Verification } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { useState } from 'react'
import { type CallError, isCallError, upload } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { FileDrop, Page, RefusalNotice } from '../../../platform/kit/index.ts'
import '../seals.css'
import { VerificationView } from './verification-view.tsx'

const largestBytes = 64 * 1024 * 1024

type Stage =
  | { readonly kind: 'waiting'; readonly error: CallError | null }
  | { readonly kind: 'busy'; readonly name: string }
  | { readonly kind: 'done'; readonly name: string; readonly result: Verification }

/** 验章, for anyone, signed in or not: one file in, one verdict out. */
export function Component() {
  const { t } = useWords()
  const [stage, setStage] = useState<Stage>({ kind: 'waiting', error: null })
  const check = async (file: File) => {
    setStage({ kind: 'busy', name: file.name })
    try {
      setStage({ kind: 'done', name: file.name, result: await upload(sealsContract.verify, {}, file) })
    } catch (error) {
      if (!isCallError(error)) throw error
      setStage({ kind: 'waiting', error })
    }
  }
  return (
    <Page title={t('seals.verify.title')} note={t('seals.verify.note')}>
      <div className="verify-page">
        {stage.kind === 'waiting' ? (
          <>
            <FileDrop label={t('seals.verify.drop')} accept=".pdf,application/pdf" maxBytes={largestBytes} onFiles={([file]) => void (file && check(file))} />
            <RefusalNotice error={stage.error} />
          </>
        ) : null}
        {stage.kind === 'busy' ? <p role="status">{`${t('seals.verify.busy')} ${stage.name}`}</p> : null}
        {stage.kind === 'done' ? (
          <>
            <div className="row">
              <span className="strong">{stage.name}</span>
              <Button onClick={() => setStage({ kind: 'waiting', error: null })}>{t('seals.verify.again')}</Button>
            </div>
            <VerificationView result={stage.result} />
          </>
        ) : null}
      </div>
    </Page>
  )
}
