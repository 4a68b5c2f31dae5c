/** The documents room on the server: drafts, versions, numbers, renditions, and the store of the live text. */
import { documentsRefusals } from '@xiewen/shared/documents'
import { defineSlice } from '../platform/slice.ts'
import { documentsMigrations } from './migrations.ts'

export { createDocument, type NewDocument } from './create-document.ts'
export { allocateNumber, voidNumber } from './numbers.ts'
export { createTextRefresher, type TextRefresher } from './refresh-text.ts'
export { attachSealedPdf, getIssuedPdf, type IssuedPdf, type PlacedAnchor } from './renditions.ts'
export { documentRights, getDocumentFor, rightsOf } from './rights.ts'
export { type Grantee, grantAccess, revokeAccess, setDocumentState } from './state.ts'
export { updateLog } from './update-log.ts'
export { freezeVersion, type FrozenText, getFrozen, readLiveDocument } from './versions.ts'

/** What this room brings to the server. */
export const documentsSlice = defineSlice({
  name: 'documents',
  migrations: documentsMigrations,
  operations: [],
  refusals: documentsRefusals,
})
