/** The archive room on the server: filing, pieces, checking, export. */
import { archiveRefusals } from '@xiewen/shared/archive'
import { defineSlice } from '../platform/slice.ts'
import { archiveMigrations } from './migrations.ts'
import { archiveReactions } from './reactions.ts'
import { envelopeOperations } from './use-cases/envelope.ts'
import { evidenceOperations } from './use-cases/evidence.ts'
import { fileOperations } from './use-cases/file.ts'
import { pendingOperations } from './use-cases/pending.ts'
import { pieceOperations } from './use-cases/pieces.ts'
import { settingsOperations } from './use-cases/settings.ts'

export type { EvidenceCheck } from './evidence/format.ts'
export { type EvidenceReport, type EvidenceTrust, isEvidence, verifyEvidence } from './evidence/verify-evidence.ts'
export { findPieceOfDocument } from './repository.ts'

/** What this room brings to the server. */
export const archiveSlice = defineSlice({
  name: 'archive',
  migrations: archiveMigrations,
  operations: [...pendingOperations, ...fileOperations, ...pieceOperations, ...settingsOperations, ...evidenceOperations, ...envelopeOperations],
  refusals: archiveRefusals,
  reactions: archiveReactions,
})
