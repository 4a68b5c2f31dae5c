import { type KeyboardEvent, useEffect, useRef } from 'react'
import { scrollIntoRow } from './scroll-into-row.ts'

/** One tab. */
export interface Tab {
  readonly key: string
  readonly label: string
  readonly count?: number
}

/** Props of `Tabs`. */
export interface TabsProps {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly current: string
  readonly onChange: (key: string) => void
}

/** A row of tabs; the arrows move between them. The page shows what belongs to `current`. Where the row is wider than its place,
 * the current tab is scrolled into sight. */
export function Tabs({ label, tabs, current, onChange }: TabsProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Moves the row alone, never the page around it.
    const chosen = row.current?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (row.current && chosen) {
      const { scrollLeft, clientWidth, offsetLeft } = row.current
      row.current.scrollLeft = scrollIntoRow({ scrolled: scrollLeft, seen: clientWidth, left: chosen.offsetLeft - offsetLeft, width: chosen.offsetWidth })
    }
  }, [current])
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const index = tabs.findIndex((tab) => tab.key === current)
    const next = (index + step + tabs.length) % tabs.length
    const tab = tabs[next]
    if (tab === undefined) return
    event.preventDefault()
    onChange(tab.key)
    const element = event.currentTarget.children[next]
    if (element instanceof HTMLElement) element.focus()
  }
  return (
    <div ref={row} className="tabs" role="tablist" aria-label={label} onKeyDown={onKey}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          aria-selected={tab.key === current}
          tabIndex={tab.key === current ? 0 : -1}
          onClick={() => onChange(tab.key)}
        >
          {tab.label} {tab.count === undefined || tab.count === 0 ? null : <span className="badge">{tab.count}</span>}
        </button>
      ))}
    </div>
  )
}
