import type { AssignmentState, LedgerRow } from '@xiewen/shared/supervision'
import { useWords } from '../../platform/i18n/index.ts'
import { Lamp, Tag } from '../../platform/kit/index.ts'
import { lampLabel, stageOf, stages } from './words.ts'

/** The lamp of an assignment with its weightiest reason. */
export function AssignmentLamp({ lamp }: { readonly lamp: LedgerRow['lamp'] }) {
  return <Lamp tone={lamp.colour} label={lampLabel(lamp, useWords())} />
}

/** Where an assignment stands between 交办 and 销号: five marks and the word. */
export function StageStrip({ state, percent }: { readonly state: AssignmentState; readonly percent?: number }) {
  const { t } = useWords()
  const reached = stageOf(state)
  const word = t(`supervision.state.${state}`)
  if (reached === null) return <Tag>{word}</Tag>
  return (
    <span className="stage">
      <span className="stage-marks" aria-hidden="true">
        {stages.map((stage, index) => (
          <i key={stage} className={index < reached ? (state === 'returned' ? 'reached back' : 'reached') : ''} />
        ))}
      </span>
      <span>
        {word}
        {percent === undefined || percent === 0 || state === 'closed' ? null : <span className="soft figures"> {percent}%</span>}
      </span>
    </span>
  )
}
