import type { Unit } from '@xiewen/shared/directory'
import { useMemo } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { pathTo, treeOf, type UnitNode } from './unit-tree-model.ts'

/** Props of `UnitTree`. */
export interface UnitTreeProps {
  readonly units: readonly Unit[]
  readonly selectedId: string | null
  readonly onSelect: (id: Unit['id'] | null) => void
}

/** Units as nested lists; organs open and close. */
export function UnitTree({ units, selectedId, onSelect }: UnitTreeProps) {
  const { t } = useWords()
  const tree = useMemo(() => treeOf(units), [units])
  const open = useMemo(() => pathTo(units, selectedId), [units, selectedId])
  return (
    <nav aria-label={t('directory.ui.units')} className="unit-tree">
      <button type="button" className="plain" aria-current={selectedId === null ? 'true' : undefined} onClick={() => onSelect(null)}>
        {t('directory.ui.all-units')}
      </button>
      <Branch nodes={tree} depth={0} open={open} selectedId={selectedId} onSelect={onSelect} />
    </nav>
  )
}

interface BranchProps extends Omit<UnitTreeProps, 'units'> {
  readonly nodes: readonly UnitNode[]
  readonly depth: number
  readonly open: ReadonlySet<string>
}

function Branch({ nodes, depth, open, selectedId, onSelect }: BranchProps) {
  return (
    <ul>
      {nodes.map(({ unit, children }) => {
        const chosen = (
          <button type="button" className="plain" aria-current={unit.id === selectedId ? 'true' : undefined} onClick={() => onSelect(unit.id)}>
            {unit.name}
          </button>
        )
        const isOpen = unit.kind === 'region' || depth === 0 || open.has(unit.id)
        return (
          <li key={unit.id}>
            {chosen}
            {children.length > 0 && isOpen ? <Branch nodes={children} depth={depth + 1} open={open} selectedId={selectedId} onSelect={onSelect} /> : null}
          </li>
        )
      })}
    </ul>
  )
}
