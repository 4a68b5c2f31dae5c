/** Keys of the bar: A acts, R returns, T forwards. They always do what the newest buttons do. */
import { useEffect, useMemo, useRef } from 'react'
import { usePageActions } from '../../platform/rooms/index.ts'

/** One key of the bar. */
export interface BarKey {
  readonly id: string
  readonly labelKey: string
  readonly shortcut: string
  readonly run: () => void
}

/** Registers the keys while the bar is on screen. Left out: what cannot be done now. */
export function useBarKeys(keys: readonly BarKey[]): void {
  const newest = useRef(keys)
  useEffect(() => {
    newest.current = keys
  })
  const shape = keys.map((key) => `${key.id} ${key.labelKey} ${key.shortcut}`).join('\n')
  const actions = useMemo(
    () =>
      shape === ''
        ? []
        : shape.split('\n').map((line) => {
            const [id = '', labelKey = '', shortcut = ''] = line.split(' ')
            return { id, labelKey, shortcut, groupKey: 'workflow.room', run: () => newest.current.find((key) => key.id === id)?.run() }
          }),
    [shape],
  )
  usePageActions(actions)
}
