import { directoryContract, type Unit, type UnitId } from '@xiewen/shared/directory'
import { Select } from 'antd'
import { useMemo } from 'react'
import { useQuery } from '../../platform/http/index.ts'

interface Common {
  /** Names the control for screen readers and shows while it is empty. */
  readonly label: string
  /** Shown in red: a unit is needed. */
  readonly missing?: boolean
}

/** Units that can be given work: organs first come, then their sections, in order of precedence. */
export function useUnitOptions(): readonly { readonly value: UnitId; readonly label: string }[] {
  const units = useQuery(directoryContract.listUnits, {})
  return useMemo(() => (units.kind === 'ready' ? units.data.units.filter((unit) => unit.kind !== 'region').map(optionOf) : []), [units])
}

function optionOf(unit: Unit): { readonly value: UnitId; readonly label: string } {
  return { value: unit.id, label: unit.shortName || unit.name }
}

/** One unit, found by typing. */
export function UnitSelect({ label, value, onChange, missing = false, ...control }: Common & { readonly value: UnitId | null; readonly onChange: (unitId: UnitId | null) => void; readonly id?: string }) {
  const options = useUnitOptions()
  return (
    <Select
      {...control}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      {...(missing ? { status: 'error' as const } : {})}
      value={value}
      onChange={(unitId: UnitId | undefined) => onChange(unitId ?? null)}
      options={[...options]}
    />
  )
}

/** Several units. */
export function UnitsSelect({ label, value, onChange, ...control }: Common & { readonly value: readonly UnitId[]; readonly onChange: (unitIds: readonly UnitId[]) => void; readonly id?: string }) {
  const options = useUnitOptions()
  return (
    <Select {...control} mode="multiple" allowClear maxTagCount={2} showSearch={{ optionFilterProp: 'label' }} aria-label={label} placeholder={label} value={[...value]} onChange={onChange} options={[...options]} />
  )
}
