import { copyCodeSchema, sealsContract, type Verification } from '@xiewen/shared/seals'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type CallError, isCallError, upload } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { Field, FileDrop, Notice, Page, RefusalNotice } from '../../../platform/kit/index.ts'
import '../seals.css'
import { navigate } from '../../../platform/rooms/index.ts'
import { LocalVerifyError, verifyLocally } from './local-verify.ts'
import { VerificationView } from './verification-view.tsx'

const largestBytes = 64 * 1024 * 1024

type Where = 'here' | 'server'

type Stage =
  | { readonly kind: 'waiting'; readonly error: CallError | null }
  | { readonly kind: 'busy'; readonly name: string }
  /** This browser cannot verify; whoever holds the file decides whether it may be sent. */
  | { readonly kind: 'unable'; readonly file: File }
  | { readonly kind: 'done'; readonly name: string; readonly where: Where; readonly core: string; readonly isRegisterSilent: boolean; readonly result: Verification }

/** 验章, for anyone, signed in or not: one file in, one verdict out. The file stays in this browser unless its holder asks otherwise. */
export function Component() {
  const { t } = useWords()
  const [stage, setStage] = useState<Stage>({ kind: 'waiting', error: null })
  const run = async (file: File, where: Where) => {
    setStage({ kind: 'busy', name: file.name })
    try {
      const found = where === 'here' ? await verifyLocally(file) : { result: await upload(sealsContract.verify, {}, file), core: 'server', isRegisterSilent: false }
      setStage({ kind: 'done', name: file.name, where, ...found })
    } catch (error) {
      if (error instanceof LocalVerifyError) setStage({ kind: 'unable', file })
      else if (isCallError(error)) setStage({ kind: 'waiting', error })
      else throw error
    }
  }
  return (
    <Page title={t('seals.verify.title')} note={t('seals.verify.note')}>
      <div className="verify-page">
        {stage.kind === 'waiting' ? (
          <>
            <FileDrop
              label={t('seals.verify.drop')} accept=".pdf,.ofd,.esl,.dat,.p7s,application/pdf,application/ofd" maxBytes={largestBytes}
              onFiles={([file]) => void (file && run(file, 'here'))}
            />
            <p className="soft">{t('seals.verify.stays')}</p>
            <RefusalNotice error={stage.error} />
            <CodeForm />
          </>
        ) : null}
        {stage.kind === 'busy' ? <p role="status">{`${t('seals.verify.busy')} ${stage.name}`}</p> : null}
        {stage.kind === 'unable' ? (
          <>
            <Notice kind="error">{t('seals.verify.unable')}</Notice>
            <div className="row">
              <Button type="primary" onClick={() => void run(stage.file, 'server')}>
                {t('seals.verify.send')}
              </Button>
              <Button onClick={() => setStage({ kind: 'waiting', error: null })}>{t('seals.verify.again')}</Button>
            </div>
          </>
        ) : null}
        {stage.kind === 'done' ? (
          <>
            <div className="row">
              <span className="strong">{stage.name}</span>
              <Button onClick={() => setStage({ kind: 'waiting', error: null })}>{t('seals.verify.again')}</Button>
            </div>
            <VerificationView result={stage.result} isRegisterSilent={stage.isRegisterSilent} />
            <p className="soft small" data-core={stage.core}>
              {t(`seals.verify.where.${stage.where}`)}
            </p>
          </>
        ) : null}
      </div>
    </Page>
  )
}

/** Whoever has a printed copy and nothing to scan it with types its code. */
function CodeForm() {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const send = () => {
    const parsed = copyCodeSchema.safeParse(code)
    setIsWrong(!parsed.success)
    if (parsed.success) navigate(`/v/${parsed.data}`)
  }
  return (
    <form
      className="copy-form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Field label={t('seals.copy.enter')} hint={t('seals.copy.enter-hint')} wrong={isWrong ? t('seals.copy.malformed') : null}>
        {(control) => <Input {...control} value={code} onChange={(event) => setCode(event.target.value)} maxLength={40} autoComplete="off" spellCheck={false} />}
      </Field>
      <Button htmlType="submit" disabled={code.trim() === ''}>
        {t('seals.copy.look')}
      </Button>
    </form>
  )
}
