/** `/metrics` for Prometheus: figures of live editing and of the process. Answers only who holds the configured token. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import type { ClusterFigures } from '../platform/cluster/index.ts'
import type { HistogramFigures, RealtimeMetrics } from '../platform/realtime/index.ts'

/** Mounts the route. Without a token in the configuration the address does not exist. */
export function mountMetrics(app: FastifyInstance, deps: { readonly token: string | undefined; readonly realtime: () => RealtimeMetrics; readonly cluster: () => ClusterFigures | null }): void {
  const { token } = deps
  if (token === undefined) return
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  app.addHook('onClose', async () => void delay.disable())
  app.get('/metrics', async (request, reply) => {
    if (!isBearer(request.headers.authorization, token)) return reply.code(401).header('www-authenticate', 'Bearer').send()
    const text = [...realtimeLines(deps.realtime()), ...clusterLines(deps.cluster()), ...processLines(delay)].join('\n')
    delay.reset()
    return reply.type('text/plain; version=0.0.4; charset=utf-8').header('cache-control', 'no-store').send(`${text}\n`)
  })
}

/** Compares digests, so that the time taken says nothing about the token. */
function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}

function realtimeLines(metrics: RealtimeMetrics): readonly string[] {
  return [
    ...gauge('xiewen_sync_connections', 'Open sockets and HTTP lines of live editing.', metrics.connections),
    ...gauge('xiewen_sync_relayed', 'Lines of clients here whose documents another node serves.', metrics.relayed),
    ...gauge('xiewen_sync_documents', 'Documents in memory.', metrics.documents),
    ...gauge('xiewen_sync_document_bytes', 'Bytes of snapshots and tails in memory.', metrics.documentBytes),
    ...gauge('xiewen_sync_unsent_bytes', 'Bytes their readers have not taken yet.', metrics.unsentBytes),
    ...counter('xiewen_sync_updates_total', 'Updates accepted.', metrics.updates),
    ...counter('xiewen_sync_rows_total', 'Log rows committed.', metrics.rows),
    ...counter('xiewen_sync_deliveries_total', 'Updates times the people they went to.', metrics.deliveries),
    ...counter('xiewen_sync_compactions_total', 'Verified snapshots written.', metrics.compactions),
    ...histogram('xiewen_sync_commit_seconds', 'From the start of a commit to its answer.', metrics.commit),
    ...histogram('xiewen_sync_fan_out_seconds', 'From accepting an update to writing it to the others.', metrics.fanOut),
    ...labelled('xiewen_sync_closed_total', 'Lines closed, by reason.', 'reason', metrics.closed),
    ...labelled('xiewen_sync_refused_total', 'Upgrade requests refused, by HTTP status.', 'status', metrics.refused),
  ]
}

function clusterLines(figures: ClusterFigures | null): readonly string[] {
  if (figures === null) return []
  return [
    ...gauge('xiewen_cluster_peers', 'Other living nodes.', figures.peers),
    ...gauge('xiewen_cluster_redis_up', '1 while Redis is heard; 0 while it is away or not configured.', figures.redis === 'up' ? 1 : 0),
  ]
}

function processLines(delay: { percentile(share: number): number }): readonly string[] {
  const { rss, heapUsed } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return [
    ...gauge('process_resident_memory_bytes', 'Resident memory.', rss),
    ...gauge('nodejs_heap_size_used_bytes', 'Live and dead objects on the heap.', heapUsed),
    ...counter('process_cpu_seconds_total', 'Processor time.', (user + system) / 1e6),
    ...gauge('nodejs_eventloop_lag_p99_seconds', 'Event loop delay since the last reading.', delay.percentile(99) / 1e9),
  ]
}

function head(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

function gauge(name: string, help: string, value: number): readonly string[] {
  return [...head(name, help, 'gauge'), `${name} ${Number.isFinite(value) ? value : 0}`]
}

function counter(name: string, help: string, value: number): readonly string[] {
  return [...head(name, help, 'counter'), `${name} ${value}`]
}

function labelled(name: string, help: string, label: string, values: Readonly<Record<string, number>>): readonly string[] {
  // Reasons and statuses come from lists of ours: nothing in them needs escaping.
  return [...head(name, help, 'counter'), ...Object.entries(values).map(([key, value]) => `${name}{${label}="${key}"} ${value}`)]
}

function histogram(name: string, help: string, { buckets, count, sumMs }: HistogramFigures): readonly string[] {
  const lines = buckets.map((bucket) => `${name}_bucket{le="${bucket.upToMs / 1000}"} ${bucket.count}`)
  return [...head(name, help, 'histogram'), ...lines, `${name}_bucket{le="+Inf"} ${count}`, `${name}_sum ${sumMs / 1000}`, `${name}_count ${count}`]
}
