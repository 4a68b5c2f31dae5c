import type { MouseEvent, ReactNode } from 'react'
import { navigate } from './router.ts'

/** Props of `Link`. */
export interface LinkProps {
  readonly to: string
  readonly children: ReactNode
  readonly className?: string
  readonly title?: string
  /** Marks the entry of the page on screen. */
  readonly current?: boolean
  readonly onFollow?: () => void
}

/** A link inside the application: a real `a`, so it can be opened in a new window, copied and read aloud. */
export function Link({ to, children, className, title, current, onFollow }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (navigate(to)) onFollow?.()
  }
  return (
    <a href={to} className={className} title={title} aria-current={current === true ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}
