import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { FieldControl } from '../../platform/kit/index.ts'

/** Props of `LineField`. */
export interface LineFieldProps extends Partial<FieldControl> {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly disabled?: boolean
  readonly rows?: number
  /** A list of names: what is typed is kept as typed until the field is left, so that separators can be typed. */
  readonly list?: boolean
}

/** A shared text field: others' changes come in while nobody types here; an input method is never interrupted. */
export function LineField({ value, onChange, disabled = false, rows, list = false, ...control }: LineFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const composing = useRef(false)
  useEffect(() => {
    if (!list) setTyped(null)
  }, [value, list])
  const change = (text: string) => {
    setTyped(text)
    if (!composing.current) onChange(text)
  }
  const shared = {
    ...control,
    disabled,
    value: typed ?? value,
    onCompositionStart: () => {
      composing.current = true
    },
    onCompositionEnd: (event: { readonly currentTarget: { readonly value: string } }) => {
      composing.current = false
      change(event.currentTarget.value)
    },
    onBlur: () => setTyped(null),
  }
  return rows === undefined ? (
    <Input {...shared} onChange={(event) => change(event.target.value)} />
  ) : (
    <Input.TextArea {...shared} autoSize={{ minRows: rows, maxRows: 8 }} onChange={(event) => change(event.target.value)} />
  )
}
