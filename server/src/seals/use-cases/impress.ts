/** 用印: one permit. */
import { sealsContract as contract } from '@xiewen/shared/seals'
import { onCommand } from '../../platform/slice.ts'
import { keepPrepared, prepareImpression } from '../impressing.ts'

/** Operations of impressing. */
export const impressOperations = [onCommand(contract.impress, { prepare: prepareImpression, commit: keepPrepared })]
