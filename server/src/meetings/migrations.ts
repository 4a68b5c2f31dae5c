/** Migrations of the meetings room. */
import type { Kysely } from 'kysely'
import type { Migration } from '../platform/database/index.ts'

/** In order. */
export const meetingsMigrations: readonly Migration[] = [
  {
    name: '20261122T2330-meetings-create',
    up: async ({ schema }) => {
      await createRooms(schema)
      await createMeetings(schema)
      await createLists(schema)
    },
  },
  {
    name: '20261128T0030-meetings-invited',
    up: async ({ schema }) => {
      await schema.schema.createIndex('meeting_attendee_comes').on('meeting_attendee').columns(['comes_post_id']).execute()
      await schema.schema.createIndex('meeting_attendee_unit').on('meeting_attendee').columns(['unit_id']).execute()
    },
  },
]

async function createRooms(db: Kysely<Record<string, never>>): Promise<void> {
  await db.schema
    .createTable('meeting_room')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('floor', 'text', (c) => c.notNull())
    .addColumn('capacity', 'integer', (c) => c.notNull())
    .addColumn('equipment', 'text', (c) => c.notNull())
    .addColumn('buffer_minutes', 'integer', (c) => c.notNull())
    .addColumn('retired', 'integer', (c) => c.notNull())
    .addColumn('touched', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('meeting_booking')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('room_id', 'text', (c) => c.notNull())
    .addColumn('from_at', 'bigint', (c) => c.notNull())
    .addColumn('to_at', 'bigint', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('post_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addColumn('unit_name', 'text', (c) => c.notNull())
    .addColumn('organ_id', 'text', (c) => c.notNull())
    .addColumn('meeting_id', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('meeting_booking_time').on('meeting_booking').columns(['to_at', 'room_id']).execute()
}

async function createMeetings(db: Kysely<Record<string, never>>): Promise<void> {
  await db.schema
    .createTable('meeting')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('from_at', 'bigint', (c) => c.notNull())
    .addColumn('to_at', 'bigint', (c) => c.notNull())
    .addColumn('room_id', 'text')
    .addColumn('booking_id', 'text')
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('host_post_id', 'text')
    .addColumn('host_name', 'text', (c) => c.notNull())
    .addColumn('post_id', 'text', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addColumn('unit_id', 'text', (c) => c.notNull())
    .addColumn('unit_name', 'text', (c) => c.notNull())
    .addColumn('organ_id', 'text', (c) => c.notNull())
    .addColumn('organ_name', 'text', (c) => c.notNull())
    .addColumn('notes', 'text', (c) => c.notNull())
    .addColumn('contact', 'text', (c) => c.notNull())
    .addColumn('reply_by', 'bigint')
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('change_note', 'text', (c) => c.notNull())
    .addColumn('minutes_id', 'text')
    .addColumn('code_key', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('meeting_time').on('meeting').columns(['to_at', 'state']).execute()
  await db.schema.createIndex('meeting_minutes').on('meeting').column('minutes_id').execute()
}

async function createLists(db: Kysely<Record<string, never>>): Promise<void> {
  await db.schema
    .createTable('meeting_attendee')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('post_id', 'text')
    .addColumn('unit_id', 'text', (c) => c.notNull())
    .addColumn('unit_name', 'text', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addColumn('person_title', 'text', (c) => c.notNull())
    .addColumn('reply', 'text')
    .addColumn('decision', 'text')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('comes_name', 'text', (c) => c.notNull())
    .addColumn('comes_title', 'text', (c) => c.notNull())
    .addColumn('comes_post_id', 'text')
    .addColumn('replied_at', 'bigint')
    .addColumn('signed_in_at', 'bigint')
    .addColumn('signed_in_name', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('meeting_attendee_meeting').on('meeting_attendee').columns(['meeting_id', 'place']).execute()
  await db.schema.createIndex('meeting_attendee_post').on('meeting_attendee').column('post_id').execute()
  await db.schema
    .createTable('meeting_agenda')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('presenter', 'text', (c) => c.notNull())
    .addColumn('minutes', 'integer', (c) => c.notNull())
    .addColumn('document_id', 'text')
    .addColumn('document_title', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('meeting_agenda_meeting').on('meeting_agenda').columns(['meeting_id', 'place']).execute()
  await db.schema
    .createTable('meeting_mark')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('block', 'integer', (c) => c.notNull())
    .addColumn('quote', 'text', (c) => c.notNull())
    .addColumn('lead_unit_id', 'text')
    .addColumn('lead_unit_name', 'text', (c) => c.notNull())
    .addColumn('support_names', 'text', (c) => c.notNull())
    .addColumn('due_on', 'text')
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('assignment_id', 'text')
    .addColumn('assignment_state', 'text')
    .addUniqueConstraint('meeting_mark_once', ['document_id', 'quote'])
    .execute()
  await db.schema.createIndex('meeting_mark_assignment').on('meeting_mark').column('assignment_id').execute()
}
