/** The commands: how each is called, what it does, and where it lies. Read by the help and by the check of a call; what a command
 * does is loaded when it is called: one that lays out a page must not wait for the server's parts. */
import type { CliCommand } from './command.ts'

/** How the seals of a file are verified, shared by `verify` and `seal verify`. */
const verification = 'FILE [--trust FILE.cer|DIR] [--crl FILE.crl|DIR] [--document FILE] [--strict] [--ledger-key SM3] [--data DIR] [--json]'

/** All commands, in the order of the help. */
export const commands: readonly CliCommand[] = [
  {
    name: 'serve',
    usage: 'serve [--port N] [--host H] [--data DIR] [--database postgres://…] [--public-url URL] [--node-address HOST:PORT] [--redis URL]',
    summary: 'Runs the server. 启动服务。',
    load: async () => (await import('./serve.ts')).runServe,
  },
  {
    name: 'setup',
    usage: 'setup [--data DIR] [--office-name NAME] [--json]',
    summary: 'Creates the three administrators and prints their one-time links. 建立三员并打印一次性登录链接。',
    load: async () => (await import('./serve.ts')).runSetup,
  },
  {
    name: 'demo',
    usage: 'demo [--port N] [--host H] [--data DIR] [--once]',
    summary: 'Creates the demonstration office on a fresh data directory and serves it. 建立演示单位并启动。',
    hidden: ['fill'],
    load: async () => (await import('./serve.ts')).runDemo,
  },
  {
    name: 'import',
    usage: 'import INPUT [--json] [--out FILE.json]',
    summary: 'Reads text, Markdown, HTML, DOCX or our JSON as an official document and says what was recognised, guessed and dropped. 识别公文。',
    load: async () => (await import('./documents.ts')).runImport,
  },
  {
    name: 'typeset',
    usage: 'typeset INPUT [--kind 通知] [--format 通用|信函|令|纪要] [--meta META.json] [--pdf OUT] [--ofd OUT] [--svg DIR] [--json LAYOUT] [--data DIR]',
    summary: 'Lays a document out by GB/T 9704-2012 and writes PDF (PDF/A-2b), OFD, SVG pages or the layout; exit code 1 if no typeface has a sign. 按国标排版。',
    load: async () => (await import('./typeset.ts')).runTypeset,
  },
  {
    name: 'lint',
    usage: 'lint INPUT [--json] [--fix OUT.txt|OUT.json] [--data DIR]',
    summary: 'Checks text, Markdown, HTML, DOCX or our JSON against the regulations and GB/T 9704; exit code 1 if there are errors. 公文校验。',
    load: async () => (await import('./lint.ts')).runLint,
  },
  {
    name: 'verify',
    usage: `verify ${verification}`,
    summary: 'Verifies the seals of a PDF or OFD, or an evidence package, without a server; exit code 1 unless everything is in order. 验章、核验证据包。',
    load: async () => (await import('./verify.ts')).runVerify,
  },
  {
    name: 'seal inspect',
    usage: 'seal inspect FILE [--json]',
    summary: 'Lists what a sealed PDF or OFD, a seal (.esl) or a signature holds: seals, certificates, times, places. Judges nothing. 查看印章与签章数据。',
    load: async () => (await import('./seal-inspect.ts')).runSealInspect,
  },
  {
    name: 'seal verify',
    usage: `seal verify ${verification}`,
    summary: 'The same as verify; --strict also asks for time stamps and fresh revocation lists, --document names what a bare signature is over. 验章。',
    load: async () => (await import('./verify.ts')).runVerify,
  },
  {
    name: 'envelope encrypt',
    usage: 'envelope encrypt FILE --to CERT [--to CERT …] [--out FILE.p7m] [--trust FILE.cer|DIR] [--data DIR] [--json]',
    summary: 'Puts a file into an envelope only the holders of the named SM2 encryption certificates open, each with their own key; says whether each is known here. 数字信封：加密。',
    load: async () => (await import('./envelope.ts')).runEnvelopeEncrypt,
  },
  {
    name: 'envelope decrypt',
    usage: 'envelope decrypt FILE.p7m --key KEY [--cert CERT] [--password-file FILE] [--out FILE] [--json]',
    summary: 'Opens an envelope with an SM2 key (PKCS#12, PEM or DER); the passphrase is asked for or read from a file. 数字信封：解密。',
    load: async () => (await import('./envelope.ts')).runEnvelopeDecrypt,
  },
  {
    name: 'crypto selftest',
    usage: 'crypto selftest [--json]',
    summary: 'Runs the known answers of SM2, SM3 and SM4 and says which core runs. 密码自检。',
    load: async () => (await import('./self-test.ts')).runSelfTest,
  },
  {
    name: 'audit verify',
    usage: 'audit verify [--data DIR] [--database URL] [--json]',
    summary: 'Checks the whole ledger of acts; exit code 1 if anything was altered or cut. 校验审计日志。',
    load: async () => (await import('./audit-verify.ts')).runAuditVerify,
  },
  {
    name: 'keys rotate',
    usage: 'keys rotate [--kind file|passphrase|system] [--data DIR] [--json]',
    summary:
      'Wraps the keys under a new key-encrypting key: a file, a passphrase (file named in XIEWEN_NEW_KEY_PASSPHRASE_FILE) or the credential xiewen.kek of systemd. 更换密钥加密密钥。',
    load: async () => (await import('./keys-rotate.ts')).runKeysRotate,
  },
  {
    name: 'backup',
    usage: 'backup DIR [--data DIR] [--json]',
    summary: 'Writes a consistent, verified copy of the installation into an empty directory. 备份。',
    load: async () => (await import('./backup.ts')).runBackup,
  },
  {
    name: 'restore',
    usage: 'restore DIR --data NEWDIR [--json]',
    summary: 'Puts a backup into a new data directory after checking every file. 恢复。',
    load: async () => (await import('./backup.ts')).runRestore,
  },
  {
    name: 'doc inspect',
    usage: 'doc inspect DOCUMENT [--data DIR] [--database URL] [--json]',
    summary: 'Shows what is stored for the live text of a document. 查看公文协同数据。',
    load: async () => (await import('./stored-documents.ts')).runDocInspect,
  },
  {
    name: 'doc verify',
    usage: 'doc verify [DOCUMENT] [--data DIR] [--database URL] [--json]',
    summary: 'Checks every stored row and snapshot of one document or of all; exit code 1 if anything is damaged. 校验公文协同数据。',
    load: async () => (await import('./stored-documents.ts')).runDocVerify,
  },
  {
    name: 'doc compact',
    usage: 'doc compact DOCUMENT [--data DIR] [--database URL] [--json]',
    summary: 'Folds the rows of a document into a verified snapshot, so that it opens faster; no row is deleted. 整理公文协同数据。',
    load: async () => (await import('./stored-documents.ts')).runDocCompact,
  },
  {
    name: 'doc export',
    usage: 'doc export DOCUMENT --out FILE [--data DIR] [--database URL]',
    summary: 'Writes the live text: `.json` the document, any other name its Yjs state (one version 1 update). 导出公文协同数据。',
    load: async () => (await import('./stored-documents.ts')).runDocExport,
  },
  {
    name: 'doctor',
    usage: 'doctor [--data DIR] [--json]',
    summary: 'Checks runtime, data directory, disk, fonts, cryptography and ledger. 体检。',
    load: async () => (await import('./doctor.ts')).runDoctor,
  },
]
