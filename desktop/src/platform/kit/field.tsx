import { type ReactNode, useId } from 'react'
import { useWords } from '../i18n/index.ts'

/** What the control of a field receives, so that label, hint and mistake are read with it. */
export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
  readonly 'aria-required'?: boolean
}

/** Props of `Field`. */
export interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong with the value, in words. */
  readonly wrong?: string | null
  readonly required?: boolean
  /** By which a page finds the field, to lead somebody there. */
  readonly name?: string
  readonly children: (control: FieldControl) => ReactNode
}

/** A labelled control of a form. */
export function Field({ label, hint, wrong = null, required = false, name, children }: FieldProps) {
  const id = useId()
  const { t } = useWords()
  const told = hint !== undefined || wrong !== null
  const control: FieldControl = {
    id,
    ...(told ? { 'aria-describedby': `${id}-told` } : {}),
    ...(wrong === null ? {} : { 'aria-invalid': true }),
    ...(required ? { 'aria-required': true } : {}),
  }
  return (
    <div className="field" data-field={name}>
      <label htmlFor={id}>
        {label}
        {required ? <span className="tone-grey small">{t('ui.field.required')}</span> : null}
      </label>
      {children(control)}
      {told ? (
        <div id={`${id}-told`}>
          {hint === undefined ? null : <div className="hint">{hint}</div>}
          {wrong === null ? null : (
            <div className="wrong" role="alert">
              {wrong}
            </div>
          )}
        </div>
      ) : null}
    </div>
  )
}
