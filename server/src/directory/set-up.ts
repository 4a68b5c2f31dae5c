/** The first three people of an installation: the administrators (三员), each with a one-time link and no password. */
import type { Duty, Fact } from '@xiewen/shared/base'
import { tables } from '../platform/database/index.ts'
import type { CommandContext } from '../platform/context.ts'
import { loginKey } from './login-key.ts'
import { makeLink } from './sessions.ts'
import { insertUnit } from './units.ts'
import type { DirectoryTables } from './tables.ts'

/** An administrator as set up, with the link to hand over. */
export interface SetUpPerson {
  readonly name: string
  readonly login: string
  readonly duty: Duty
  readonly link: string
}

const administrators = [
  { name: '系统管理员', login: 'sysadmin', duty: 'system-admin', initials: 'xtgly' },
  { name: '安全保密管理员', login: 'secadmin', duty: 'security-admin', initials: 'aqbmgly' },
  { name: '审计管理员', login: 'auditadmin', duty: 'audit-admin', initials: 'sjgly' },
] as const

/** Creates the root unit and the three administrators.
 *
 * @returns null when the installation has been set up before
 */
export async function setUpAdministrators(ctx: CommandContext, officeName: string): Promise<readonly SetUpPerson[] | null> {
  const known = await tables<DirectoryTables>(ctx.db).selectFrom('person').select('id').limit(1).executeTakeFirst()
  if (known) return null
  const unitId = ctx.newId<'UnitId'>()
  await insertUnit(ctx.db, { id: unitId, parentId: null, kind: 'region', name: officeName, shortName: officeName, codes: [], order: 0 })
  const created: SetUpPerson[] = []
  for (const admin of administrators) created.push(await createAdministrator(ctx, unitId, admin))
  const fact: Fact = { kind: 'directory.set-up', subject: { kind: 'unit', id: unitId }, data: { officeName } }
  await ctx.record(fact)
  return created
}

async function createAdministrator(ctx: CommandContext, unitId: string, admin: (typeof administrators)[number]): Promise<SetUpPerson> {
  const personId = ctx.newId<'PersonId'>()
  const postId = ctx.newId<'PostId'>()
  await tables<DirectoryTables>(ctx.db)
    .insertInto('person')
    .values({ id: personId, name: admin.name, login: admin.login, login_key: loginKey(admin.login), initials: admin.initials, phone: '', state: 'invited', locale: 'zh-CN', display: 'standard' })
    .execute()
  await tables<DirectoryTables>(ctx.db).insertInto('post').values({ id: postId, person_id: personId, unit_id: unitId, title: admin.name, is_primary: 1, ended_at: null }).execute()
  await tables<DirectoryTables>(ctx.db).insertInto('post_duty').values({ post_id: postId, duty: admin.duty }).execute()
  return { name: admin.name, login: admin.login, duty: admin.duty, link: await makeLink(ctx.db, personId, ctx.now) }
}
