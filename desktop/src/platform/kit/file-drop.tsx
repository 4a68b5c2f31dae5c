import { type DragEvent, useId, useState } from 'react'
import { useWords } from '../i18n/index.ts'

/** Props of `FileDrop`. */
export interface FileDropProps {
  /** What to bring, in words: 把要验证的 PDF 拖到这里，或点击选择. */
  readonly label: string
  /** As the `accept` of a file input, e.g. `.pdf,application/pdf`. */
  readonly accept: string
  readonly multiple?: boolean
  /** Files over this size are refused before they are sent. */
  readonly maxBytes: number
  readonly onFiles: (files: readonly File[]) => void
}

/** A place for files: dragged in, or chosen by click or key. */
export function FileDrop({ label, accept, multiple = false, maxBytes, onFiles }: FileDropProps) {
  const { t, format } = useWords()
  const id = useId()
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    const big = files.find((file) => file.size > maxBytes)
    setTooLarge(big?.name ?? null)
    if (big === undefined && files.length > 0) onFiles(multiple ? files : files.slice(0, 1))
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <label
      htmlFor={id}
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <span>{label}</span>
      <span className="soft small">{t('ui.file.limit', { size: format.size(maxBytes) })}</span>
      {tooLarge === null ? null : (
        <span className="tone-red" role="alert">
          {t('ui.file.too-large', { name: tooLarge, size: format.size(maxBytes) })}
        </span>
      )}
      <input
        id={id}
        className="unseen"
        type="file"
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
    </label>
  )
}
