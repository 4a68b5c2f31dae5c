/** Words, languages and formats. */
export { daysUntil, type Formats, formatsFor } from './format.ts'
export { currentSpeech, type Speech, type Translate, useWords } from './use-words.ts'
export { currentCatalogue, type Locale, locales, onLocaleChange, setWordLoader, switchLocale, translate, type WordParams, type Words } from './words.ts'
