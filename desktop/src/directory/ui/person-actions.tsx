import { directoryContract, type PersonView } from '@xiewen/shared/directory'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import type { Invitation } from './invitation-sheet.tsx'

/** Props of `PersonActions`. */
export interface PersonActionsProps {
  readonly person: PersonView
  readonly onInvitation: (invitation: Invitation) => void
  readonly onChanged: () => void
}

/** What the system administrator can do with an account: a new one-time link, disable, enable. */
export function PersonActions({ person, onInvitation, onChanged }: PersonActionsProps) {
  const { t } = useWords()
  const invite = useCommand(directoryContract.invite)
  const [changing, setChanging] = useState(false)
  const link = async () => {
    const output = await invite.run({ personId: person.id })
    if (output !== null) onInvitation({ name: person.name, login: person.login, token: output.invitation })
  }
  return (
    <span className="row">
      {person.state === 'disabled' ? null : (
        <Button size="small" loading={invite.busy} onClick={() => void link()}>
          {t('directory.ui.invite')}
        </Button>
      )}
      <Button size="small" onClick={() => setChanging(true)}>
        {t(person.state === 'disabled' ? 'directory.ui.enable' : 'directory.ui.disable')}
      </Button>
      <RefusalNotice error={invite.error} />
      <StateSheet person={person} open={changing} onClose={() => setChanging(false)} onChanged={onChanged} />
    </span>
  )
}

interface StateSheetProps {
  readonly person: PersonView
  readonly open: boolean
  readonly onClose: () => void
  readonly onChanged: () => void
}

function StateSheet({ person, open, onClose, onChanged }: StateSheetProps) {
  const { t } = useWords()
  const setState = useCommand(directoryContract.setPersonState)
  const [reason, setReason] = useState('')
  const disabling = person.state !== 'disabled'
  const save = async () => {
    const output = await setState.run({ personId: person.id, state: disabling ? 'disabled' : 'active', reason })
    if (output === null) return
    tellDone(t(disabling ? 'directory.ui.disabled' : 'directory.ui.enabled', { name: person.name }))
    setReason('')
    onClose()
    onChanged()
  }
  const act = t(disabling ? 'directory.ui.disable' : 'directory.ui.enable')
  return (
    <ConfirmSheet
      open={open}
      title={t(disabling ? 'directory.ui.disable-title' : 'directory.ui.enable-title', { name: person.name })}
      confirmLabel={act}
      danger={disabling}
      busy={setState.busy}
      disabled={reason.trim() === ''}
      error={setState.error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <p>{t(disabling ? 'directory.ui.disable-hint' : 'directory.ui.enable-hint')}</p>
      <Field label={t('directory.ui.reason')} required>
        {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
