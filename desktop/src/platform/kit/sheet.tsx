import { Button, ConfigProvider } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import type { CallError } from '../http/index.ts'
import { useWords } from '../i18n/index.ts'
import { RefusalNotice } from './states.tsx'

/** Props of `Sheet`. */
export interface SheetProps {
  readonly open: boolean
  readonly title: string
  /** Null when the sheet can only be answered, not put away. */
  readonly onClose: (() => void) | null
  readonly children: ReactNode
  /** Buttons at the foot. */
  readonly foot?: ReactNode
  readonly wide?: boolean
}

/** A dialog over the page: the browser's own, so focus stays inside and Escape closes it. The dialog fills the window and
 * its card scrolls, so that calendars and lists opened from the card are not cut off at its edge. */
export function Sheet({ open, title, onClose, children, foot, wide = false }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const { t } = useWords()
  useEffect(() => {
    const element = dialog.current
    if (element === null || !open) return undefined
    const opener = document.activeElement
    element.showModal()
    // The first thing to fill in, else the act itself (never one that cannot be taken back), rather than the closing cross,
    // which the browser would choose.
    const first = element.querySelector<HTMLElement>('.sheet-body :is(input, textarea):not([disabled])')
    const act = element.querySelector<HTMLElement>('.sheet-foot .ant-btn-primary:not(.ant-btn-dangerous, [disabled])')
    ;(first ?? act)?.focus()
    return () => {
      element.close()
      giveFocusBack(opener)
    }
  }, [open])
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      // Keys pressed inside a sheet are not the page's.
      onKeyDown={(event) => event.stopPropagation()}
    >
      {open ? (
        <ConfigProvider getPopupContainer={() => dialog.current ?? document.body}>
          <div className={wide ? 'sheet-card wide' : 'sheet-card'}>
            <header className="sheet-head">
              <h2 id={titleId}>{title}</h2>
              {onClose === null ? null : (
                <Button type="text" aria-label={t('ui.close')} onClick={onClose}>
                  ✕
                </Button>
              )}
            </header>
            <div className="sheet-body">{children}</div>
            {foot === undefined ? null : <footer className="sheet-foot">{foot}</footer>}
          </div>
        </ConfigProvider>
      ) : null}
    </dialog>
  )
}

/** Keyboards must not lose their place when a sheet goes: back to what opened it, else to the page. The browser does it only for
 * dialogs that stay in the page. */
function giveFocusBack(opener: Element | null): void {
  const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body
  if (!isLost() || document.querySelector('dialog[open]') !== null) return
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  if (isLost()) document.getElementById('main')?.focus({ preventScroll: true })
}

/** Props of `ConfirmSheet`. */
export interface ConfirmSheetProps {
  readonly open: boolean
  /** A question or the act in words: 退回给 李明（拟稿）？ */
  readonly title: string
  /** What follows from it, and what is asked for. */
  readonly children?: ReactNode
  /** The act itself, never just "OK". */
  readonly confirmLabel: string
  readonly onConfirm: () => void
  readonly onClose: () => void
  /** Red button for what cannot be taken back. */
  readonly danger?: boolean
  readonly busy?: boolean
  /** Says why the act cannot be done yet; the button is off. */
  readonly disabled?: boolean
  readonly error?: CallError | null
}

/** Asks before an act. Enter in a field acts, Escape leaves. */
export function ConfirmSheet(props: ConfirmSheetProps) {
  const { t } = useWords()
  const formId = useId()
  const foot = (
    <>
      <Button onClick={props.onClose}>{t('ui.cancel')}</Button>
      <Button form={formId} htmlType="submit" type="primary" danger={props.danger === true} loading={props.busy === true} disabled={props.disabled === true}>
        {props.confirmLabel}
      </Button>
    </>
  )
  return (
    <Sheet open={props.open} title={props.title} onClose={props.onClose} foot={foot}>
      <form
        id={formId}
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          props.onConfirm()
        }}
      >
        {props.children}
        <RefusalNotice error={props.error ?? null} />
      </form>
    </Sheet>
  )
}
