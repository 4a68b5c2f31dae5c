/** Units as a tree. Pure. */
import type { Unit } from '@xiewen/shared/directory'

/** A unit with those below it, in order of precedence. */
export interface UnitNode {
  readonly unit: Unit
  readonly children: readonly UnitNode[]
}

/** The tree of all units; a unit whose parent is not in the list stands at the top. */
export function treeOf(units: readonly Unit[]): readonly UnitNode[] {
  const ids = new Set(units.map((unit) => unit.id))
  const below = (parentId: Unit['parentId']): readonly UnitNode[] =>
    units
      .filter((unit) => (unit.parentId === null || !ids.has(unit.parentId) ? null : unit.parentId) === parentId)
      .toSorted((a, b) => a.order - b.order)
      .map((unit) => ({ unit, children: below(unit.id) }))
  return below(null)
}

/** The ids of a unit and all above it. */
export function pathTo(units: readonly Unit[], id: string | null): ReadonlySet<string> {
  const found = new Set<string>()
  for (let at = units.find((unit) => unit.id === id); at !== undefined && !found.has(at.id); ) {
    found.add(at.id)
    const parentId = at.parentId
    at = units.find((unit) => unit.id === parentId)
  }
  return found
}
