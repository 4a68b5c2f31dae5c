import type { documentsPageZh } from './strings.page.zh-CN.ts'

/** Words of the documents pages in English. */
export const documentsPageEn: Readonly<Record<keyof typeof documentsPageZh, string>> = {
  'documents.menu.list': 'Outgoing',
}
