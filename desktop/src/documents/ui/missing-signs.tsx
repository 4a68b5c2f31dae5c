import { type LentSigns, type MissingSign, nameSign } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice } from '../../platform/kit/index.ts'

/** What a layout says of signs no typeface has, and of those another one lends. */
export interface SignsOfPages {
  readonly missing: readonly MissingSign[]
  readonly lent: readonly LentSigns[]
}

/** Most signs a notice names, and most pages of one sign. */
const [mostSigns, mostPages] = [10, 5]

/** 生僻字: signs the pages show a crossed red box for, by name, code point and place, and those a stand-in face draws: which face
 * lacks them, how often they stand in the text, and who lends them. */
export function SignNotices({ missing, lent }: SignsOfPages) {
  const { t } = useWords()
  const place = ({ text, pages, count }: MissingSign): string => t('documents.ui.preview.missing-place', { sign: nameSign(text), pages: pages.slice(0, mostPages).join('、'), count })
  return (
    <>
      {missing.length === 0 ? null : <Notice kind="error">{t('documents.missing-glyphs', { text: missing.slice(0, mostSigns).map(place).join('；') })}</Notice>}
      {lent.map(({ family, role, text, count }) => (
        <Notice key={`${role} ${family}`} kind="info">
          {t('documents.ui.preview.lent', { family, role: t(`documents.ui.typefaces.role.${role}`), text: [...text].slice(0, 2 * mostSigns).join('、'), count })}
        </Notice>
      ))}
    </>
  )
}
