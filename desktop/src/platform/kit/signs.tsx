/** Small signs: lamp, urgency, remaining time, names. Colour never speaks alone; a word always stands beside it. */
import { useEffect, useState } from 'react'
import { useWords } from '../i18n/index.ts'
import { presentTimeLeft } from './time-left.ts'

/** Tones of a lamp; green on time, yellow near, red late, grey not begun or ended, blue under way. */
export type Tone = 'green' | 'yellow' | 'red' | 'grey' | 'blue'

/** A coloured sign with its word. */
export function Lamp({ tone, label }: { readonly tone: Tone; readonly label: string }) {
  return <span className={`lamp ${tone} tone-${tone}`}>{label}</span>
}

/** A framed word, e.g. 密级 or a state. */
export function Tag({ tone = 'grey', children }: { readonly tone?: Tone; readonly children: string }) {
  return <span className={`tag tone-${tone}`}>{children}</span>
}

/** 紧急程度. Source: GB/T 9704-2012 7.2.3 */
export type Urgency = 'none' | 'urgent' | 'extra-urgent'

/** 加急 or 特急; nothing for an ordinary document. */
export function UrgencyTag({ urgency }: { readonly urgency: Urgency }) {
  const { t } = useWords()
  if (urgency === 'none') return null
  return <Tag tone={urgency === 'extra-urgent' ? 'red' : 'yellow'}>{t(`ui.urgency.${urgency}`)}</Tag>
}

/** Remaining time until a deadline in words; recomputed every minute. */
export function TimeLeft({ dueAt, doneAt = null }: { readonly dueAt: number | null; readonly doneAt?: number | null }) {
  const { t, format } = useWords()
  const now = useMinute()
  if (dueAt === null) return null
  const left = presentTimeLeft(dueAt, doneAt ?? now)
  const words = doneAt === null ? t(left.key, left.params) : t(left.late ? 'ui.time.done-late' : 'ui.time.done-in-time')
  return (
    <span className={`figures tone-${left.tone}`} title={t('ui.time.due', { at: format.moment(dueAt) })}>
      {words}
    </span>
  )
}

/** A person, and where it matters the post acted through. `onBehalfOf` gives 甲 代 乙. */
export function PersonName(props: { readonly name: string; readonly post?: string; readonly unit?: string; readonly onBehalfOf?: string }) {
  const { t } = useWords()
  const { name, post, unit, onBehalfOf } = props
  const place = [unit, post].filter((part) => part !== undefined && part !== '').join(' ')
  return (
    <span className="person">
      {onBehalfOf === undefined ? name : t('ui.person.for', { deputy: name, principal: onBehalfOf })}
      {place === '' ? null : <span className="post"> {place}</span>}
    </span>
  )
}

/** A post with its holder: 云州市政府办公室 副主任 王建国. */
export function PostName({ post }: { readonly post: { readonly title: string; readonly unitName: string; readonly personName: string } }) {
  return <PersonName name={post.personName} post={post.title} unit={post.unitName} />
}

/** The time in milliseconds, renewed every minute. */
export function useMinute(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
