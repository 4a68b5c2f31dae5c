/** The contract types the client works with, and the shape of a refusal on the wire. */
import { z } from 'zod'

export type { AnyContract, Contract, ContractKind, InputOf, OutputOf } from '@xiewen/shared/base'

/** An error body: `{ code, params? }`; a fault carries `params.trace`. */
export const refusalSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
