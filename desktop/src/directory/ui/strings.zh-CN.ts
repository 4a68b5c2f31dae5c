/** Words of the directory's pages. */
export const directoryUiZh = {
  'directory.ui.search': '姓名、登录名或拼音首字母',
  'directory.ui.units': '单位',
  'directory.ui.all-units': '全部单位',
  'directory.ui.people': '人员',
  'directory.ui.column.name': '姓名',
  'directory.ui.column.posts': '单位与职务',
  'directory.ui.column.phone': '电话',
  'directory.ui.column.state': '账号',
  'directory.ui.state.invited': '待启用',
  'directory.ui.state.active': '正常',
  'directory.ui.state.disabled': '已停用',
  'directory.ui.nobody': '没有找到人员',
  'directory.ui.nobody-hint': '请换一个单位，或者换一个词查找。',
} as const
