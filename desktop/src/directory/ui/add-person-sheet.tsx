import { directoryContract } from '@xiewen/shared/directory'
import { Input } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field } from '../../platform/kit/index.ts'
import type { Invitation } from './invitation-sheet.tsx'

/** Props of `AddPersonSheet`. */
export interface AddPersonSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onAdded: (invitation: Invitation) => void
}

/** Makes an account: name, login name, phone. Posts and duties are given by the security administrator. */
export function AddPersonSheet({ open, onClose, onAdded }: AddPersonSheetProps) {
  const { t } = useWords()
  const add = useCommand(directoryContract.addPerson)
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [phone, setPhone] = useState('')
  const save = async () => {
    const output = await add.run({ name, login, phone })
    if (output === null) return
    onClose()
    onAdded({ name, login, token: output.invitation })
    setName('')
    setLogin('')
    setPhone('')
  }
  return (
    <ConfirmSheet
      open={open}
      title={t('directory.ui.add-person')}
      confirmLabel={t('directory.ui.add-person.confirm')}
      busy={add.busy}
      disabled={name.trim() === '' || login.trim().length < 2}
      error={add.error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <p className="soft">{t('directory.ui.add-person.hint')}</p>
      <Field label={t('directory.ui.column.name')} required>
        {(control) => <Input {...control} autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('shell.sign-in.login')} hint={t('directory.ui.login-hint')} required>
        {(control) => <Input {...control} maxLength={40} value={login} onChange={(event) => setLogin(event.target.value)} />}
      </Field>
      <Field label={t('directory.ui.column.phone')}>
        {(control) => <Input {...control} inputMode="tel" maxLength={20} value={phone} onChange={(event) => setPhone(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
