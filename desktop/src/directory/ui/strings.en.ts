import type { directoryUiZh } from './strings.zh-CN.ts'

/** Words of the directory's pages, in English. */
export const directoryUiEn: Readonly<Record<keyof typeof directoryUiZh, string>> = {
  'directory.ui.search': 'Name, login or pinyin initials',
  'directory.ui.units': 'Units',
  'directory.ui.all-units': 'All units',
  'directory.ui.people': 'People',
  'directory.ui.column.name': 'Name',
  'directory.ui.column.posts': 'Unit and post',
  'directory.ui.column.phone': 'Phone',
  'directory.ui.column.state': 'Account',
  'directory.ui.state.invited': 'Invited',
  'directory.ui.state.active': 'Active',
  'directory.ui.state.disabled': 'Disabled',
  'directory.ui.nobody': 'Nobody found',
  'directory.ui.nobody-hint': 'Choose another unit or look for another word.',
}
