import { Button } from 'antd'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../i18n/index.ts'

/** One column. */
export interface Column<T> {
  readonly key: string
  readonly title: string
  readonly render: (row: T) => ReactNode
  /** `main` is the row's name; on a phone it takes its own line. `wide-only` is left out there. `pick` holds a box to tick. */
  readonly role?: 'main' | 'wide-only' | 'pick'
  /** `tight` takes no more room than its text, `clip` the rest on one line, `end` is right-aligned. */
  readonly fit?: 'tight' | 'clip' | 'end'
  /** On a phone, where columns have no heads, its title stands before what it holds: for numbers and days that say nothing alone. */
  readonly isLabelled?: boolean
}

/** Props of `DataTable`. */
export interface DataTableProps<T> {
  /** Names the table for screen readers. */
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
  /** Opens a row by click or Enter. */
  readonly onOpen?: (row: T) => void
  /** Opens a row by Enter only, where a click first selects. */
  readonly onEnter?: (row: T) => void
  /** Space on a row, e.g. to tick it. */
  readonly onSpace?: (row: T) => void
  /** Row chosen now; J/K and the arrows move it. */
  readonly selectedKey?: string | null
  readonly onSelect?: (row: T) => void
  /** Shown when there are no rows. */
  readonly empty: ReactNode
  /** Loads the next page; null when there is none. */
  readonly onMore?: (() => void) | null
  readonly loadingMore?: boolean
}

/** A table for long lists: one line a row, the whole row opens, J/K or the arrows move, Enter opens. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { t } = useWords()
  const body = useRef<HTMLTableSectionElement>(null)
  const { rows, rowKey, onOpen, onSelect, selectedKey = null } = props
  useScrollToSelected(body, selectedKey)
  if (rows.length === 0) return <>{props.empty}</>
  const interactive = onOpen !== undefined || onSelect !== undefined
  const move = (from: number, step: number) => {
    const index = Math.min(rows.length - 1, Math.max(0, from + step))
    const row = rows[index]
    if (row === undefined) return
    onSelect?.(row)
    const element = body.current?.rows[index]
    element?.focus()
  }
  const onKey = (event: KeyboardEvent, index: number, row: T) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === ' ' && props.onSpace !== undefined) {
      event.preventDefault()
      props.onSpace(row)
      return
    }
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key]
    if (step === undefined && event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    if (step === undefined) (props.onEnter ?? onOpen ?? onSelect)?.(row)
    else move(index, step)
  }
  const tabStop = Math.max(0, rows.findIndex((row) => rowKey(row) === selectedKey))
  return (
    <div className="table-wrap">
      <table className="table">
        <caption className="unseen">{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => (
            <tr
              key={rowKey(row)}
              {...(interactive
                ? {
                    tabIndex: index === tabStop ? 0 : -1,
                    'aria-selected': rowKey(row) === selectedKey,
                    onKeyDown: (event: KeyboardEvent) => onKey(event, index, row),
                    onClick: (event: MouseEvent) => {
                      if (isControl(event.target)) return
                      onSelect?.(row)
                      onOpen?.(row)
                    },
                  }
                : {})}
            >
              {props.columns.map((column) => (
                <td key={column.key} className={classOf(column)} data-label={column.isLabelled === true ? column.title : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {props.onMore === undefined || props.onMore === null ? null : (
        <div className="table-more">
          <Button onClick={props.onMore} loading={props.loadingMore === true}>
            {t('ui.table.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Buttons and links inside a row act for themselves. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label, select') !== null
}

function classOf<T>(column: Column<T>): string {
  return [column.role, column.fit].filter((part) => part !== undefined).join(' ')
}

function useScrollToSelected(body: { readonly current: HTMLTableSectionElement | null }, selectedKey: string | null): void {
  useEffect(() => {
    if (selectedKey !== null) body.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [body, selectedKey])
}
