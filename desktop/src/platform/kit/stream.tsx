import type { ReactNode } from 'react'
import { useWords } from '../i18n/index.ts'

/** One entry of a stream: an opinion, a decision, an event. */
export interface StreamItem {
  readonly key: string
  /** Usually a `PersonName`. */
  readonly who: ReactNode
  /** What was done, in a word or two: 同意, 退回, 签收. */
  readonly act: string
  readonly atMs: number
  /** What was said. */
  readonly text?: string
  /** The newest instruction of a leader (批示) stays at the top, marked. */
  readonly pinned?: boolean
  readonly extra?: ReactNode
}

/** Opinions and events in order, like the paper form. */
export function Stream({ label, items, empty }: { readonly label: string; readonly items: readonly StreamItem[]; readonly empty: string }) {
  const { format } = useWords()
  if (items.length === 0) return <p className="soft">{empty}</p>
  const ordered = [...items.filter((item) => item.pinned === true), ...items.filter((item) => item.pinned !== true)]
  return (
    <ol className="stream" aria-label={label}>
      {ordered.map((item) => (
        <li key={item.key} className={item.pinned === true ? 'pinned' : undefined}>
          {item.who}
          <div className="row">
            <span className="strong">{item.act}</span>
            <time className="soft small figures" dateTime={new Date(item.atMs).toISOString()}>
              {format.moment(item.atMs)}
            </time>
          </div>
          {item.text === undefined || item.text === '' ? null : <p className="said">{item.text}</p>}
          {item.extra}
        </li>
      ))}
    </ol>
  )
}
