/** The documents room on the server: drafts, versions, numbers, renditions, and the store of the live text. */
import { documentsRefusals } from '@xiewen/shared/documents'
import { defineSlice } from '../platform/slice.ts'
import { documentsMigrations } from './migrations.ts'
import { attachmentOperations } from './use-cases/attach-files.ts'
import { checkOperations } from './use-cases/check-text.ts'
import { checkerOperations } from './use-cases/set-checker.ts'
import { commentOperations } from './use-cases/comment-text.ts'
import { createOperations } from './use-cases/create-draft.ts'
import { deleteOperations } from './use-cases/delete-draft.ts'
import { exportOperations } from './use-cases/export-document.ts'
import { historyOperations } from './use-cases/tell-history.ts'
import { findOperations } from './use-cases/find-documents.ts'
import { versionOperations } from './use-cases/keep-versions.ts'
import { openOperations } from './use-cases/open-document.ts'
import { faceOperations } from './use-cases/serve-faces.ts'
import { registerOperations } from './use-cases/register-number.ts'
import { shareOperations } from './use-cases/share-draft.ts'
import { templateOperations } from './use-cases/keep-templates.ts'
import { pageOperations } from './use-cases/show-pages.ts'
import { typefaceOperations } from './use-cases/choose-typefaces.ts'
import { typesetOperations } from './use-cases/typeset.ts'

export { listAttachments } from './attachments.ts'
export { countOpenThreads } from './comments.ts'
export { createDocument, type NewDocument } from './create-document.ts'
export { renderIssuedPage } from './issued-pages.ts'
export { type LiveDocuments, liveDocuments } from './live-documents.ts'
export { compactDocument, exportDocument, inspectDocument, verifyDocuments } from './tend-log.ts'
export { allocateNumber, voidNumber } from './numbers.ts'
export { renderOfd, renderPdf, renderSvg, warmOutlines } from './render/index.ts'
export { attachSealedPdf, getIssuedOfd, getIssuedPdf, type IssuedPdf, isUnsealed, type PlacedAnchor, type SealedRendition } from './renditions.ts'
export { findDocument, presentDocument } from './repository.ts'
export { documentRights, getDocumentFor, rightsOf } from './rights.ts'
export { setDocumentState } from './set-state.ts'
export { type Grantee, grantAccess, revokeAccess } from './state.ts'
export { Unreadable, openZip, type ZipArchive } from './import/index.ts'
export { listLogDigests, type LogDigest } from './log-digests.ts'
export { updateLog } from './update-log.ts'
export { readFaceChoices } from './typeface-store.ts'
export { checkDocument } from './use-cases/check-text.ts'
export { freezeVersion, type FrozenText, getFrozen, keepNamedVersion, readLiveDocument } from './versions.ts'

/** What this room brings to the server. */
export const documentsSlice = defineSlice({
  name: 'documents',
  migrations: documentsMigrations,
  operations: [
    ...createOperations, ...exportOperations, ...openOperations, ...findOperations, ...pageOperations, ...faceOperations, ...checkOperations, ...checkerOperations, ...versionOperations,
    ...attachmentOperations, ...shareOperations, ...registerOperations, ...typesetOperations, ...deleteOperations, ...commentOperations, ...historyOperations, ...templateOperations, ...typefaceOperations,
  ],
  refusals: documentsRefusals,
})
