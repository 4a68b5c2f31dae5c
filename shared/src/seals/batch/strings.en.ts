import type { sealsBatchZh } from './strings.zh-CN.ts'

/** Words of what became of a batch of impressions, on the page and in its table. */
export const sealsBatchEn: Readonly<Record<keyof typeof sealsBatchZh, string>> = {
  'seals.batch.state.waiting': 'Not tried',
  'seals.batch.state.done': 'Impressed',
  'seals.batch.state.refused': 'Refused',
  'seals.batch.next.none': 'Nothing to do: this permit has been used; see the ledger.',
  'seals.batch.next.try': 'It can be tried now.',
  'seals.batch.next.alone': 'Open this application and move the seal back before impressing it.',
  'seals.batch.next.resume': 'Try again once the seal is back in use.',
  'seals.batch.next.renew': 'Renew the certificate of the seal first, then try again.',
  'seals.batch.next.apply-anew': 'Ask the registrar for a new application.',
  'seals.batch.next.colleague': 'The keeper of the seal, a deputy or the colleague it is lent to must impress it.',
  'seals.batch.next.administrator': 'Tell the system administrator, then try again; the permit has not been used.',
  'seals.batch.column.row': 'No.',
  'seals.batch.column.title': 'Document',
  'seals.batch.column.number': 'Number',
  'seals.batch.column.seal': 'Seal',
  'seals.batch.column.state': 'Outcome',
  'seals.batch.column.why': 'Reason',
  'seals.batch.column.next': 'What next',
  'seals.batch.column.at': 'Tried at',
  'seals.batch.column.verdict': 'Verified as',
  'seals.batch.column.digest': 'Digest of the sealed file (SM3)',
  'seals.batch.file': 'Batch of impressions',
}
