/** `useWords`: the translator for views. */
import { useMemo, useSyncExternalStore } from 'react'
import { type Formats, formatsFor } from './format.ts'
import { currentCatalogue, type Locale, onLocaleChange, translate, type WordParams } from './words.ts'

/** Translates a key of the catalogue. */
export type Translate = (key: string, params?: WordParams) => string

/** What a view needs to speak: `t` for words, `format` for dates and sizes, the language for the rest. */
export interface Speech {
  readonly t: Translate
  readonly format: Formats
  readonly locale: Locale
}

/** The translator in the language in use; the view renders again when it changes. */
export function useWords(): Speech {
  const catalogue = useSyncExternalStore(onLocaleChange, currentCatalogue)
  return useMemo(() => speechOf(catalogue.locale, catalogue.words), [catalogue])
}

/** A translator outside of React, for notifications and titles; in the language in use at the call. */
export function currentSpeech(): Speech {
  const { locale, words } = currentCatalogue()
  return speechOf(locale, words)
}

function speechOf(locale: Locale, words: Readonly<Record<string, string>>): Speech {
  const t: Translate = (key, params) => translate(words, key, params)
  return { t, locale, format: formatsFor(locale) }
}
