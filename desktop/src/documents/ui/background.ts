/** Texts in the background: what was typed offline goes up, pinned documents are fetched. One for the signed-in person. */
import { documentIdSchema, documentsContract } from '@xiewen/shared/documents'
import { call, isCallError, isSignedIn, onSignedIn } from '../../platform/http/index.ts'
import { setTextUploader, setUnsentTexts } from '../../platform/outbox/index.ts'
import { type BackgroundSync, createBackgroundSync, listPins, onPinsChange } from '../../platform/sync/index.ts'
import { pageStore } from '../../platform/sync/page-store.ts'
import { openLiveDocument } from './editor/live-document.ts'

const openPages = new Map<string, number>()
let current: BackgroundSync | null = null

/** Starts for a person; answers how to stop. */
export function startBackground(personId: string): () => void {
  const sync = createBackgroundSync({
    store: pageStore(),
    personId,
    listPins: () => listPins(personId),
    isOpen: (documentId) => openPages.has(documentId),
    mayAsk: isSignedIn,
    open(documentId) {
      const id = documentIdSchema.parse(documentId)
      if (listPins(personId).includes(documentId)) fetchFacts(documentId)
      return openLiveDocument(id, personId, 'background')
    },
  })
  current = sync
  const tell = (): void => setUnsentTexts(sync.unsent())
  const cleanups = [sync.onChange(tell), onPinsChange(() => void sync.look()), onSignedIn(() => void sync.look()), setTextUploader((documentId) => sync.upload(documentId))]
  return () => {
    for (const cleanup of cleanups) cleanup()
    sync.dispose()
    setUnsentTexts([])
    current = null
  }
}

/** Says that a page has a text open and takes care of it; the answer says that it has closed it. */
export function textOpened(documentId: string): () => void {
  openPages.set(documentId, (openPages.get(documentId) ?? 0) + 1)
  void current?.look()
  return () => {
    const left = (openPages.get(documentId) ?? 1) - 1
    if (left > 0) openPages.set(documentId, left)
    else openPages.delete(documentId)
    // What the page could not bring up goes on in the background.
    void current?.look()
  }
}

/** The desktop client keeps every answer it passes on; asking is enough to have a pinned document's facts without a network. */
function fetchFacts(documentId: string): void {
  call(documentsContract.open, { documentId: documentIdSchema.parse(documentId) }, { bare: true }).catch((problem: unknown) => {
    if (!isCallError(problem)) throw problem
  })
}
