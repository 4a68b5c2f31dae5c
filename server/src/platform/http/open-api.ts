/** The API page: OpenAPI 3.1 made from the contracts, and a plain page to read it. */
import { type AnyContract, pathOf } from '@xiewen/shared/base'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

/** The OpenAPI document of all contracts. */
export function openApiOf(contracts: readonly AnyContract[], version: string): Record<string, unknown> {
  const paths: Record<string, unknown> = {}
  for (const contract of contracts) {
    paths[pathOf(contract)] = { [methodOf(contract).toLowerCase()]: operationOf(contract) }
    if (contract.media?.inPath === true) paths[`${pathOf(contract)}/{request}`] = { get: { ...operationOf(contract), operationId: `${contract.name}-get`, requestBody: undefined, parameters: [requestInPath] } }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Xiewen 协文', version, description: 'Commands are POST with the header X-Xiewen: 1 and, for safe retries, Idempotency-Key. Queries and downloads are GET.' },
    paths,
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'xiewen_session' } } },
  }
}

const requestInPath = { name: 'request', in: 'path', required: true, description: 'The request in base64.', schema: { type: 'string' } }

function methodOf(contract: AnyContract): 'GET' | 'POST' {
  return contract.kind === 'query' || contract.kind === 'download' ? 'GET' : 'POST'
}

function operationOf(contract: AnyContract): Record<string, unknown> {
  const input = schemaOf(contract.input, 'input')
  const isCommand = contract.kind === 'command'
  return {
    operationId: contract.name,
    tags: [contract.name.split('.')[0]],
    summary: contract.summary,
    security: contract.access.kind === 'public' ? [] : [{ session: [] }],
    'x-access': contract.access,
    'x-step-up': contract.stepUp === true,
    ...(isCommand ? { requestBody: { required: true, content: { 'application/json': { schema: input } } } } : { parameters: parametersOf(input) }),
    ...(contract.kind === 'upload' ? { requestBody: { required: true, content: { 'application/octet-stream': {} } } } : {}),
    ...(contract.media === undefined ? {} : { requestBody: { required: true, content: { [contract.media.request]: {} } } }),
    responses: {
      200: { description: 'Done', content: contract.media !== undefined ? { [contract.media.response]: {} } : contract.kind === 'download' ? { '*/*': {} } : { 'application/json': { schema: schemaOf(contract.output, 'output') } } },
      default: { description: 'Refused: a code, its parameters and their translation in every client.' },
    },
  }
}

function parametersOf(schema: Record<string, unknown>): readonly unknown[] {
  const properties = typeof schema['properties'] === 'object' && schema['properties'] !== null ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(properties).map(([name, field]) => ({ name, in: 'query', required: required.includes(name), schema: field }))
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  return { ...z.toJSONSchema(type, { io, unrepresentable: 'any' }) }
}

/** Serves `/api/openapi.json` and the page `/api/docs`. */
export function mountApiPage(app: FastifyInstance, contracts: readonly AnyContract[], version: string): void {
  const document = JSON.stringify(openApiOf(contracts, version))
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(document))
  const rows = contracts.map((contract) => {
    return `<tr><td><code>${methodOf(contract)}</code></td><td><code>${pathOf(contract)}</code></td><td>${escapeHtml(contract.summary)}</td><td>${escapeHtml(accessText(contract))}</td></tr>`
  })
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Xiewen API</title><style>body{font:14px/1.5 sans-serif;margin:2rem;max-width:75rem}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.4rem .6rem;text-align:left;vertical-align:top}</style><h1>Xiewen 协文 API</h1><p>Machine-readable: <a href="/api/openapi.json">openapi.json</a>. Commands need the header <code>X-Xiewen: 1</code>; send <code>Idempotency-Key</code> to retry safely.</p><table><tr><th>Method<th>Path<th>What it does<th>Who may</tr>${rows.join('')}</table></html>`
  app.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
}

function accessText(contract: AnyContract): string {
  const access = contract.access
  const who = access.kind === 'public' ? 'anyone' : access.kind === 'session' ? 'signed-in staff' : access.kind === 'any-session' ? 'anyone signed in' : access.anyOf.join(', ')
  return contract.stepUp === true ? `${who}; identity confirmed again` : who
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
