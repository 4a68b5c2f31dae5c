/** The offline copy: the last answer to each question the interface asked, so that a start without network shows what was
 * last seen. Only reads are kept, only JSON, only encrypted. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Vault } from './vault.ts'

const keptSchema = z.object({
  at: z.number(),
  status: z.number(),
  contentType: z.string(),
  body: z.string(),
})

/** One kept answer; `at` is when the server gave it, UTC milliseconds. */
export type KeptAnswer = z.output<typeof keptSchema>

/** Copies older than this are not shown. */
export const keptForMs = 7 * 86_400_000
const largestBodyChars = 2_000_000

/** Keeps and finds answers by path and query, e.g. `/api/inbox/list?kind=todo`. */
export interface OfflineCopy {
  keep(path: string, answer: KeptAnswer): Promise<void>
  find(path: string, now: number): Promise<KeptAnswer | null>
  forget(): Promise<void>
}

/** An offline copy in a vault. Where the vault keeps nothing, this keeps nothing. */
export function offlineCopy(vault: Vault): OfflineCopy {
  return {
    keep: async (path, answer) => {
      if (answer.body.length <= largestBodyChars) await vault.put(nameOf(path), JSON.stringify(answer))
    },
    find: async (path, now) => {
      const text = await vault.find(nameOf(path))
      if (text === null) return null
      const kept = keptSchema.parse(JSON.parse(text))
      return now - kept.at <= keptForMs ? kept : null
    },
    forget: () => vault.wipe(),
  }
}

function nameOf(path: string): string {
  return `copy-${createHash('sha256').update(path).digest('hex')}`
}
