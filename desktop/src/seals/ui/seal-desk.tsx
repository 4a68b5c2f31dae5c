import { documentsContract } from '@xiewen/shared/documents'
import { type ApplicationView, decideCentre, nudgeStepMm, sealsContract } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { urlOf } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice } from '../../platform/kit/index.ts'

/** How far the seal has been moved from its lawful place, millimetres. */
export interface Nudge {
  readonly x: number
  readonly y: number
}

/** A4. Source: GB/T 9704-2012 5.1 */
const paper = { width: 210, height: 297 } as const
const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** Props of `SealDesk`. `onNudge` is null when the seal cannot be moved (any more). */
export interface SealDeskProps {
  readonly application: ApplicationView
  readonly nudge: Nudge
  readonly onNudge: ((nudge: Nudge) => void) | null
}

/** The page to be sealed with the seal at its lawful place: pale until impressed. */
export function SealDesk({ application, nudge, onNudge }: SealDeskProps) {
  const { t } = useWords()
  const [reason, setReason] = useState<string | null>(null)
  const { place, seal } = application
  const ghost = useRef<HTMLButtonElement>(null)
  const movable = onNudge !== null
  useEffect(() => {
    if (!movable) return
    ghost.current?.focus({ preventScroll: true })
    ghost.current?.scrollIntoView({ block: 'center' })
  }, [movable])
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined || onNudge === null) return
    event.preventDefault()
    event.stopPropagation()
    const next = { x: nudge.x + step[0] * nudgeStepMm, y: nudge.y + step[1] * nudgeStepMm }
    const decision = decideCentre(place, next.x, next.y)
    setReason(decision.ok ? null : t(decision.refusal.code, decision.refusal.params))
    if (decision.ok) onNudge(next)
  }
  const style = {
    left: `${((place.centreX + nudge.x - seal.diameterMm / 2) / paper.width) * 100}%`,
    top: `${((place.centreY + nudge.y - seal.diameterMm / 2) / paper.height) * 100}%`,
    width: `${(seal.diameterMm / paper.width) * 100}%`,
  }
  return (
    <div className="seal-desk">
      {onNudge === null ? null : (
        <div className="row">
          <span className="soft">{t('seals.ui.impress.hint')}</span>
          <span className="figures">{t('seals.ui.impress.offset', { x: nudge.x, y: nudge.y })}</span>
          {nudge.x === 0 && nudge.y === 0 ? null : (
            <Button size="small" onClick={() => onNudge({ x: 0, y: 0 })}>
              {t('seals.ui.impress.reset')}
            </Button>
          )}
        </div>
      )}
      {reason === null || !movable ? null : <Notice kind="error">{reason}</Notice>}
      <div className="seal-paper">
        <img className="seal-page" width={794} height={1123} alt={t('seals.ui.page-image', { page: place.page })} src={urlOf(documentsContract.page, { documentId: application.documentId, page: place.page })} />
        <button
          ref={ghost}
          type="button"
          className={application.state === 'impressed' ? 'ghost done' : 'ghost'}
          style={style}
          disabled={onNudge === null}
          aria-label={t('seals.ui.ghost', { name: seal.name })}
          onKeyDown={move}
        >
          <img alt="" src={urlOf(sealsContract.picture, { sealId: seal.id })} />
        </button>
      </div>
    </div>
  )
}
