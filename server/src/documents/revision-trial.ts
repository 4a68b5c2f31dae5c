/** Tries updates out on a copy of the shared text: does the author's 修订 stay marked? */
import { withoutRevisionsOf } from '@xiewen/shared/documents'
import * as Y from 'yjs'

/** What the trial is told. Requests of one document are handled in order. */
export type TrialRequest =
  | { readonly kind: 'open'; readonly documentId: string; readonly updates: readonly Uint8Array[] }
  | { readonly kind: 'apply'; readonly documentId: string; readonly update: Uint8Array }
  | { readonly kind: 'forget'; readonly documentId: string }
  | { readonly kind: 'try'; readonly id: number; readonly documentId: string; readonly update: Uint8Array; readonly personId: string }

/** The outcome of a `try`. After `isRevision: false` the copy is gone and must be opened again. */
export type TrialAnswer = { readonly id: number; readonly isRevision: boolean } | { readonly id: number; readonly failed: string }

/** Makes a trial; it answers `try` only. An update that passes stays in the copy. */
export function createRevisionTrial(): (request: TrialRequest) => TrialAnswer | null {
  const copies = new Map<string, Y.Doc>()

  function forget(documentId: string): void {
    copies.get(documentId)?.destroy()
    copies.delete(documentId)
  }

  function open(documentId: string, updates: readonly Uint8Array[]): void {
    forget(documentId)
    const doc = new Y.Doc()
    doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)))
    copies.set(documentId, doc)
  }

  function attempt(request: TrialRequest & { readonly kind: 'try' }): TrialAnswer {
    const { id, documentId, update, personId } = request
    const doc = copies.get(documentId)
    if (doc === undefined) return { id, failed: 'no copy of this document' }
    try {
      const before = withoutRevisionsOf(doc, personId)
      Y.applyUpdate(doc, update)
      if (before === withoutRevisionsOf(doc, personId)) return { id, isRevision: true }
    } catch (error) {
      forget(documentId)
      return { id, failed: error instanceof Error ? error.message : String(error) }
    }
    forget(documentId)
    return { id, isRevision: false }
  }

  return (request) => {
    if (request.kind === 'try') return attempt(request)
    if (request.kind === 'open') open(request.documentId, request.updates)
    else if (request.kind === 'forget') forget(request.documentId)
    else {
      const doc = copies.get(request.documentId)
      if (doc !== undefined) Y.applyUpdate(doc, request.update)
    }
    return null
  }
}
