import { type CivilDate, civilDateAt, instant } from '@xiewen/shared/base'
import { directoryContract, type PostView } from '@xiewen/shared/directory'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, DateField, Field, PostPicker, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { periodOf } from './settings-model.ts'

/** Props of `DelegationSheet`. */
export interface DelegationSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onGiven: () => void
}

/** Gives a delegation: which post, to whom, from when to when, why. */
export function DelegationSheet({ open, onClose, onGiven }: DelegationSheetProps) {
  const { t } = useWords()
  const { posts } = useSession()
  const give = useCommand(directoryContract.delegate)
  const [principal, setPrincipal] = useState(posts.find((post) => post.primary) ?? posts[0])
  const [deputies, setDeputies] = useState<readonly PostView[]>([])
  const [first, setFirst] = useState<CivilDate | null>(() => civilDateAt(instant(Date.now())))
  const [last, setLast] = useState<CivilDate | null>(null)
  const [reason, setReason] = useState('')
  const period = periodOf(first, last)
  const deputy = deputies[0]
  const save = async () => {
    if (principal === undefined || deputy === undefined || period === null) return
    const input = { principalPostId: principal.id, deputyPostId: deputy.id, ...period, reason }
    if ((await give.run(input)) === null) return
    tellDone(t('directory.ui.delegation.given', { name: deputy.personName }))
    onGiven()
    onClose()
  }
  return (
    <ConfirmSheet
      open={open}
      title={t('directory.ui.delegation.give')}
      confirmLabel={deputy === undefined ? t('directory.ui.delegation.confirm') : t('directory.ui.delegation.confirm-to', { name: deputy.personName })}
      onConfirm={() => void save()}
      onClose={onClose}
      busy={give.busy}
      disabled={principal === undefined || deputy === undefined || period === null || reason.trim() === ''}
      error={give.error}
    >
      <Field label={t('directory.ui.delegation.post')}>
        {(control) => (
          <Select
            {...control}
            value={principal?.id}
            options={posts.map((post) => ({ value: post.id, label: `${post.unitName} ${post.title}` }))}
            onChange={(id) => setPrincipal(posts.find((post) => post.id === id))}
          />
        )}
      </Field>
      <Field label={t('directory.ui.delegation.deputy')} hint={t('directory.ui.delegation.deputy-hint')} required>
        {(control) => <PostPicker {...control} value={deputies} onChange={setDeputies} except={posts.map((post) => post.id)} />}
      </Field>
      <div className="row">
        <Field label={t('directory.ui.delegation.first')} required>
          {(control) => <DateField {...control} value={first} onChange={setFirst} />}
        </Field>
        <Field label={t('directory.ui.delegation.last')} required wrong={first !== null && last !== null && last < first ? t('directory.delegation-period') : null}>
          {(control) => <DateField {...control} value={last} onChange={setLast} {...(first === null ? {} : { from: first })} />}
        </Field>
      </div>
      <Field label={t('directory.ui.delegation.reason')} required>
        {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
