import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/index.ts'

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
}

/** The bar fixed at the foot of a page. The primary button says what will happen and to whom before it is pressed. */
export function DecisionBar({ primary = null, others = [], children, hint }: DecisionBarProps) {
  const { t } = useWords()
  const off = primary?.offBecause ?? null
  return (
    <section className="decision" aria-label={t('ui.decision.bar')}>
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
    </section>
  )
}

function labelOf(decision: Decision, comma: string): string {
  return decision.to === undefined || decision.to.length === 0 ? decision.label : `${decision.label} → ${decision.to.join(comma)}`
}
