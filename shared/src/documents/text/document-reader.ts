/** Reads a shared text again and again while it is being written: what did not change is the same object as before. */
import * as Y from 'yjs'
import type { Block, Elements, OfficialDocument } from '../model.ts'
import { versionOfContent } from '../model.ts'
import { bodyOf, elementsOf } from '../ydoc.ts'
import { blocksOf, readElements } from './from-ydoc.ts'

/** A reader of one live text. */
export interface DocumentReader {
  /** The document as it stands. Blocks nobody touched since the last time are the same objects, and so are the elements. */
  read(): OfficialDocument
  /** Ends watching. The reader must not be used any more. */
  stop(): void
}

type Child = Y.XmlElement | Y.XmlText | Y.XmlHook

/** Watches a shared text and reads only what changes in it. */
export function createDocumentReader(doc: Y.Doc): DocumentReader {
  const body = bodyOf(doc)
  const map = elementsOf(doc)
  let known = new Map<Child, readonly Block[]>()
  let elements: Elements | null = null
  const forget = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const event of events) {
      const child = childOf(event.target, body)
      if (child) known.delete(child)
    }
  }
  const forgetElements = (): void => {
    elements = null
  }
  body.observeDeep(forget)
  map.observe(forgetElements)
  return {
    read() {
      const next = new Map<Child, readonly Block[]>()
      const blocks = body.toArray().flatMap((child) => {
        const read = known.get(child) ?? blocksOf(child)
        next.set(child, read)
        return read
      })
      known = next
      elements ??= readElements(map)
      return { version: versionOfContent(blocks), elements, blocks }
    },
    stop() {
      body.unobserveDeep(forget)
      map.unobserve(forgetElements)
    },
  }
}

/** The child of the body that holds what changed; null for the body itself. */
function childOf(target: Y.AbstractType<unknown>, body: Y.XmlFragment): Child | null {
  let node: Y.AbstractType<unknown> | null = target
  while (node && node.parent !== body) node = node.parent
  return node instanceof Y.XmlElement || node instanceof Y.XmlText || node instanceof Y.XmlHook ? node : null
}
