/** Composition: builds the platform, mounts the slices, starts and stops everything in order. */
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AnyContract, baseRefusals, type RefusalTable, type Result } from '@xiewen/shared/base'
import { loadCalendar, resolveActor } from '../directory/index.ts'
import { readFaceChoices } from '../documents/index.ts'
import { CheckpointWriter, ledgerOrigin } from '../platform/audit/checkpoints.ts'
import { auditKeyName, checkpointFileOf } from '../platform/audit/slice.ts'
import { fileBlobs } from '../platform/blobs/blobs.ts'
import { type Clock, systemClock } from '../platform/clock/clock.ts'
import type { Config } from '../platform/config/config.ts'
import { type Cluster, clusterMigrations } from '../platform/cluster/index.ts'
import type { CommandContext, QueryContext } from '../platform/context.ts'
import { migrate, openDatabase } from '../platform/database/index.ts'
import { EventHub } from '../platform/events/hub.ts'
import { type FontBook, openFontBook } from '../platform/fonts/index.ts'
import { mountEvents } from '../platform/http/events-route.ts'
import { idempotencyMigrations } from '../platform/http/idempotency.ts'
import { mountApiPage } from '../platform/http/open-api.ts'
import type { ActorOf } from '../platform/http/guards.ts'
import { mountOperations } from '../platform/http/routes.ts'
import { queryContext, runCommand, systemCaller, type World } from '../platform/http/run-context.ts'
import { createHttpServer } from '../platform/http/server.ts'
import { jobMigrations, JobRunner } from '../platform/jobs/jobs.ts'
import { openFileKeyStore } from '../platform/keys/file-key-store.ts'
import { Fault } from '../platform/log/fault.ts'
import { isClosing } from '../platform/database/in-flight.ts'
import { ReactionDispatcher, reactionMigrations } from '../platform/outbox/reactions.ts'
import { type CalendarBook, calendarBook, type Services } from '../platform/services.ts'
import type { Slice } from '../platform/slice.ts'
import { listenBacklog } from '../platform/realtime/limits.ts'
import { createRate } from '../platform/realtime/rate.ts'
import { composeNodes, lookHere } from './compose-nodes.ts'
import { clusterDoors, joinCluster, sharedCalendar, sharedFonts } from './compose-cluster.ts'
import { composeRealtime, mountSync } from './compose-realtime.ts'
import { liveDocuments, processes, slices as ownSlices } from './slices.ts'
import { mountHealth } from './health.ts'
import { mountMetrics } from './metrics.ts'
import { printedWords } from './printed-words.ts'
import { version } from './version.ts'

/** A running server. */
export interface RunningServer {
  readonly url: string
  readonly world: World
  /** Every contract served, for tests that walk all of them. */
  readonly contracts: readonly AnyContract[]
  /** Runs a command of the system itself in one transaction (set-up, demonstration, CLI). */
  run<T>(work: (ctx: CommandContext) => Promise<Result<T>>): Promise<Result<T>>
  /** Reads as the system itself. */
  read<T>(work: (ctx: QueryContext) => Promise<T>): Promise<T>
  /** Resolves when reactions and due jobs have run. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** What tests replace. */
export interface StartOptions {
  readonly clock?: Clock
  readonly report?: (error: unknown, where: string) => void
  readonly webRoot?: string
  /** Further rooms, after the server's own. */
  readonly slices?: readonly Slice[]
  /** Commands per person; tests that measure concurrency raise it. */
  readonly commandRate?: { readonly perSecond: number; readonly burst: number }
}

const checkpointEveryMs = 5000
const defaultWebRoot = fileURLToPath(new URL('../../../desktop/dist/web', import.meta.url))

/** Starts the server. The database is brought up to date first. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const clock = options.clock ?? systemClock
  const slices = [...ownSlices, ...(options.slices ?? [])]
  const tell = options.report ?? ((error: unknown, where: string) => process.stderr.write(`${where}: ${describe(error)}\n`))
  let closed = false
  // Whoever asks while the server closes is refused; that is no fault of the world to report.
  const report = (error: unknown, where: string): void => {
    if (!(closed && isClosing(error))) tell(error, where)
  }
  const database = await openDatabase(config)
  await migrate(database, [...idempotencyMigrations, ...jobMigrations, ...reactionMigrations, ...clusterMigrations, ...slices.flatMap((slice) => slice.migrations)], clock.now())
  const secure = config.publicUrl?.startsWith('https:') ?? false
  const cookie = { name: secure ? '__Host-xiewen' : 'xiewen_session', secure }
  const http = await createHttpServer({ webRoot: options.webRoot ?? defaultWebRoot, secure, trustProxy: secure })
  const hub = new EventHub()
  const cluster = await joinCluster(config, (error) => report(error, 'cluster'))
  const live = liveDocuments(database, clock, (error) => report(error, 'documents'), cluster?.fence)
  const realtime = composeRealtime({ server: http.server, live, cluster, clock, config, report })
  mountSync(http, realtime.endpoint)
  const book = calendarBook(await database.read(loadCalendar))
  const fonts = await openFontBook({ dataDir: join(config.dataDir, 'fonts') }, await database.read(readFaceChoices))
  const services = await createServices(config, { realtime, hub, cluster, book, fonts, clock })
  const world: World = { database, services, clock, hub, afterFacts: () => reactions.wake(), afterJobs: () => jobs.wake() }
  const run = <T>(work: (ctx: CommandContext) => Promise<Result<T>>): Promise<Result<T>> => runCommand(world, systemCaller, work)
  const reactions = new ReactionDispatcher({
    database,
    reactions: [...slices.flatMap((slice) => slice.reactions ?? []), ...processes],
    world: { read: (work) => database.read((db) => work(queryContext(world, systemCaller, db))), write: (work) => mustRun(run, work) },
    report,
  })
  const jobs = new JobRunner({ database, kinds: slices.flatMap((slice) => slice.jobs ?? []), clock, withContext: (work) => mustRun(run, work), report })
  const key = await services.keys.getOrCreate(auditKeyName)
  const checkpoints = new CheckpointWriter({ database, key, file: checkpointFileOf(config), origin: ledgerOrigin, clock })
  const actorOf: ActorOf = async (request, isBackground) => {
    const token = request.cookies[cookie.name]
    return token === undefined ? null : resolveActor(database, token, { address: request.ip, now: clock.now(), isBackground })
  }
  const operations = slices.flatMap((slice) => slice.operations)
  const contracts = operations.map((operation) => operation.contract)
  mountOperations(http, operations, { world, refusals: refusalTable(), origins: new Set(originsOf(config)), actorOf, cookie, report, commandRate: options.commandRate ?? { perSecond: 20, burst: 80 } })
  mountEvents(http, hub, actorOf)
  mountApiPage(http, contracts, version)
  mountHealth(http, world)
  mountMetrics(http, { token: config.metricsToken, realtime: () => realtime.endpoint.metrics(), cluster: () => cluster?.figures() ?? null })
  // The ledger's file has one writer; the oldest node is it.
  const isFirst = (): boolean => cluster?.isFirst() ?? true
  const readCalendar = async (): Promise<void> => book.adopt(await database.read(loadCalendar))
  const readTypefaces = async (): Promise<void> => fonts.adopt(await fonts.load(await database.read(readFaceChoices)))
  cluster?.serve(
    clusterDoors({
      realtime,
      look: () => lookHere({ ...services, clock }),
      hub,
      calendar: () => void readCalendar().catch((error: unknown) => report(error, 'calendar')),
      typefaces: () => void readTypefaces().catch((error: unknown) => report(error, 'typefaces')),
      gone: () => {
        live.catchUp()
        reactions.wake()
        jobs.wake()
      },
    }),
  )
  await http.listen({ host: config.host, port: config.port, backlog: listenBacklog })
  const checkpointTimer = setInterval(() => void (isFirst() ? checkpoints.write().catch((error: unknown) => report(error, 'checkpoint')) : undefined), checkpointEveryMs)
  checkpointTimer.unref()
  await jobs.planDaily()
  reactions.wake()
  jobs.wake()
  return {
    url: urlOf(http.server.address(), config),
    world,
    contracts,
    run,
    read: (work) => database.read((db) => work(queryContext(world, systemCaller, db))),
    settle: async () => {
      await reactions.settle()
      await jobs.runDue()
      await reactions.settle()
    },
    close: async () => {
      if (closed) return
      closed = true
      clearInterval(checkpointTimer)
      hub.stop()
      await realtime.close()
      await live.close()
      await http.close()
      await jobs.stop()
      await reactions.stop()
      if (isFirst()) await checkpoints.write()
      await cluster?.close()
      await database.close()
    },
  }
}

async function createServices(
  config: Config,
  { realtime, hub, cluster, book, fonts, clock }: { readonly clock: Clock; readonly realtime: ReturnType<typeof composeRealtime>; readonly hub: EventHub; readonly cluster: Cluster | null; readonly book: CalendarBook; readonly fonts: FontBook },
): Promise<Services> {
  const drop = (sessionOrPersonId: string): void => {
    realtime.drop(sessionOrPersonId)
    hub.drop(sessionOrPersonId)
    cluster?.say({ kind: 'session-ended', id: sessionOrPersonId })
  }
  const commands = createRate()
  hub.spreadTo((topics) => cluster?.say({ kind: 'topics', topics }))
  return {
    config,
    blobs: fileBlobs(join(config.dataDir, 'blobs')),
    keys: await openFileKeyStore(join(config.dataDir, 'keys')),
    fonts: sharedFonts(fonts, cluster),
    sessions: { dropPerson: drop, dropSession: drop },
    realtime: realtime.door,
    commands,
    nodes: composeNodes(cluster, () => lookHere({ realtime: realtime.door, commands, clock })),
    calendar: sharedCalendar(book, cluster),
    words: printedWords,
  }
}

/** Reactions and jobs have nobody to refuse to: a refusal there is a bug and undoes the work. */
async function mustRun<T>(run: <U>(work: (ctx: CommandContext) => Promise<Result<U>>) => Promise<Result<U>>, work: (ctx: CommandContext) => Promise<T>): Promise<T> {
  const outcome = await run(async (ctx) => ({ ok: true, value: await work(ctx) }) as const)
  if (!outcome.ok) throw new Error(`Bug: refused in a reaction or job: ${outcome.refusal.code}`)
  return outcome.value
}

/** One table of refusal codes and their statuses, made from every room. */
export function refusalTable(): RefusalTable {
  return Object.assign({}, baseRefusals, ...ownSlices.map((slice) => slice.refusals))
}

function originsOf(config: Config): readonly string[] {
  const own = config.publicUrl === null ? [] : [new URL(config.publicUrl).origin]
  return own
}

function urlOf(address: AddressInfo | string | null, config: Config): string {
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
}

function describe(error: unknown): string {
  if (error instanceof Fault) return `${error.message}${error.cause === undefined ? '' : ` (${String(error.cause)})`}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

