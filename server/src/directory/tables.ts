/** Tables of the directory room: units, people, posts, delegations, sessions and credentials. */
import type { Migration } from '../platform/database/index.ts'

/** Kysely view of the room's own tables. */
export interface DirectoryTables {
  unit: { id: string; parent_id: string | null; kind: 'region' | 'organ' | 'section'; name: string; short_name: string; codes: string; place: number; path: string }
  person: { id: string; name: string; login: string; login_key: string; initials: string; phone: string; state: 'invited' | 'active' | 'disabled'; locale: string; display: string }
  post: { id: string; person_id: string; unit_id: string; title: string; is_primary: number; ended_at: number | null }
  post_duty: { post_id: string; duty: string }
  delegation: { id: string; principal_post_id: string; deputy_post_id: string; from_at: number; until_at: number; reason: string; revoked_at: number | null }
  credential: { person_id: string; password: string | null; former: string; otp_secret: string | null; otp_pending: string | null; otp_last_step: number; failures: number; first_failure_at: number; locked_until: number }
  sign_in_link: { token_hash: string; person_id: string; expires_at: number; used_at: number | null }
  calendar_year: { year: number; arrangement: string; set_at: number; set_by: string }
  session: { id: string; token_hash: string; person_id: string; started_at: number; seen_at: number; expires_at: number; proven_until: number | null; address: string; ended_at: number | null }
}

/** Creates the directory. That an administrator's duty (三员) excludes every other duty of the person is checked where posts are
 * granted, inside the single writer's transaction; the database itself does not know the rule. */
export const directoryMigrations: readonly Migration[] = [
  {
    name: '20261122T0900-directory-create',
    up: async ({ schema }) => {
      const create = schema.schema
      await create
        .createTable('unit')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('parent_id', 'text')
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('short_name', 'text', (c) => c.notNull())
        .addColumn('codes', 'text', (c) => c.notNull())
        .addColumn('place', 'integer', (c) => c.notNull())
        .addColumn('path', 'text', (c) => c.notNull())
        .execute()
      await create.createIndex('unit_path').on('unit').column('path').execute()
      await create
        .createTable('person')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('login', 'text', (c) => c.notNull())
        .addColumn('login_key', 'text', (c) => c.notNull().unique())
        .addColumn('initials', 'text', (c) => c.notNull())
        .addColumn('phone', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('locale', 'text', (c) => c.notNull())
        .addColumn('display', 'text', (c) => c.notNull())
        .execute()
      await create
        .createTable('post')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('person_id', 'text', (c) => c.notNull())
        .addColumn('unit_id', 'text', (c) => c.notNull())
        .addColumn('title', 'text', (c) => c.notNull())
        .addColumn('is_primary', 'integer', (c) => c.notNull())
        .addColumn('ended_at', 'bigint')
        .execute()
      await create.createIndex('post_person').on('post').column('person_id').execute()
      await create.createIndex('post_unit').on('post').column('unit_id').execute()
      await create.createTable('post_duty').addColumn('post_id', 'text', (c) => c.notNull()).addColumn('duty', 'text', (c) => c.notNull()).addPrimaryKeyConstraint('post_duty_key', ['post_id', 'duty']).execute()
      await create.createIndex('post_duty_duty').on('post_duty').column('duty').execute()
      await create
        .createTable('delegation')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('principal_post_id', 'text', (c) => c.notNull())
        .addColumn('deputy_post_id', 'text', (c) => c.notNull())
        .addColumn('from_at', 'bigint', (c) => c.notNull())
        .addColumn('until_at', 'bigint', (c) => c.notNull())
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('revoked_at', 'bigint')
        .execute()
      await create.createIndex('delegation_deputy').on('delegation').column('deputy_post_id').execute()
    },
  },
  {
    name: '20261122T0901-directory-sessions',
    up: async ({ schema }) => {
      const create = schema.schema
      await create
        .createTable('credential')
        .addColumn('person_id', 'text', (c) => c.primaryKey())
        .addColumn('password', 'text')
        .addColumn('former', 'text', (c) => c.notNull())
        .addColumn('otp_secret', 'text')
        .addColumn('otp_pending', 'text')
        .addColumn('otp_last_step', 'bigint', (c) => c.notNull())
        .addColumn('failures', 'integer', (c) => c.notNull())
        .addColumn('first_failure_at', 'bigint', (c) => c.notNull())
        .addColumn('locked_until', 'bigint', (c) => c.notNull())
        .execute()
      await create
        .createTable('sign_in_link')
        .addColumn('token_hash', 'text', (c) => c.primaryKey())
        .addColumn('person_id', 'text', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addColumn('used_at', 'bigint')
        .execute()
      await create
        .createTable('session')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('token_hash', 'text', (c) => c.notNull().unique())
        .addColumn('person_id', 'text', (c) => c.notNull())
        .addColumn('started_at', 'bigint', (c) => c.notNull())
        .addColumn('seen_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addColumn('proven_until', 'bigint')
        .addColumn('address', 'text', (c) => c.notNull())
        .addColumn('ended_at', 'bigint')
        .execute()
      await create.createIndex('session_person').on('session').column('person_id').execute()
    },
  },
  {
    name: '20261127T2110-directory-calendar',
    up: async ({ schema }) => {
      await schema.schema
        .createTable('calendar_year')
        .addColumn('year', 'integer', (c) => c.primaryKey())
        .addColumn('arrangement', 'text', (c) => c.notNull())
        .addColumn('set_at', 'bigint', (c) => c.notNull())
        .addColumn('set_by', 'text', (c) => c.notNull())
        .execute()
    },
  },
]
