/** Pieces no password may contain, compared in lower case: the usual suspects of leaked lists and office habits. */
export const commonPasswords: readonly string[] = [
  'password', 'passw0rd', 'p@ssword', 'p@ssw0rd', 'qwerty', 'qwertyuiop', 'asdfgh', 'zxcvbn', '1q2w3e', '1qaz2wsx', 'abc123', 'abcd1234', 'admin',
  'administrator', '123456', '12345678', '87654321', '654321', '111111', '000000', '888888', '666666', '112233', '123123', '123321', '5201314', 'iloveyou',
  'welcome', 'letmein', 'monkey', 'dragon', 'woaini', 'zhongguo', 'xiewen', 'changeme', 'root', 'toor', 'guest', 'test1234', 'oa123', 'office',
]
