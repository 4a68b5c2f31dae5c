/** 桌面客户端自身的用语。 */
export const desktopZh = {
  'desktop.not-allowed': '该页面无权使用此功能。',
  'desktop.invalid-input': '请求内容有误：{detail}',
  'desktop.fault': '本机操作未能完成，请重试；如仍不成功，请联系系统管理员。',
  'desktop.address-malformed': '地址格式不正确。请填写服务器地址，例如 https://oa.example.gov.cn。',
  'desktop.address-needs-https': '该地址未加密。请使用以 https:// 开头的地址；如只有 http 地址，请联系系统管理员。',
  'desktop.address-not-office': '已连通，但该地址不是协文服务器。请核对地址后重试。',
  'desktop.address-unreachable': '连接不上服务器。请检查网线或无线网络，并核对地址和端口。',
  'desktop.address-unknown-host': '找不到该服务器。请核对地址是否写错，或检查网络连接。',
  'desktop.address-certificate': '服务器证书不受信任，为保证安全未予连接。请联系系统管理员安装本单位根证书。',
  'desktop.address-timeout': '服务器在 {seconds} 秒内没有应答。请稍后重试，或联系系统管理员。',
  'desktop.link-not-permitted': '该链接不在允许打开的范围内。',
  'desktop.no-keyring': '这台电脑没有密钥环，未上传的修改不能加密保存在本机。请联系系统管理员启用密钥环。',
  'desktop.not-in-browser': '此功能仅在桌面客户端中可用。',
} as const
