/** Turns operations into routes. One loop for all rooms: guards, parsing, use case, answer. */
import { randomUUID } from 'node:crypto'
import { accept, pathOf, type Refusal, type RefusalTable, type Result } from '@xiewen/shared/base'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../context.ts'
import { cacheKeyOf } from '../blobs/blobs.ts'
import { Fault } from '../log/fault.ts'
import type { Operation, TwoStep } from '../slice.ts'
import { type ActorOf, isBackground, RateLimiter, refuseAccess, refuseCrossSite } from './guards.ts'
import { once, requestDigest } from './idempotency.ts'
import { inputLanguageOf, inputWordsIn, problemsOf, refusalOfInput } from './input-words.ts'
import { mountProtocol } from './protocols.ts'
import { type Caller, type Effects, queryContext, recordRefusal, runCommand, type World } from './run-context.ts'
import { sendFile } from './send-file.ts'

/** What the routes need besides the world. */
export interface HttpDeps {
  readonly world: World
  readonly refusals: RefusalTable
  readonly origins: ReadonlySet<string>
  readonly actorOf: ActorOf
  readonly cookie: { readonly name: string; readonly secure: boolean }
  readonly report: (error: unknown, trace: string) => void
  /** Commands one person may send: a second on average, and at once. */
  readonly commandRate: { readonly perSecond: number; readonly burst: number }
}

const commandBodyLimit = 256 * 1024
const uploadBodyLimit = 64 * 1024 * 1024
const idempotencyKeyPattern = /^[\w-]{8,80}$/

/** Mounts every operation. */
export function mountOperations(app: FastifyInstance, operations: readonly Operation[], deps: HttpDeps): void {
  const limiter = new RateLimiter(deps.commandRate.perSecond, deps.commandRate.burst)
  for (const operation of operations) {
    if (operation.kind === 'protocol') {
      mountProtocol(app, operation, { world: deps.world, report: deps.report, mayAsk: (address) => limiter.take(address, deps.world.clock.now()) })
      continue
    }
    const writes = operation.kind === 'command' || operation.kind === 'upload'
    app.route({
      method: writes ? 'POST' : 'GET',
      url: pathOf(operation.contract),
      bodyLimit: operation.contract.bodyLimitBytes ?? (operation.kind === 'upload' ? uploadBodyLimit : commandBodyLimit),
      handler: async (request, reply) => {
        const trace = randomUUID()
        try {
          await answer(operation, request, reply, deps, { trace, limiter })
        } catch (error) {
          const code = error instanceof Fault && error.code !== null ? error.code : 'base.fault'
          deps.report(error, trace)
          await sendRefusal(reply, { code, params: { trace } }, deps)
        }
      },
    })
  }
}

async function answer(
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: HttpDeps,
  call: { readonly trace: string; readonly limiter: RateLimiter },
): Promise<void> {
  const actor = await deps.actorOf(request, isBackground(request))
  const caller: Caller = { actor, origin: { sessionId: actor?.sessionId ?? null, address: request.ip, requestId: call.trace } }
  const writes = operation.kind === 'command' || operation.kind === 'upload'
  const refusal =
    (writes ? refuseCrossSite(request, deps.origins) : null) ??
    refuseAccess(operation.contract, actor) ??
    ((writes || (actor === null && operation.contract.metersStrangers === true)) && !call.limiter.take(actor?.personId ?? request.ip, deps.world.clock.now()) ? { code: 'base.too-many-requests' } : null) ??
    refuseWithoutProof(operation, actor, deps.world)
  if (refusal) {
    if (writes && actor && refusal.code === 'base.not-allowed') await recordRefusal(deps.world, caller, operation.contract.name, refusal)
    return sendRefusal(reply, refusal, deps)
  }
  const input = parseInput(operation, request)
  if (!input.ok) return sendRefusal(reply, input.refusal, deps)
  await (writes ? answerWrite(operation, request, reply, deps, caller, input.value) : answerRead(operation, reply, deps, caller, input.value))
}

function refuseWithoutProof(operation: Operation, actor: Actor | null, world: World): Refusal | null {
  if (operation.contract.stepUp !== true) return null
  return actor?.provenUntil != null && actor.provenUntil > world.clock.now() ? null : { code: 'base.step-up-required' }
}

function parseInput(operation: Operation, request: FastifyRequest): Result<unknown> {
  const given = operation.kind === 'command' ? (request.body ?? {}) : request.query
  const parsed = operation.contract.input.safeParse(given, { error: inputWordsIn(inputLanguageOf(request.headers['accept-language'])) })
  if (parsed.success) return accept(parsed.data)
  return { ok: false, refusal: refusalOfInput(parsed.error, operation.kind === 'query' || operation.kind === 'download') }
}

async function answerRead(operation: Operation, reply: FastifyReply, deps: HttpDeps, caller: Caller, input: unknown): Promise<void> {
  if (operation.kind === 'query') {
    const outcome = await deps.world.database.read((db) => operation.run(queryContext(deps.world, caller, db), input))
    if (!outcome.ok) return sendRefusal(reply, outcome.refusal, deps)
    await notice(operation, deps, caller, outcome.value)
    await reply.header('cache-control', 'no-store').send(checkOutput(operation, outcome.value))
  } else if (operation.kind === 'download') {
    const outcome = await deps.world.database.read((db) => operation.run(queryContext(deps.world, caller, db), input))
    await (outcome.ok ? sendFile(reply, outcome.value, (error) => deps.report(error, caller.origin.requestId ?? '')) : sendRefusal(reply, outcome.refusal, deps))
  }
}

async function notice({ noticing }: Extract<Operation, { kind: 'query' }>, deps: HttpDeps, caller: Caller, answer: unknown): Promise<void> {
  if (noticing === undefined || !noticing.when(answer)) return
  try {
    await runCommand(deps.world, caller, async (ctx) => accept(await noticing.act(ctx, answer)))
  } catch (error) {
    deps.report(error, caller.origin.requestId ?? '')
  }
}

async function answerWrite(operation: Operation, request: FastifyRequest, reply: FastifyReply, deps: HttpDeps, caller: Caller, input: unknown): Promise<void> {
  if (operation.kind !== 'command' && operation.kind !== 'upload') return
  deps.world.services.commands.count(deps.world.clock.now())
  const effects: Effects = { sessionToken: undefined }
  const given = operation.kind === 'upload' ? { input, body: bodyOf(request) } : input
  const key = request.headers['idempotency-key']
  const isKept = operation.contract.keepsNothing !== true
  const numbered = isKept && typeof key === 'string' && idempotencyKeyPattern.test(key) && caller.actor !== null ? key : null
  const digest = numbered === null ? '' : requestDigest(operation.contract.name, operation.kind === 'upload' ? { input, body: cacheKeyOf(bodyOf(request)) } : input)
  // Safe because `slice.ts` pairs each contract with its own use case; this loop only carries the values.
  const step = operation.run as TwoStep<unknown, unknown, unknown>
  const prepared = await deps.world.database.read((db) => step.prepare(queryContext(deps.world, caller, db), given))
  const outcome = prepared.ok
    ? await runCommand(
        deps.world,
        caller,
        async (ctx) => {
          const run = async (): Promise<Result<unknown>> => {
            const result = await step.commit(ctx, given, prepared.value)
            return result.ok ? accept(checkOutput(operation, result.value)) : result
          }
          return numbered === null ? run() : once(ctx, { key: numbered, digest }, run)
        },
        effects,
      )
    : prepared
  if (effects.sessionToken !== undefined) setCookie(reply, deps, effects.sessionToken)
  if (outcome.ok) return void (await reply.header('cache-control', 'no-store').send(outcome.value))
  if (caller.actor && outcome.refusal.code !== 'base.invalid-input') await recordRefusal(deps.world, caller, operation.contract.name, outcome.refusal)
  await sendRefusal(reply, outcome.refusal, deps)
}

/** What leaves is what the contract declares, no field more. */
function checkOutput(operation: Operation, value: unknown): unknown {
  const parsed = operation.contract.output.safeParse(value)
  if (!parsed.success) throw new Error(`Bug: ${operation.contract.name} answers against its contract: ${problemsOf(parsed.error)}`)
  return parsed.data
}

function bodyOf(request: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(request.body) ? request.body : new Uint8Array()
}

function setCookie(reply: FastifyReply, deps: HttpDeps, token: string | null): void {
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: deps.cookie.secure } as const
  if (token === null) reply.clearCookie(deps.cookie.name, options)
  else reply.setCookie(deps.cookie.name, token, options)
}

async function sendRefusal(reply: FastifyReply, refusal: Refusal, deps: HttpDeps): Promise<void> {
  const status = deps.refusals[refusal.code]
  if (status === undefined) throw new Error(`Bug: refusal ${refusal.code} stands in no room's table`)
  await reply.code(status).header('cache-control', 'no-store').send({ code: refusal.code, params: refusal.params ?? {} })
}
