import type { HolderView, PlaceView } from '@xiewen/shared/workflow'
import { useWords } from '../../platform/i18n/index.ts'
import { TimeLeft } from '../../platform/kit/index.ts'

/** The steps of the route from top to bottom, with names and times. Marks carry a word, not colour alone. */
export function PlacesStrip({ places }: { readonly places: readonly PlaceView[] }) {
  const { t, format } = useWords()
  return (
    <ol className="wf-places" aria-label={t('workflow.ui.route')}>
      {places.map((place) => (
        <li key={place.step} className={place.state} aria-current={place.state === 'current' ? 'step' : undefined}>
          <div className="row">
            <span className="strong">{t(`workflow.step.${place.step}`)}</span>
            <span className="soft small">{t(`workflow.ui.place.${place.state}`)}</span>
            {place.state === 'current' ? <TimeLeft dueAt={place.dueAt} /> : null}
          </div>
          {place.holders.length === 0 ? null : <div>{place.holders.map((holder) => nameOf(holder, t)).join(t('ui.list-comma'))}</div>}
          {place.enteredAt === null ? null : (
            <div className="soft small figures">
              {format.moment(place.enteredAt)}
              {place.leftAt === null ? '' : ` – ${format.moment(place.leftAt)}`}
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

function nameOf(holder: HolderView, t: (key: string, params?: Readonly<Record<string, string | number>>) => string): string {
  const deputy = holder.deputyName === null ? '' : `（${t('workflow.ui.deputy', { deputy: holder.deputyName })}）`
  return `${holder.personName} ${holder.unitName}${holder.postTitle}${deputy}`
}
