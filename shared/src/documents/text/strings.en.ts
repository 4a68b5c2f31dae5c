import type { importZh } from './strings.zh-CN.ts'

/** Words of importing plain text, in English. */
export const importEn: Readonly<Record<keyof typeof importZh, string>> = {
  'documents.pending-changes':
    'There are revisions nobody has decided on. Accept or reject all of them before issuing.',
  'documents.import.title': 'Title',
  'documents.import.organ-mark': 'Issuing organ’s mark',
  'documents.import.number': 'Document number',
  'documents.import.urgency': 'Urgency',
  'documents.import.copy-number': 'Copy number',
  'documents.import.signers': 'Signed for issue by',
  'documents.import.recipients': 'Addressees',
  'documents.import.heading': 'Heading',
  'documents.import.attachment-note': 'List of attachments',
  'documents.import.annex': 'Attachment',
  'documents.import.signature': 'Signature of the issuing organ',
  'documents.import.date': 'Date of issue',
  'documents.import.note': 'Note',
  'documents.import.copy-to': 'Copies to',
  'documents.import.printed': 'Printing office and date',
  'documents.import.kind': 'The title names no kind of document; taken as a notice (通知). Please check.',
  'documents.import.format-letter': 'The number’s code contains 函; taken as the letter format. Please check.',
  'documents.import.issuers-from-signature': 'No organ mark found; filled in from the signature. Please check.',
  'documents.import.number-repaired':
    'The document number was incomplete or irregular and has been repaired. Please check.',
  'documents.import.heading-repaired':
    'A heading number lacked its closing bracket and has been repaired. Please check.',
  'documents.import.heading-renumbered':
    'A heading number did not follow the one before; numbered in order. Please check references to it.',
  'documents.import.number-style': 'The punctuation after a heading number was irregular and has been set right.',
  'documents.import.lines-joined': 'This line goes on from the paragraph before it and was joined to it. Please check.',
  'documents.import.spaces-removed': 'Superfluous spaces between Chinese characters were taken out.',
  'documents.import.title-differs':
    'The page’s title differs from the document’s; characters may be missing. Please check.',
  'documents.import.annex-guessed': 'The text after the date of issue was taken as an attachment. Please check.',
  'documents.import.no-title': 'No title found. Please add one.',
  'documents.import.page-furniture': 'Navigation and other page furniture, not imported.',
  'documents.import.page-title': 'The page’s title repeats the document’s, not imported.',
  'documents.import.page-number': 'Page number, not imported.',
  'documents.import.control-characters': 'Invisible control characters, not imported.',
}
