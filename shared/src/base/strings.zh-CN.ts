/** Words every room shares. */
export const baseZh = {
  'base.not-signed-in': '您还没有登录，或登录已超时。请重新登录，未保存的内容仍保留在本机。',
  'base.not-allowed': '您没有办理这件事的权限。如确有需要，请联系安全保密管理员。',
  'base.not-found': '没有找到，或者您无权查看。',
  'base.not-to-read': '这不是待阅件，请打开后办理。',
  'base.conflict': '这件事刚刚已被他人办理，请刷新后查看最新情况。',
  'audit.unknown-export': '没有找到这份导出文件。请重新导出；只有导出的人可以取用。',
  'base.invalid-input': '填写的内容有误：{detail}',
  'base.step-up-required': '此操作需要再次确认身份，请输入密码或动态口令。',
  'base.too-many-requests': '操作过于频繁，请稍候再试。',
  'base.too-large': '内容过大，超过 {limit}。',
  'base.idempotency-mismatch': '同一请求编号对应了不同内容，已拒绝。请刷新页面后重试。',
  'base.cross-site': '请求来源不明，已拒绝。',
  'base.read-only': '系统处于只读状态，暂不能办理，请联系系统管理员。',
  'base.store-away': '数据库暂时连不上，这一步可能没有办成。请稍候重试；已保存的内容不受影响。',
  'base.disk-full': '服务器存储空间不足，未能保存。已保存的内容不受影响，请联系系统管理员。',
  'base.fault': '系统出现故障，未能完成。请稍后重试；如仍不行，请将编号 {trace} 告知系统管理员。',
} as const
