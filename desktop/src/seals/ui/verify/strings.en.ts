import { noteTextsEn, reasonTextsEn, verdictTextsEn } from '@xiewen/crypto/words'
import { named } from './named.ts'
import type { sealsVerifyZh } from './strings.zh-CN.ts'

/** Words of the verifying page in English. */
export const sealsVerifyEn: Readonly<Record<keyof typeof sealsVerifyZh, string>> = {
  ...named('seals.verdict.', verdictTextsEn),
  ...named('seals.reason.', reasonTextsEn),
  ...named('seals.note.', noteTextsEn),
  'seals.verify.title': 'Verify seals',
  'seals.verify.note': 'Checks whether the seals on a document are genuine and whether it was changed since. No sign-in; the file is used for this check only and not kept.',
  'seals.verify.drop': 'Drop the PDF to verify here, or click to choose',
  'seals.verify.again': 'Verify another',
  'seals.verify.busy': 'Verifying…',
  'seals.verify.valid': 'Valid',
  'seals.verify.invalid': 'Invalid',
  'seals.verify.changed': 'Changed since',
  'seals.verify.untrusted': 'Not trusted',
  'seals.verify.unclear': 'Undecided',
  'seals.verify.seal': 'Seal',
  'seals.verify.code': 'Seal code',
  'seals.verify.signer': 'Sealed by',
  'seals.verify.maker': 'Made by',
  'seals.verify.at': 'Sealed at',
  'seals.verify.page': 'On',
  'seals.verify.page-n': 'page {page}',
  'seals.verify.serial': 'Certificate serial',
  'seals.verify.path': 'Certificate path',
  'seals.verify.state': 'The seal now',
  'seals.verify.digest': 'Digest of the file (SM3)',
  'seals.verify.file': 'File',
  'seals.verify.registered': 'Registered here: {number} “{title}”, sealed {at}.',
  'seals.verify.unregistered': 'This office has no record of sealing this file.',
  'seals.verify.own': 'The seal was made by the office itself and is not certified by an authority.',
  'seals.verify.picture': 'Picture of the seal of {name}',
  'seals.verify.sign-in': 'Sign in to Xiewen',
  'seals.verify.number-n': 'Seal {number}',
  'seals.verify.result': 'Result',
}
