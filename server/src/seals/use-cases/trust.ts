/** What the installation's authority publishes and answers: lists of revoked certificates, status, time stamps. */
import { fromHex } from '@xiewen/crypto'
import { accept, refuse } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { onDownload, onProtocol } from '../../platform/slice.ts'
import { findRevocationList } from '../trust-services/list-table.ts'
import { answerStatus } from '../trust-services/status.ts'
import { answerTimestamp } from '../trust-services/time-stamps.ts'

const revocationList = onDownload(contract.revocationList, async (ctx, { of }) => {
  const row = await findRevocationList(ctx.db, of)
  return row === null ? refuse('seals.no-list') : accept({ bytes: fromHex(row.der), mediaType: 'application/pkix-crl', fileName: `${of}.crl` })
})

/** Operations of the authority's services. */
export const trustOperations = [revocationList, onProtocol(contract.ocsp, answerStatus), onProtocol(contract.timestamp, answerTimestamp)]
