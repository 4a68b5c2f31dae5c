/** The words on 发文稿纸 or 收文处理单 as a person sees them. */
import type { ApiClient } from '@xiewen/server'
import type { DocumentId } from '@xiewen/shared/documents'
import { workflowContract as contract } from '@xiewen/shared/workflow'
import { expect } from 'vitest'

/** All words of all pages, lines joined. */
export async function sheetTexts(client: ApiClient, documentId: DocumentId): Promise<string> {
  const { pages, missing } = await client.call(contract.sheet, { documentId })
  expect(missing).toBe('')
  return pages.flatMap((svg) => [...svg.matchAll(/aria-label="([^"]*)"/gu)].map((match) => match[1] ?? '')).join('')
}
