/** Health for operators and load balancers: `/healthz` (alive) and `/readyz` (can write, has space). */
import { statfs } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { World } from '../platform/http/run-context.ts'

const leastFreeShare = 0.05

/** Mounts both routes. They name no versions and no secrets. */
export function mountHealth(app: FastifyInstance, world: World): void {
  app.get('/healthz', async () => ({ alive: true }))
  app.get('/readyz', async (_request, reply) => {
    const state = await readiness(world)
    return reply.code(state.ready ? 200 : 503).send(state)
  })
}

/** Whether the server can do its work now. */
export async function readiness(world: World): Promise<{ readonly ready: boolean; readonly database: boolean; readonly diskFreeShare: number }> {
  const disk = await statfs(world.services.config.dataDir)
  const diskFreeShare = disk.bavail / disk.blocks
  const database = await world.database.write(async (db) => {
    await sql`select 1`.execute(db.kysely)
    return true
  }).catch(() => false)
  return { ready: database && diskFreeShare > leastFreeShare, database, diskFreeShare: Math.round(diskFreeShare * 1000) / 1000 }
}
