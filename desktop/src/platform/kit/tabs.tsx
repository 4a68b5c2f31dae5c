import type { KeyboardEvent } from 'react'

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

/** A row of tabs; the arrows move between them. The page shows what belongs to `current`. */
export function Tabs({ label, tabs, current, onChange }: TabsProps) {
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
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={onKey}>
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
