/** What the user has chosen and written before acting, and the preview that goes with it. */
import type { PostView } from '@xiewen/shared/directory'
import { type ActKind, type PreviewView, workflowContract } from '@xiewen/shared/workflow'
import { useMemo, useState } from 'react'
import { type InputOf } from '@xiewen/shared/base'
import { useQuery } from '../../platform/http/index.ts'
import { flatChoice } from './bar-model.ts'
import { type Chosen, type ChosenIds, choiceFrom } from './picks.tsx'

/** Where the act would take place: an open task, or a draft before 送审. */
export type ActPlace =
  | { readonly kind: 'task'; readonly caseId: string; readonly taskId: string; readonly act: ActKind; readonly documentId: string }
  | { readonly kind: 'draft'; readonly documentId: string; readonly officeDirector: boolean }

/** The user's draft of an act. */
export interface DraftAct {
  readonly text: string
  readonly setText: (text: string) => void
  readonly posts: Chosen
  readonly ids: ChosenIds
  readonly setPosts: (step: string, posts: readonly PostView[]) => void
  readonly setIds: (step: string, ids: readonly string[]) => void
  readonly choice: Record<string, string[]>
  /** Null while the server has not answered yet. */
  readonly preview: PreviewView | null
}

/** Keeps what was chosen and asks the server what it would lead to. */
export function useDraftAct(place: ActPlace): DraftAct {
  const [text, setText] = useState('')
  const [posts, setAllPosts] = useState<Chosen>({})
  const [ids, setAllIds] = useState<ChosenIds>({})
  const choice = useMemo(() => choiceFrom(posts, ids), [posts, ids])
  const asked =
    place.kind === 'task'
      ? { caseId: place.caseId, taskId: place.taskId, act: place.act, choose: flatChoice(choice) }
      : { documentId: place.documentId, act: 'submit', officeDirector: place.officeDirector, choose: flatChoice(choice) }
  // Safe because ids come from the server and it parses them again.
  const input = asked as unknown as InputOf<typeof workflowContract.preview>
  const answer = useQuery(workflowContract.preview, input, { refreshOn: [`document:${place.documentId}`] })
  return {
    text,
    setText,
    posts,
    ids,
    setPosts: (step, chosen) => setAllPosts({ ...posts, [step]: chosen }),
    setIds: (step, chosen) => setAllIds({ ...ids, [step]: chosen }),
    choice,
    preview: answer.kind === 'ready' ? answer.data : null,
  }
}
