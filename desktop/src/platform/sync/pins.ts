/** Documents a person keeps on this computer for reading and writing without a network (离线可用). */

/** Where the list lies: the browser's local storage, or a test's. */
export type PinStorage = Pick<Storage, 'getItem' | 'setItem'>

const changed = new EventTarget()

/** The documents one person has pinned here, newest last. A damaged list is an empty one: it can be made again. */
export function listPins(personId: string, storage: PinStorage = localStorage): readonly string[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(keyOf(personId)) ?? '[]')
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

/** Pins a document or takes it off. */
export function setPinned(personId: string, documentId: string, isPinned: boolean, storage: PinStorage = localStorage): void {
  const others = listPins(personId, storage).filter((each) => each !== documentId)
  storage.setItem(keyOf(personId), JSON.stringify(isPinned ? [...others, documentId] : others))
  changed.dispatchEvent(new Event('change'))
}

/** Calls `listener` after every change made in this window. */
export function onPinsChange(listener: () => void): () => void {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}

function keyOf(personId: string): string {
  return `xiewen.pinned.${personId}`
}
