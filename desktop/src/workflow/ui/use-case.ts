/** The case of the document on screen, kept fresh. */
import { type CaseView, workflowContract } from '@xiewen/shared/workflow'
import type { DocumentId } from '@xiewen/shared/documents'
import { type QueryResult, refreshQueries, useQuery } from '../../platform/http/index.ts'

/** What the server says about the case; `case` is null before 送审. */
export function useCase(documentId: string, taskId: string | null): QueryResult<{ readonly case: CaseView | null }> {
  // An entry of 传阅 opens the page with an id that is no task's.
  const isTask = taskId !== null && /^[0-9a-z]{26}\.\d+$/.test(taskId)
  // Safe because the page was opened under this id and the server parses it.
  const input = { documentId: documentId as DocumentId, ...(isTask ? { taskId } : {}) }
  return useQuery(workflowContract.case, input, { refreshOn: [`document:${documentId}`, 'workflow'] })
}

/** Asks again for everything an act may have changed. */
export function refreshCases(): void {
  refreshQueries(workflowContract.case, workflowContract.preview, workflowContract.listMine, workflowContract.done)
}

/** The first eight digits of a digest, enough to compare by eye. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 8)
}
