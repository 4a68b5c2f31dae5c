import { directoryContract, type Unit, unitKinds } from '@xiewen/shared/directory'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'

/** Props of `AddUnitSheet`. */
export interface AddUnitSheetProps {
  readonly open: boolean
  /** The unit chosen in the tree: the parent, unless changed. */
  readonly parentId: Unit['id'] | null
  readonly units: readonly Unit[]
  readonly onClose: () => void
  readonly onAdded: () => void
}

/** Adds a unit under another. */
export function AddUnitSheet({ open, parentId, units, onClose, onAdded }: AddUnitSheetProps) {
  const { t } = useWords()
  const add = useCommand(directoryContract.addUnit)
  const [kind, setKind] = useState<Unit['kind']>('section')
  const [name, setName] = useState('')
  const [shortName, setShortName] = useState('')
  const [codes, setCodes] = useState<string[]>([])
  const parent = units.find((unit) => unit.id === parentId)
  const order = Math.max(0, ...units.filter((unit) => unit.parentId === parentId).map((unit) => unit.order)) + 10
  const save = async () => {
    const output = await add.run({ parentId, kind, name, shortName: shortName.trim() === '' ? name : shortName, codes: kind === 'organ' ? codes : [], order: Math.min(9999, order) })
    if (output === null) return
    tellDone(t('directory.ui.add-unit.done', { name }))
    setName('')
    setShortName('')
    setCodes([])
    onClose()
    onAdded()
  }
  return (
    <ConfirmSheet
      open={open}
      title={t('directory.ui.add-unit')}
      confirmLabel={t('directory.ui.add-unit.confirm')}
      busy={add.busy}
      disabled={name.trim() === ''}
      error={add.error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <p className="soft">{parent === undefined ? t('directory.ui.add-unit.at-top') : t('directory.ui.add-unit.under', { name: parent.name })}</p>
      <Field label={t('directory.ui.unit.kind')}>
        {(control) => <Select {...control} value={kind} onChange={setKind} options={unitKinds.map((each) => ({ value: each, label: t(`directory.ui.unit.kind.${each}`) }))} />}
      </Field>
      <Field label={t('directory.ui.unit.name')} required>
        {(control) => <Input {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('directory.ui.unit.short-name')} hint={t('directory.ui.unit.short-name-hint')}>
        {(control) => <Input {...control} maxLength={60} value={shortName} onChange={(event) => setShortName(event.target.value)} />}
      </Field>
      {kind === 'organ' ? (
        <Field label={t('directory.ui.unit.codes')} hint={t('directory.ui.unit.codes-hint')}>
          {(control) => <Select {...control} mode="tags" open={false} value={codes} onChange={setCodes} tokenSeparators={[',', '，', '、', ' ']} />}
        </Field>
      ) : null}
    </ConfirmSheet>
  )
}
