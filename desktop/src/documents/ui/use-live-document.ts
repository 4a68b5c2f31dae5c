/** Opening and closing the live text with the page. */
import { type DocumentId, metaName, ydocVersion } from '@xiewen/shared/documents'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { oncePainted, type SyncState } from '../../platform/sync/index.ts'
import { textOpened } from './background.ts'
import { type LiveDocument, openLiveDocument } from './editor/live-document.ts'

/** The live text, once its local copy has been read; null before. */
export function useLiveDocument(documentId: DocumentId, personId: string): LiveDocument | null {
  const [live, setLive] = useState<LiveDocument | null>(null)
  useEffect(() => {
    const opened = openLiveDocument(documentId, personId)
    const leave = textOpened(documentId)
    let isGone = false
    // Shown as soon as there is something: the local copy when offline, else the server's text. An editor on an empty shared
    // text would write an empty paragraph into it.
    const show = () => {
      if (!isGone && opened.doc.getXmlFragment('body').length > 0) setLive(opened)
    }
    void opened.session.whenLoaded.then(show)
    void opened.session.whenSynced.then(() => {
      if (!isGone) setLive(opened)
    })
    return () => {
      isGone = true
      setLive(null)
      void opened.close().finally(leave)
    }
  }, [documentId, personId])
  return live
}

/** What the save state is, kept on screen: told after the letter that changed it has been painted. */
export function useSyncState(live: LiveDocument): SyncState {
  const subscribe = useCallback((listener: () => void) => live.session.onChange(oncePainted(listener)), [live])
  return useSyncExternalStore(subscribe, cached(live))
}

/** The newest row of the log this window knows to be on the server's disk, 0 while something is under way. */
export function useSavedSeq(live: LiveDocument): number {
  const state = useSyncState(live)
  return state.kind === 'saved' ? state.seq : 0
}

/** The same without waiting: asked before an editor is put on the text. */
export function isTextNewer(live: LiveDocument): boolean {
  return Number(live.doc.getMap(metaName).get('version') ?? 1) > ydocVersion
}

/** Whether the text was written by a newer version of the program, whose content this one would not understand. */
export function useIsNewerText(live: LiveDocument | null): boolean {
  const [isNewer, setIsNewer] = useState(false)
  useEffect(() => {
    if (live === null) return
    const meta = live.doc.getMap(metaName)
    const look = () => setIsNewer(isTextNewer(live))
    look()
    meta.observe(look)
    return () => meta.unobserve(look)
  }, [live])
  return isNewer
}

const states = new WeakMap<LiveDocument, { text: string; state: SyncState }>()

/** `state()` makes a new object each time; the same words must be the same object for React. */
function cached(live: LiveDocument): () => SyncState {
  return () => {
    const state = live.session.state()
    const text = JSON.stringify(state)
    const known = states.get(live)
    if (known?.text === text) return known.state
    states.set(live, { text, state })
    return state
  }
}
