import { type DelegationView, directoryContract } from '@xiewen/shared/directory'
import { Button } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Lamp, Panel, PostName, RefusalNotice, tellDone, type Tone, useMinute } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { DelegationSheet } from './delegation-sheet.tsx'
import { stateOfDelegation } from './settings-model.ts'

const tones: Readonly<Record<ReturnType<typeof stateOfDelegation>, Tone>> = { planned: 'blue', 'in-force': 'green', ended: 'grey', revoked: 'grey' }

/** 委托: who acts for me, for whom I act; giving and taking back. */
export function DelegationPanel() {
  const { t } = useWords()
  const [giving, setGiving] = useState(false)
  const delegations = useQuery(directoryContract.listDelegations, {}, { refreshOn: ['delegation'] })
  const give = (
    <Button type="primary" onClick={() => setGiving(true)}>
      {t('directory.ui.delegation.give')}
    </Button>
  )
  return (
    <Panel title={t('directory.ui.delegation')} actions={give}>
      <p className="soft">{t('directory.ui.delegation.hint')}</p>
      <Answer of={delegations}>
        {(data) =>
          data.delegations.length === 0 ? (
            <p>{t('directory.ui.delegation.none')}</p>
          ) : (
            <ul className="lines">
              {data.delegations.map((delegation) => (
                <DelegationLine key={delegation.id} delegation={delegation} onChanged={delegations.reload} />
              ))}
            </ul>
          )
        }
      </Answer>
      <DelegationSheet open={giving} onClose={() => setGiving(false)} onGiven={delegations.reload} />
    </Panel>
  )
}

function DelegationLine({ delegation, onChanged }: { readonly delegation: DelegationView; readonly onChanged: () => void }) {
  const { t, format } = useWords()
  const session = useSession()
  const revoke = useCommand(directoryContract.revokeDelegation)
  const state = stateOfDelegation(delegation, useMinute())
  const mine = session.posts.some((post) => post.id === delegation.principalPost.id)
  const takeBack = async () => {
    if ((await revoke.run({ id: delegation.id })) === null) return
    tellDone(t('directory.ui.delegation.revoked'))
    onChanged()
  }
  return (
    <li>
      <div className="row">
        <Lamp tone={tones[state]} label={t(`directory.ui.delegation.state.${state}`)} />
        <PostName post={delegation.deputyPost} />
        <span className="strong">{t('directory.ui.delegation.for')}</span>
        <PostName post={delegation.principalPost} />
        {mine && (state === 'in-force' || state === 'planned') ? (
          <Button size="small" loading={revoke.busy} onClick={() => void takeBack()}>
            {t('directory.ui.delegation.revoke')}
          </Button>
        ) : null}
      </div>
      <p className="soft small figures">{t('directory.ui.delegation.period', { from: format.moment(delegation.from), until: format.moment(delegation.until), reason: delegation.reason })}</p>
      <RefusalNotice error={revoke.error} />
    </li>
  )
}
