import { type ApplicationView, sealNameOf, sealsContract, type Verification } from '@xiewen/shared/seals'
import { Input } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, type Decision, DecisionBar, Field, tellDone } from '../../platform/kit/index.ts'
import type { Nudge } from './seal-desk.tsx'

/** Props of `ApplicationBar`. */
export interface ApplicationBarProps {
  readonly application: ApplicationView
  readonly abilities: { readonly approve: boolean; readonly impress: boolean; readonly withdraw: boolean }
  readonly nudge: Nudge
  readonly onSealed: (result: Verification) => void
  readonly reload: () => void
}

type Asked = 'approve' | 'refuse' | 'impress' | 'withdraw'

/** 批准用印 · 不同意 · 加盖印章 · 撤回: each asks once more with what it binds. */
export function ApplicationBar(props: ApplicationBarProps) {
  const { t } = useWords()
  const { application, abilities } = props
  const [asked, setAsked] = useState<Asked | null>(null)
  const decision = (key: Asked, label: string, to: readonly string[] = []): Decision => ({ key, label, to, onAct: () => setAsked(key) })
  const primary = abilities.approve ? decision('approve', t('seals.ui.approve'), [application.seal.keeperName]) : abilities.impress ? decision('impress', t('seals.ui.impress')) : null
  const others = [...(abilities.approve ? [decision('refuse', t('seals.ui.refuse'))] : []), ...(abilities.withdraw ? [decision('withdraw', t('seals.ui.withdraw'))] : [])]
  if (primary === null && others.length === 0) return null
  const done = () => {
    setAsked(null)
    props.reload()
  }
  return (
    <>
      <DecisionBar primary={primary} others={others} hint={abilities.impress ? t('seals.ui.impress.once') : undefined} />
      <ApproveSheet application={application} open={asked === 'approve'} onClose={() => setAsked(null)} onDone={done} />
      <RefuseSheet application={application} open={asked === 'refuse'} onClose={() => setAsked(null)} onDone={done} />
      <WithdrawSheet application={application} open={asked === 'withdraw'} onClose={() => setAsked(null)} onDone={done} />
      <ImpressSheet {...props} open={asked === 'impress'} onClose={() => setAsked(null)} onDone={done} />
    </>
  )
}

interface SheetParts {
  readonly application: ApplicationView
  readonly open: boolean
  readonly onClose: () => void
  readonly onDone: () => void
}

function ApproveSheet({ application, open, onClose, onDone }: SheetParts) {
  const { t } = useWords()
  const approve = useCommand(sealsContract.approve)
  const [opinion, setOpinion] = useState('同意用印')
  const confirm = async () => {
    if ((await approve.run({ applicationId: application.id, opinion })) === null) return
    tellDone(t('seals.ui.approve.done'))
    onDone()
  }
  return (
    <ConfirmSheet open={open} title={t('seals.ui.approve.ask')} confirmLabel={t('seals.ui.approve')} busy={approve.busy} error={approve.error} onConfirm={() => void confirm()} onClose={onClose}>
      <p className="strong">{application.title}</p>
      <p className="soft">{t('seals.ui.approve.hint', { digest: application.digest.slice(0, 8) })}</p>
      <Field label={t('seals.ui.application.opinion')}>
        {(control) => <Input {...control} maxLength={200} value={opinion} onChange={(event) => setOpinion(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}

function RefuseSheet({ application, open, onClose, onDone }: SheetParts) {
  const { t } = useWords()
  const refuse = useCommand(sealsContract.refuse)
  const [reason, setReason] = useState('')
  const confirm = async () => {
    if ((await refuse.run({ applicationId: application.id, reason })) === null) return
    tellDone(t('seals.ui.refuse.done'))
    onDone()
  }
  return (
    <ConfirmSheet
      open={open} title={t('seals.ui.refuse')} confirmLabel={t('seals.ui.refuse')} danger busy={refuse.busy} disabled={reason.trim() === ''} error={refuse.error}
      onConfirm={() => void confirm()} onClose={onClose}
    >
      <Field label={t('seals.ui.reason')} required>
        {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}

function WithdrawSheet({ application, open, onClose, onDone }: SheetParts) {
  const { t } = useWords()
  const withdraw = useCommand(sealsContract.withdraw)
  const confirm = async () => {
    if ((await withdraw.run({ applicationId: application.id })) === null) return
    tellDone(t('seals.ui.withdraw.done'))
    onDone()
  }
  return <ConfirmSheet open={open} title={t('seals.ui.withdraw')} confirmLabel={t('seals.ui.withdraw')} busy={withdraw.busy} error={withdraw.error} onConfirm={() => void confirm()} onClose={onClose} />
}

function ImpressSheet({ application, nudge, onSealed, open, onClose, onDone }: SheetParts & Pick<ApplicationBarProps, 'nudge' | 'onSealed'>) {
  const { t } = useWords()
  const impress = useCommand(sealsContract.impress)
  const confirm = async () => {
    const output = await impress.run({ applicationId: application.id, nudgeX: nudge.x, nudgeY: nudge.y })
    if (output === null) return
    onSealed(output.verification)
    onDone()
  }
  return (
    <ConfirmSheet
      open={open} title={t('seals.ui.impress.ask', { name: sealNameOf(application.seal) })} confirmLabel={t('seals.ui.impress')} busy={impress.busy} error={impress.error}
      onConfirm={() => void confirm()} onClose={onClose}
    >
      <p className="strong">{application.title}</p>
      <p className="figures">
        {application.number} · <code>{application.digest.slice(0, 8)}</code>
      </p>
      <p className="soft">{t('seals.ui.impress.once')}</p>
    </ConfirmSheet>
  )
}
