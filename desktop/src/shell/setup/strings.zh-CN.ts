/** 服务器地址设置页的用语。 */
export const setupZh = {
  'setup.title': '连接本单位服务器',
  'setup.intro': '首次使用，请填写本单位协文服务器的地址。地址由系统管理员提供。',
  'setup.address': '服务器地址',
  'setup.test': '测试连接',
  'setup.save': '保存并进入',
  'setup.waiting': '正在连接，请稍候…',
  'setup.found': '连接成功：{origin}',
  'setup.note': '地址须以 https:// 开头。更换服务器后，本机保存的离线内容和登录状态将被清除。',
} as const
