import type { AssignmentAbility, AssignmentView } from '@xiewen/shared/supervision'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { type Decision, DecisionBar, RefusalNotice } from '../../platform/kit/index.ts'
import { usePageActions } from '../../platform/rooms/index.ts'
import { ActSheet, type ActKind } from './act-sheet.tsx'
import { AssignSheet } from './assign-sheet.tsx'
import { ReportSheet } from './report-sheet.tsx'
import { useAccept } from './use-accept.ts'

/** What is open over the page. */
type Open = { readonly kind: 'report' | 'claim' | 'assign' } | { readonly kind: 'act'; readonly act: ActKind } | null

/** Acts in the order in which one of them is the obvious next. */
const unitOrder = ['accept', 'report', 'claimCompletion', 'requestExtension'] as const
const supervisorOrder = ['assign', 'close', 'review', 'decideExtension', 'resume', 'urge', 'suspend', 'cancel'] as const

/** The bar of an assignment: only what the reader may do now, the obvious next act first. */
export function AssignmentBar({ view }: { readonly view: AssignmentView }) {
  const { t } = useWords()
  const [open, setOpen] = useState<Open>(null)
  const accepting = useAccept(view)
  const decisions = decisionsOf(view, t, setOpen, accepting)
  const [first, ...others] = decisions
  usePageActions(
    first === undefined ? [] : [{ id: `supervision.${first.key}`, labelKey: labelKeyOf(first.key), groupKey: 'supervision.room', shortcut: 'mod+enter', run: first.onAct }],
  )
  const close = () => setOpen(null)
  return (
    <>
      {first === undefined ? null : (
        <DecisionBar primary={first} others={others} hint={hintOf(view, t)}>
          <RefusalNotice error={accepting.error} />
        </DecisionBar>
      )}
      {open?.kind === 'report' || open?.kind === 'claim' ? <ReportSheet view={view} kind={open.kind} onClose={close} /> : null}
      {open?.kind === 'assign' ? <AssignSheet view={view} onClose={close} /> : null}
      {open?.kind === 'act' ? <ActSheet view={view} act={open.act} onClose={close} /> : null}
    </>
  )
}

type Translate = ReturnType<typeof useWords>['t']

function decisionsOf(view: AssignmentView, t: Translate, setOpen: (open: Open) => void, accepting: ReturnType<typeof useAccept>): readonly Decision[] {
  const may = (act: AssignmentAbility): boolean => view.abilities[act].allowed
  const decisions: Decision[] = []
  const add = (key: string, onAct: () => void, more: Partial<Decision> = {}) => decisions.push({ key, label: t(labelKeyOf(key)), onAct, ...more })
  for (const act of [...supervisorOrder.slice(0, 4), ...unitOrder, ...supervisorOrder.slice(4)]) {
    if (!may(act)) {
      // A report handler who is not the head learns who is: the button stays, off, with the reason.
      if (act === 'claimCompletion' && may('report') && view.abilities[act].because === 'supervision.needs-head') {
        add(act, () => undefined, { offBecause: t('supervision.needs-head') })
      }
      continue
    }
    switch (act) {
      case 'accept':
        add(act, accepting.accept, { busy: accepting.busy, to: accepting.unitNames })
        break
      case 'report':
        add(act, () => setOpen({ kind: 'report' }))
        break
      case 'claimCompletion':
        add(act, () => setOpen({ kind: 'claim' }))
        break
      case 'assign':
        add(act, () => setOpen({ kind: 'assign' }))
        break
      case 'review':
        addReviews(view, add, setOpen)
        break
      case 'decideExtension':
        add('approveExtension', () => setOpen({ kind: 'act', act: 'approveExtension' }))
        add('refuseExtension', () => setOpen({ kind: 'act', act: 'refuseExtension' }))
        break
      default:
        add(act, () => setOpen({ kind: 'act', act }))
    }
  }
  return decisions
}

/** A claim can only be returned here; closing it is an act of its own. */
function addReviews(view: AssignmentView, add: (key: string, onAct: () => void) => void, setOpen: (open: Open) => void): void {
  const waiting = view.assignment.reports.find((report) => report.review === null)
  if (!waiting) return
  if (waiting.kind === 'progress') add('approveReport', () => setOpen({ kind: 'act', act: 'approveReport' }))
  add('returnReport', () => setOpen({ kind: 'act', act: 'returnReport' }))
}

function labelKeyOf(key: string): string {
  return `supervision.ui.act.${key}`
}

function hintOf(view: AssignmentView, t: Translate): string {
  if (view.abilities.review.allowed && view.assignment.state !== 'completion-claimed') return t('supervision.ui.hint.review')
  const extension = view.abilities.requestExtension
  if (view.handles.length > 0 && !extension.allowed && extension.because === 'supervision.extension-too-late') return t('supervision.extension-too-late')
  return ''
}
