import { sealNameOf, sealsContract, type SealView } from '@xiewen/shared/seals'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type CallError, refreshTopics, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'
import { type SessionView, useSession } from '../../platform/rooms/index.ts'

/** What can be done with a seal from its card. */
const acts = [
  'approve-seal', 'refuse-seal', 'make', 'enable', 'suspend', 'resume', 'ask-renewal', 'approve-renewal', 'refuse-renewal', 'renew', 'ask-destruction', 'keep-on', 'destroy',
] as const
type SealAct = (typeof acts)[number]

const needsReason: readonly SealAct[] = ['refuse-seal', 'suspend', 'resume', 'ask-renewal', 'refuse-renewal', 'ask-destruction', 'keep-on', 'destroy']
/** Acts that say beforehand what follows. */
const hinted = ['approve-seal', 'make', 'enable', 'suspend', 'ask-renewal', 'renew', 'ask-destruction', 'destroy'] as const
const isHinted = (act: SealAct | null): act is (typeof hinted)[number] => hinted.some((each) => each === act)
const grave: readonly SealAct[] = ['ask-destruction', 'destroy']

/** Acts offered to this person now; the server decides again. */
export function actsFor(seal: Pick<SealView, 'state' | 'custodianId' | 'keeperPostId' | 'renewal' | 'origin'>, session: Pick<SessionView, 'posts' | 'duties'>): readonly SealAct[] {
  const isApprover = session.posts.some((post) => post.organId === seal.custodianId && post.duties.includes('seal-approver'))
  const isKeeper = session.posts.some((post) => post.id === seal.keeperPostId)
  const isMaker = session.duties.includes('security-admin')
  const only = (is: boolean, ...offered: readonly SealAct[]): readonly SealAct[] => (is ? offered : [])
  const renewal = [
    ...only(isKeeper && seal.renewal === null && seal.origin !== 'outside', 'ask-renewal'),
    ...only(isApprover && seal.renewal?.state === 'asked', 'approve-renewal', 'refuse-renewal'),
    ...only(isMaker && seal.renewal?.state === 'approved', 'renew'),
  ]
  const end = only(isApprover || isKeeper, 'ask-destruction')
  switch (seal.state) {
    case 'applied':
      return only(isApprover, 'approve-seal', 'refuse-seal')
    case 'approved':
      return only(isMaker && seal.origin !== 'outside', 'make')
    case 'filed':
      return [...only(isKeeper, 'enable'), ...end]
    case 'active':
      return [...renewal, ...only(isApprover || isKeeper, 'suspend'), ...end]
    case 'suspended':
      return [...renewal, ...only(isApprover, 'resume'), ...end]
    case 'ending':
      return [...only(isApprover, 'keep-on'), ...only(isMaker, 'destroy')]
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
  const askRenewal = useCommand(sealsContract.askRenewal)
  const approveRenewal = useCommand(sealsContract.approveRenewal)
  const refuseRenewal = useCommand(sealsContract.refuseRenewal)
  const renew = useCommand(sealsContract.renew)
  const askDestruction = useCommand(sealsContract.askDestruction)
  const keepOn = useCommand(sealsContract.keepOn)
  const destroy = useCommand(sealsContract.destroy)
  const handles = { 'approve-seal': approveSeal, 'refuse-seal': refuseSeal, make, enable, suspend, resume, destroy, renew, 'ask-renewal': askRenewal, 'approve-renewal': approveRenewal, 'refuse-renewal': refuseRenewal, 'ask-destruction': askDestruction, 'keep-on': keepOn }
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
      case 'ask-renewal':
        return (await askRenewal.run({ sealId, reason })) !== null
      case 'approve-renewal':
        return (await approveRenewal.run({ sealId })) !== null
      case 'refuse-renewal':
        return (await refuseRenewal.run({ sealId, reason })) !== null
      case 'renew':
        return (await renew.run({ sealId })) !== null
      case 'ask-destruction':
        return (await askDestruction.run({ sealId, reason })) !== null
      case 'keep-on':
        return (await keepOn.run({ sealId, reason })) !== null
      case 'destroy':
        return (await destroy.run({ sealId, reason })) !== null
    }
  }
  const errorOf = (act: SealAct): CallError | null => handles[act].error
  return { run, errorOf, busy: Object.values(handles).some((handle) => handle.busy) }
}

/** Steps the work waits for; the others interrupt it. */
const isNextStep = (act: SealAct): boolean => !['suspend', 'ask-renewal', 'ask-destruction', 'keep-on', 'destroy'].includes(act)

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
        <Button key={act} type={index === 0 && isNextStep(act) ? 'primary' : 'default'} danger={grave.includes(act)} onClick={() => setAsking(act)}>
          {t(`seals.ui.act.${act}`)}
        </Button>
      ))}
      <ConfirmSheet
        open={asking !== null}
        title={t('seals.ui.act.ask', { act: label, name: sealNameOf(seal) })}
        confirmLabel={label}
        danger={asking !== null && grave.includes(asking)}
        busy={busy}
        disabled={wantsReason && reason.trim() === ''}
        error={asking === null ? null : errorOf(asking)}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(null)}
      >
        {isHinted(asking) ? <p className="soft">{t(`seals.ui.hint.${asking}`)}</p> : null}
        {wantsReason ? (
          <Field label={t('seals.ui.reason')} required>
            {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
        ) : null}
      </ConfirmSheet>
    </div>
  )
}
