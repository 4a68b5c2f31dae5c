/** Props of `Progress`. */
export interface ProgressProps {
  /** What is going on, in words, with the numbers: 正在盖章 第 3 份，共 12 份. */
  readonly label: string
  readonly done: number
  /** Null when the end is not known. */
  readonly total: number | null
}

/** Long work under way. */
export function Progress({ label, done, total }: ProgressProps) {
  return (
    <div className="progress">
      <span aria-live="polite">{label}</span>
      {total === null ? <progress aria-label={label} /> : <progress aria-label={label} value={done} max={total} />}
    </div>
  )
}
