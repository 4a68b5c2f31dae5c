/** The bar below the text: what the person on this page can do now. */
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { ActBar } from './act-bar.tsx'
import { SubmitBar } from './submit-bar.tsx'
import { useCase } from './use-case.ts'
import { WatchBar } from './watch-bar.tsx'
import './workflow.css'

/** Chooses between submitting, acting and watching. */
export function Component(props: DocumentSlotProps) {
  const answer = useCase(props.documentId, props.taskId)
  if (answer.kind !== 'ready') return null
  const seen = answer.data.case
  if (props.state === 'draft' && (seen === null || seen.status !== 'running')) return <SubmitBar {...props} />
  if (seen === null) return null
  return seen.abilities.task ? <ActBar key={seen.abilities.task.id} page={props} seen={seen} task={seen.abilities.task} /> : <WatchBar page={props} seen={seen} />
}
