import { type TraceView, typeArea, type Who } from '@xiewen/shared/documents'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { colourOf } from './person-colours.ts'

/** Where the pictures of the traced document are; null for one it no longer has. */
export const PictureAddress = createContext<(digest: string) => string | null>(() => null)

/** Props of `TracedPictures`. */
export interface TracedPicturesProps {
  readonly pictures: TraceView['blocks'][number]['pictures']
  /** The words below the figure. */
  readonly caption: string
  readonly who: readonly Who[]
  /** The colour shows who put a picture in, not that it is new. */
  readonly authors: boolean
  /** Who did it, in words that appear when one points at the picture. */
  readonly titleOf: (who: Who | undefined) => string | undefined
  readonly note: (by: number, words: string) => ReactNode
}

/** The pictures of a traced figure (图): one put in is framed in the colour of whoever put it in, one taken out crossed through; each
 * is named above it for those who do not tell colours apart. */
export function TracedPictures({ pictures, caption, who, authors, titleOf, note }: TracedPicturesProps) {
  const { t } = useWords()
  return pictures.map(({ op, by, digest, widthMm }) => {
    const maker = who[by]
    const Mark = op === 'removed' ? 'del' : op === 'added' && !authors ? 'ins' : 'span'
    return (
      <Mark key={`${op}${digest}`} className={`traced-picture ${authors && op !== 'removed' ? 'authored' : op}`} style={maker === undefined ? undefined : { color: colourOf(maker.personId) }} title={op === 'same' && !authors ? undefined : titleOf(maker)}>
        {Mark === 'span' ? null : note(by, t(`documents.ui.trace.picture-${op}`))}
        <TracedImage digest={digest} widthMm={widthMm} words={caption === '' ? t('documents.block.figure') : caption} />
      </Mark>
    )
  })
}

function TracedImage({ digest, widthMm, words }: { readonly digest: string; readonly widthMm: number; readonly words: string }) {
  const { t } = useWords()
  const address = useContext(PictureAddress)(digest)
  const [broken, setBroken] = useState<string | null>(null)
  if (address === null || broken === address) return <span className="traced-picture-frame figure-broken">{t('documents.ui.figure.broken')}</span>
  return (
    <span className="traced-picture-frame" style={{ width: `${(Math.min(typeArea.width, widthMm) / typeArea.width) * 100}%` }}>
      <img src={address} alt={words} onError={() => setBroken(address)} />
    </span>
  )
}
