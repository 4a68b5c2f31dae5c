/** What has just happened: spoken to screen readers, shown at the foot, and undone for ten seconds where it can be. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useWords } from '../i18n/index.ts'

interface Toast {
  readonly id: number
  readonly text: string
  readonly seconds: number
  readonly undo: (() => void) | null
}

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

/** Says that something has been done. */
export function tellDone(text: string): void {
  show({ text, seconds: 5, undo: null })
}

/** Says what has been done and offers to take it back for ten seconds. */
export function offerUndo(text: string, undo: () => void, seconds = 10): void {
  show({ text, seconds, undo })
}

function show(toast: Omit<Toast, 'id'>): void {
  const id = nextId
  nextId += 1
  become([...toasts.slice(-2), { ...toast, id }])
}

function drop(id: number): void {
  become(toasts.filter((toast) => toast.id !== id))
}

function become(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Where toasts appear; the shell mounts it once. It is the page's live region. */
export function ToastHost() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <UndoBar key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function UndoBar({ toast }: { readonly toast: Toast }) {
  const { t } = useWords()
  const [left, setLeft] = useState(toast.seconds)
  useEffect(() => {
    if (left <= 0) {
      drop(toast.id)
      return
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, toast.id])
  const { undo } = toast
  return (
    <div className="toast">
      <span>{toast.text}</span>
      {undo === null ? null : (
        <button
          type="button"
          onClick={() => {
            drop(toast.id)
            undo()
          }}
        >
          {t('ui.undo')} <span aria-hidden="true">{left}</span>
        </button>
      )}
    </div>
  )
}
