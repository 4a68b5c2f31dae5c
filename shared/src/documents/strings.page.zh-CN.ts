/** Words of the documents pages. */
export const documentsPageZh = {
  'documents.menu.list': '发文',
} as const
