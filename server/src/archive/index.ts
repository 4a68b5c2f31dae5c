/** The archive room on the server: filing, pieces, checking, export. */
import { archiveRefusals } from '@xiewen/shared/archive'
import { defineSlice } from '../platform/slice.ts'
import { archiveMigrations } from './migrations.ts'
import { archiveReactions } from './reactions.ts'
import { fileOperations } from './use-cases/file.ts'
import { pendingOperations } from './use-cases/pending.ts'
import { pieceOperations } from './use-cases/pieces.ts'
import { settingsOperations } from './use-cases/settings.ts'

export { findPieceOfDocument } from './repository.ts'

/** What this room brings to the server. */
export const archiveSlice = defineSlice({
  name: 'archive',
  migrations: archiveMigrations,
  operations: [...pendingOperations, ...fileOperations, ...pieceOperations, ...settingsOperations],
  refusals: archiveRefusals,
  reactions: archiveReactions,
})
