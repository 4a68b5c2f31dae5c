import { sealsContract, type SealView } from '@xiewen/shared/seals'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type CallError, refreshTopics, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'
import { type SessionView, useSession } from '../../platform/rooms/index.ts'

/** What can be done with a seal from its card. */
const acts = ['approve-seal', 'refuse-seal', 'make', 'enable', 'suspend', 'resume', 'destroy'] as const
type SealAct = (typeof acts)[number]

const needsReason: readonly SealAct[] = ['refuse-seal', 'suspend', 'resume', 'destroy']

/** Acts offered to this person now; the server decides again. */
export function actsFor(seal: Pick<SealView, 'state' | 'custodianId' | 'keeperPostId'>, session: Pick<SessionView, 'posts' | 'duties'>): readonly SealAct[] {
  const isApprover = session.posts.some((post) => post.organId === seal.custodianId && post.duties.includes('seal-approver'))
  const isKeeper = session.posts.some((post) => post.id === seal.keeperPostId)
  const isMaker = session.duties.includes('security-admin')
  switch (seal.state) {
    case 'applied':
      return isApprover ? ['approve-seal', 'refuse-seal'] : []
    case 'approved':
      return isMaker ? ['make'] : []
    case 'filed':
      return [...(isKeeper ? ['enable'] as const : []), ...(isMaker ? ['destroy'] as const : [])]
    case 'active':
      return [...(isApprover || isKeeper ? ['suspend'] as const : []), ...(isMaker ? ['destroy'] as const : [])]
    case 'suspended':
      return [...(isApprover ? ['resume'] as const : []), ...(isMaker ? ['destroy'] as const : [])]
    case 'made':
    case 'destroyed':
    case 'refused':
      return []
  }
}

function useActs(sealId: SealView['id']) {
  const approveSeal = useCommand(sealsContract.approveSeal)
  const refuseSeal = useCommand(sealsContract.refuseSeal)
  const make = useCommand(sealsContract.make)
  const enable = useCommand(sealsContract.enable)
  const suspend = useCommand(sealsContract.suspend)
  const resume = useCommand(sealsContract.resume)
  const destroy = useCommand(sealsContract.destroy)
  const handles = { 'approve-seal': approveSeal, 'refuse-seal': refuseSeal, make, enable, suspend, resume, destroy }
  const run = async (act: SealAct, reason: string): Promise<boolean> => {
    switch (act) {
      case 'approve-seal':
        return (await approveSeal.run({ sealId })) !== null
      case 'refuse-seal':
        return (await refuseSeal.run({ sealId, reason })) !== null
      case 'make':
        return (await make.run({ sealId })) !== null
      case 'enable':
        return (await enable.run({ sealId })) !== null
      case 'suspend':
        return (await suspend.run({ sealId, reason })) !== null
      case 'resume':
        return (await resume.run({ sealId, reason })) !== null
      case 'destroy':
        return (await destroy.run({ sealId, reason })) !== null
    }
  }
  const errorOf = (act: SealAct): CallError | null => handles[act].error
  return { run, errorOf, busy: Object.values(handles).some((handle) => handle.busy) }
}

/** The buttons of a seal's card; each asks before it acts. */
export function SealActs({ seal }: { readonly seal: SealView }) {
  const { t } = useWords()
  const session = useSession()
  const { run, errorOf, busy } = useActs(seal.id)
  const [asking, setAsking] = useState<SealAct | null>(null)
  const [reason, setReason] = useState('')
  const offered = actsFor(seal, session)
  if (offered.length === 0) return null
  const label = asking === null ? '' : t(`seals.ui.act.${asking}`)
  const wantsReason = asking !== null && needsReason.includes(asking)
  const confirm = async () => {
    if (asking === null || !(await run(asking, reason))) return
    tellDone(t('seals.ui.act.done', { act: label }))
    setAsking(null)
    setReason('')
    refreshTopics(['seals'])
  }
  return (
    <div className="row seal-acts">
      {offered.map((act, index) => (
        <Button key={act} type={index === 0 && act !== 'suspend' && act !== 'destroy' ? 'primary' : 'default'} danger={act === 'destroy'} onClick={() => setAsking(act)}>
          {t(`seals.ui.act.${act}`)}
        </Button>
      ))}
      <ConfirmSheet
        open={asking !== null}
        title={t('seals.ui.act.ask', { act: label, name: seal.name })}
        confirmLabel={label}
        danger={asking === 'destroy'}
        busy={busy}
        disabled={wantsReason && reason.trim() === ''}
        error={asking === null ? null : errorOf(asking)}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(null)}
      >
        {asking === 'destroy' ? <p className="soft">{t('seals.ui.destroy-hint')}</p> : null}
        {wantsReason ? (
          <Field label={t('seals.ui.reason')} required>
            {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
        ) : null}
      </ConfirmSheet>
    </div>
  )
}
