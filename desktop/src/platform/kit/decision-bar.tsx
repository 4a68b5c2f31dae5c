import { Button } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '../i18n/index.ts'
import { useMedia } from './use-media.ts'

/** One button of the bar. */
export interface Decision {
  readonly key: string
  /** What will happen: 同意并送, 退回. */
  readonly label: string
  /** Who gets it next; written on the button. */
  readonly to?: readonly string[]
  readonly onAct: () => void
  readonly busy?: boolean
  /** Why it cannot be pressed now, in words; shown as the hint of the bar when it is the primary. */
  readonly offBecause?: string | null
  readonly danger?: boolean
}

/** Props of `DecisionBar`. */
export interface DecisionBarProps {
  readonly primary?: Decision | null
  readonly others?: readonly Decision[]
  /** What stays above the buttons: the opinion box, a refusal. */
  readonly children?: ReactNode
  /** One line: deadline, who can still take it back. */
  readonly hint?: ReactNode
  /** On a phone the bar is one row that opens when touched, so that what is decided on can be read. */
  readonly foldsOnPhone?: boolean
  /** Something in the bar has to be seen now, a refusal or what is missing: folded, it opens. */
  readonly wantsSight?: boolean
}

/** The bar fixed at the foot of a page. The primary button says what will happen and to whom before it is pressed. */
export function DecisionBar({ foldsOnPhone = false, wantsSight = false, ...parts }: DecisionBarProps) {
  const { t } = useWords()
  const partsId = useId()
  const bar = useRef<HTMLElement>(null)
  const folds = useMedia('(max-width: 720px)') && foldsOnPhone
  const [isOpen, setOpen] = useState(wantsSight)
  useEffect(() => {
    if (wantsSight) setOpen(true)
  }, [wantsSight])
  useEffect(() => {
    if (folds && isOpen && wantsSight) bar.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [folds, isOpen, wantsSight])
  const onKeyDown = (event: KeyboardEvent) => {
    // Escape in an open list is the list's.
    if (!folds || !isOpen || event.key !== 'Escape' || (event.target instanceof Element && event.target.matches('[role="combobox"][aria-expanded="true"]'))) return
    setOpen(false)
    bar.current?.querySelector<HTMLElement>('.decision-fold')?.focus()
  }
  return (
    <section ref={bar} className={folds && isOpen ? 'decision unfolded' : 'decision'} aria-label={t('ui.decision.bar')} onKeyDown={onKeyDown}>
      {folds ? <Fold {...parts} isOpen={isOpen} partsId={partsId} onToggle={() => setOpen(!isOpen)} /> : null}
      <div id={partsId} className="decision-parts" hidden={folds && !isOpen}>
        <Parts {...parts} />
      </div>
    </section>
  )
}

type PartsProps = Omit<DecisionBarProps, 'foldsOnPhone' | 'wantsSight'>

/** The row that opens and folds the bar; folded, it says what can be done and who gets it next, why it cannot, or whom one waits for. */
function Fold({ primary = null, hint, isOpen, partsId, onToggle }: PartsProps & { readonly isOpen: boolean; readonly partsId: string; readonly onToggle: () => void }) {
  const { t } = useWords()
  const label = isOpen ? t('ui.decision.fold') : t(primary === null ? 'ui.decision.more' : 'ui.decision.bar')
  return (
    <button type="button" className="decision-fold" aria-expanded={isOpen} aria-controls={partsId} onClick={onToggle}>
      <span className="strong">{label}</span>
      {isOpen ? null : <span className="decision-fold-what">{primary === null ? hint : primary.offBecause || labelOf(primary, t('ui.list-comma'))}</span>}
      <span className="decision-fold-sign" aria-hidden="true" />
    </button>
  )
}

function Parts({ primary = null, others = [], children, hint }: PartsProps) {
  const { t } = useWords()
  const off = primary?.offBecause ?? null
  return (
    <>
      {children === undefined ? null : <div className="decision-extra">{children}</div>}
      {primary === null ? null : (
        <Button type="primary" danger={primary.danger === true} loading={primary.busy === true} disabled={off !== null} onClick={primary.onAct}>
          {labelOf(primary, t('ui.list-comma'))}
        </Button>
      )}
      {others.map((decision) => (
        <Button
          key={decision.key}
          danger={decision.danger === true}
          loading={decision.busy === true}
          disabled={(decision.offBecause ?? null) !== null}
          title={decision.offBecause ?? undefined}
          onClick={decision.onAct}
        >
          {labelOf(decision, t('ui.list-comma'))}
        </Button>
      ))}
      <div className="decision-hint">{off ?? hint}</div>
    </>
  )
}

function labelOf(decision: Decision, comma: string): string {
  return decision.to === undefined || decision.to.length === 0 ? decision.label : `${decision.label} → ${decision.to.join(comma)}`
}
