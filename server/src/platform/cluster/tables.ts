/** What several server processes (nodes, 节点) over one PostgreSQL know of each other. */
import { randomBytes } from 'node:crypto'
import type { Migration } from '../database/index.ts'
import { type AnyTables, tables } from '../database/index.ts'
import type { Kysely } from 'kysely'

interface ClusterTables {
  readonly cluster_secret: { readonly name: string; readonly secret: Uint8Array }
}

/** Creates the tables. On SQLite they stay empty: there is one process. */
export const clusterMigrations: readonly Migration[] = [
  {
    name: '20261128T0800-cluster-create',
    up: async ({ schema, bytes }) => {
      await schema.schema
        .createTable('cluster_node')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('address', 'text', (c) => c.notNull())
        .addColumn('hears_redis', 'integer', (c) => c.notNull())
        .addColumn('alive_until', 'bigint', (c) => c.notNull())
        .execute()
      await schema.schema
        .createTable('document_lease')
        .addColumn('document_id', 'text', (c) => c.primaryKey())
        .addColumn('node_id', 'text')
        .addColumn('epoch', 'bigint', (c) => c.notNull())
        .execute()
      await schema.schema.createIndex('document_lease_node').on('document_lease').column('node_id').execute()
      await schema.schema
        .createTable('cluster_secret')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('secret', bytes, (c) => c.notNull())
        .execute()
      await addSecret(schema)
    },
  },
]

/** What nodes prove to each other; whoever can read it can read every document anyway. */
async function addSecret(schema: Kysely<AnyTables>): Promise<void> {
  const own = tables<ClusterTables>({ dialect: 'postgres', kysely: schema })
  await own.insertInto('cluster_secret').values({ name: 'link', secret: randomBytes(32) }).execute()
}
