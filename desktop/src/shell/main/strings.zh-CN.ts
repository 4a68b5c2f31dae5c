/** 桌面客户端主进程的用语：托盘、提醒、菜单、询问。 */
export const shellZh = {
  'shell.name': '协文',
  'shell.open': '打开协文',
  'shell.change-server': '更换服务器…',
  'shell.quit': '退出',
  'shell.waiting': '协文 · 待办 {todo} 件 · 待阅 {toRead} 件',
  'shell.not-signed-in': '协文 · 未登录',
  'shell.offline': '协文 · 未连接服务器',
  'shell.new-entry': '新的待办',
  'shell.new-entries': '有 {count} 件新的待办',
  'shell.leave-ask': '即将用其他程序打开',
  'shell.leave-detail': '{host}\n该地址不属于本单位服务器，请确认来源可靠。',
  'shell.leave-yes': '打开',
  'shell.cancel': '取消',
} as const
