import type { Verification } from '@xiewen/shared/seals'
import { useWords } from '../../../platform/i18n/index.ts'

/** A4 in millimetres. */
const paper = { width: 210, height: 297 } as const
/** Sketches shown; the rest is named. */
const mostSketches = 8

type Seal = Verification['seals'][number]

const share = (part: number, whole: number): string => `${(part / whole) * 100}%`

/** The pages that carry seals, in outline, with every seal where it stands. A strip of a seal over the seam shows its own part only. */
export function PageSketches({ seals }: { readonly seals: readonly Seal[] }) {
  const { t } = useWords()
  const pages = [...new Set(seals.flatMap((seal) => seal.places.map((place) => place.page)))].toSorted((a, b) => a - b)
  if (pages.length === 0) return null
  const shown = pages.slice(0, mostSketches)
  return (
    <section aria-label={t('seals.verify.sketch')}>
      <ol className="page-sketches">
        {shown.map((page) => (
          <li key={page}>
            <div className="page-sketch">
              {seals.flatMap((seal, index) => seal.places.map((place, at) => (place.page === page ? <Mark key={`${index}.${at}`} seal={seal} place={place} number={index + 1} /> : null)))}
            </div>
            <p className="soft small">{t('seals.verify.page-n', { page })}</p>
          </li>
        ))}
      </ol>
      {pages.length > shown.length ? <p className="soft small">{t('seals.verify.more-pages', { pages: pages.slice(mostSketches).join('、') })}</p> : null}
    </section>
  )
}

function Mark({ seal, place, number }: { readonly seal: Seal; readonly place: Seal['places'][number]; readonly number: number }) {
  const { t } = useWords()
  const style = { left: share(place.leftMm, paper.width), top: share(place.topMm, paper.height), width: share(place.widthMm, paper.width), height: share(place.heightMm, paper.height) }
  const label = t('seals.verify.mark', { number, name: seal.sealName || seal.signerName })
  const isStrip = place.widthMm < place.heightMm / 1.5
  return (
    <div className={`sketch-mark ${seal.verdict === 'VALID' ? 'good' : 'bad'}`} style={style} title={label} role="img" aria-label={label}>
      {seal.picture === '' || isStrip ? null : <img alt="" src={seal.picture} />}
    </div>
  )
}
