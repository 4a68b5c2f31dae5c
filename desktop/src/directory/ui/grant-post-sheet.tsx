import { type Duty, duties } from '@xiewen/shared/base'
import { directoryContract, type PersonView, type Unit } from '@xiewen/shared/directory'
import { Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'

/** Props of `GrantPostSheet`. */
export interface GrantPostSheetProps {
  readonly person: PersonView
  readonly onClose: () => void
  readonly onGranted: () => void
}

/** Gives a person a post: unit, title, duties. */
export function GrantPostSheet({ person, onClose, onGranted }: GrantPostSheetProps) {
  const { t } = useWords()
  const units = useQuery(directoryContract.listUnits, {})
  const grant = useCommand(directoryContract.grantPost)
  const [unitId, setUnitId] = useState<Unit['id'] | null>(null)
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<Duty[]>([])
  const [primary, setPrimary] = useState(person.posts.length === 0)
  const save = async () => {
    if (unitId === null) return
    if ((await grant.run({ personId: person.id, unitId, title, duties: chosen, primary })) === null) return
    tellDone(t('directory.ui.granted', { name: person.name, title }))
    onClose()
    onGranted()
  }
  return (
    <ConfirmSheet
      open
      title={t('directory.ui.grant-title', { name: person.name })}
      confirmLabel={t('directory.ui.grant')}
      busy={grant.busy}
      disabled={unitId === null || title.trim() === ''}
      error={grant.error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <Field label={t('directory.ui.units')} required>
        {(control) => (
          <Select
            {...control}
            showSearch={{ optionFilterProp: 'label' }}
            loading={units.kind === 'loading'}
            value={unitId}
            onChange={setUnitId}
            options={units.kind === 'ready' ? units.data.units.map((unit) => ({ value: unit.id, label: unit.name })) : []}
          />
        )}
      </Field>
      <Field label={t('directory.ui.post-title')} hint={t('directory.ui.post-title-hint')} required>
        {(control) => <Input {...control} maxLength={60} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <Field label={t('directory.ui.duties')} hint={t('directory.ui.duties-hint')}>
        {(control) => (
          <Select {...control} mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={chosen} onChange={setChosen} options={duties.map((duty) => ({ value: duty, label: t(`directory.duty.${duty}`) }))} />
        )}
      </Field>
      <Checkbox checked={primary} onChange={(event) => setPrimary(event.target.checked)}>
        {t('directory.ui.primary-post')}
      </Checkbox>
    </ConfirmSheet>
  )
}
