/** Taking the register (印章台账) out of the product. Fact: `seals.register-taken` (what, of which days, how many rows, and the digest of the file). */
import { z } from 'zod'
import { forDuties } from '../../base/access.ts'
import { command, download } from '../../base/contract.ts'
import { idSchema } from '../../base/ids.ts'
import { civilDateSchema } from '../../base/instant.ts'

/** What can be taken out: 用印登记 and 印章全程 as tables (CSV, UTF-8), or the book of both laid out for A4 (印章台账). */
export const registerParts = ['impressions', 'lives', 'book'] as const
/** Languages the register is worded in. What people wrote stays as they wrote it. */
export const registerLocales = ['zh-CN', 'en'] as const

const registerExportIdSchema = idSchema<'RegisterExportId'>()
const forReaders = forDuties('seal-keeper', 'seal-approver', 'audit-admin')

/** Taking the register out. */
export const sealRegister = {
  takeRegister: command({
    name: 'seals.take-register',
    summary: 'Takes the register out, as far as the caller reads the ledger, for some days (civil dates in China, both included) or all; the act is recorded before the file can be had.',
    access: forReaders,
    input: z.strictObject({ of: z.enum(registerParts), from: civilDateSchema.optional(), until: civilDateSchema.optional(), locale: z.enum(registerLocales).default('zh-CN') }),
    output: z.object({ exportId: registerExportIdSchema, rows: z.number().int() }),
  }),
  registerFile: download({
    name: 'seals.register-file',
    summary: 'The file that was taken out, for whoever took it: the same bytes each time.',
    access: forReaders,
    input: z.strictObject({ exportId: registerExportIdSchema }),
  }),
} as const
