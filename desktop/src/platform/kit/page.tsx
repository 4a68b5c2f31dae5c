import { type ReactNode, useEffect } from 'react'
import { useWords } from '../i18n/index.ts'
import { Link } from '../rooms/link.tsx'

/** Props of `Page`. */
export interface PageFrameProps {
  readonly title: string
  /** Way back: the pages above this one, outermost first. */
  readonly crumbs?: readonly { readonly label: string; readonly to: string }[]
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  /** One line under the title. */
  readonly note?: ReactNode
  /** True when the body reaches the edges (tables, documents). */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** The frame of every page: way back, title (also the window's), actions, body. */
export function Page({ title, crumbs = [], actions, note, flush = false, children }: PageFrameProps) {
  const { t } = useWords()
  useEffect(() => {
    document.title = `${title} · ${t('ui.product')}`
  }, [title, t])
  return (
    <article className="page">
      <header className="page-head">
        {crumbs.length === 0 ? null : (
          <nav className="page-crumbs" aria-label={t('ui.page.crumbs')}>
            <ol className="row">
              {crumbs.map((crumb) => (
                <li key={crumb.to}>
                  <Link to={crumb.to}>{crumb.label}</Link>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <h1 id="page-title" tabIndex={-1}>
          {title}
        </h1>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
        {note === undefined ? null : <div className="page-note">{note}</div>}
      </header>
      <div className={flush ? 'page-body flush' : 'page-body'}>{children}</div>
    </article>
  )
}

/** A framed part of a page with its own heading. */
export function Panel({ title, actions, children }: { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        {actions}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  )
}
