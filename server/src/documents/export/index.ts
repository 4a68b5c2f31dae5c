/** Export of documents: Word files, and their elements as data. PDF and OFD are drawn by `render/`. */
export type { WordThread } from './docx/comments.ts'
export type { ChangeMaker } from './docx/runs.ts'
export { type DocxExtras, writeDocx } from './docx/write-docx.ts'
export { metadataJson, metadataOf, metadataXml } from './metadata.ts'
