import type { Verdict, VerifyCode, VerifyNote } from './report.ts'

/** What each verdict says to a reader. */
export const verdictTexts: Readonly<Record<Verdict, string>> = {
  VALID: '验证通过：印章真实，文件自盖章后未被改动。',
  INVALID: '验证不通过：印章或文件存在问题。',
  CHANGED_AFTER: '文件在盖章之后被改动。',
  UNTRUSTED: '签名完好，但签章人或制章机构不在信任范围内。',
  INDETERMINATE: '无法作出判断。',
}

/** What each reason says to a reader. Braces name parameters. */
export const reasonTexts: Readonly<Record<VerifyCode, string>> = {
  'byte-range-malformed': '签名覆盖范围的写法不合规范。',
  'byte-range-start': '签名覆盖范围不是从文件开头起算。',
  'byte-range-hole': '签名覆盖范围之间的空隙与签名值的位置不符。',
  'byte-range-end': '签名覆盖范围超出文件末尾，文件可能被截断。',
  'contents-malformed': '签名值缺失或不是规范编码。',
  'contents-padding': '签名值之后夹带了其他数据。',
  'signature-object': '发现不完整的签名对象。',
  'revision-damaged': '盖章时的文件版本结构损坏。',
  'signature-not-in-form': '签名未登记在文件的签名域中。',
  'seal-malformed': '电子签章数据不符合 GB/T 38540 的格式。',
  'signature-mismatch': '签章人的签名值不正确。',
  'not-in-seal-list': '签章人的证书不在印章的授权名单内。',
  'seal-maker-signature': '制章者对印章的签名不正确，印章可能系伪造。',
  'seal-not-yet-valid': '签章时印章尚未生效。',
  'seal-expired': '签章时印章已过有效期。',
  'certificate-expired': '签章时证书已过有效期（序列号 {serial}）。',
  'certificate-not-yet-valid': '签章时证书尚未生效（序列号 {serial}）。',
  'certificate-revoked': '签章时证书已被吊销（序列号 {serial}）。',
  'certificate-key-usage': '证书不允许用于签名（序列号 {serial}）。',
  'certificate-not-authority': '上级证书无权签发证书（序列号 {serial}）。',
  'certificate-unknown-extension': '证书含有无法识别的关键扩展项（序列号 {serial}）。',
  'chain-signature': '证书上的签发者签名不正确（序列号 {serial}）。',
  'signed-in-future': '签章时间晚于当前时间。',
  'position-mismatch': '印章所在位置与签名记载的位置不符。',
  'digest-mismatch': '文件内容与签章时不一致，已被改动。',
  'changed-after': '盖章之后文件又被改动（{what}）。',
  'later-seal-not-valid': '盖章之后追加的签章未通过验证。',
  'chain-untrusted': '证书未能追溯到受信任的根证书（序列号 {serial}）。',
  'maker-untrusted': '制章机构不在受信任的名单内（序列号 {serial}）。',
  'unsupported-format': '暂不支持该签名格式（{format}）。',
  'not-a-pdf': '不是 PDF 文件。',
  truncated: '文件不完整，可能被截断。',
  'no-signature': '文件中没有电子签章。',
  'too-large': '文件超出验证允许的大小或耗时。',
  'too-many-signatures': '文件中的签名数量过多。',
  unreadable: '文件无法读取。',
}

/** What each remark says to a reader. */
export const noteTexts: Readonly<Record<VerifyNote, string>> = {
  'certificate-expired-since': '签章人的证书在签章之后已到期，不影响当时签章的效力。',
  'certificate-revoked-since': '签章人的证书在签章之后已被吊销。',
  'revocation-not-checked': '未核查证书吊销情况。',
  'time-not-stamped': '签章时间由签章方记载，未附可信时间戳。',
}
