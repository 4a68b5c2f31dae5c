import { equipmentKinds, meetingsContract as contract, type MeetingRoom } from '@xiewen/shared/meetings'
import { Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'

/** Adds a meeting room. */
export function AddRoomSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const add = useCommand(contract.addRoom)
  const [name, setName] = useState('')
  const [floor, setFloor] = useState('')
  const [capacity, setCapacity] = useState(20)
  const [bufferMinutes, setBuffer] = useState(15)
  const [equipment, setEquipment] = useState<MeetingRoom['equipment']>([])
  const save = async () => {
    if ((await add.run({ name, floor, capacity, bufferMinutes, equipment })) === null) return
    tellDone(t('meetings.ui.saved'))
    onClose()
  }
  return (
    <ConfirmSheet open title={t('meetings.ui.add-room')} confirmLabel={t('meetings.ui.save')} disabled={name.trim() === ''} busy={add.busy} error={add.error} onConfirm={() => void save()} onClose={onClose}>
      <Field label={t('meetings.ui.room-name')} required>{(control) => <Input {...control} maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <Field label={t('meetings.ui.room-floor')}>{(control) => <Input {...control} maxLength={40} value={floor} onChange={(event) => setFloor(event.target.value)} />}</Field>
      <Field label={t('meetings.ui.room-capacity')}>{(control) => <InputNumber {...control} min={1} max={5000} value={capacity} onChange={(value) => setCapacity(value ?? 1)} />}</Field>
      <Field label={t('meetings.ui.room-buffer')}>{(control) => <InputNumber {...control} min={0} max={240} value={bufferMinutes} onChange={(value) => setBuffer(value ?? 0)} />}</Field>
      <Field label={t('meetings.ui.room-equipment')}>
        {(control) => <Select {...control} mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={equipment} onChange={setEquipment} options={equipmentKinds.map((kind) => ({ value: kind, label: t(`meetings.equipment.${kind}`) }))} />}
      </Field>
    </ConfirmSheet>
  )
}
