/** Builds the demonstration's units, people and posts through the public commands, each act by the administrator entitled to it. */
import { directoryContract, type UnitId } from '@xiewen/shared/directory'
import { accept } from '@xiewen/shared/base'
import { listPeople, makeLink, setUpAdministrators } from '../../directory/index.ts'
import { ApiClient } from '../api-client.ts'
import type { RunningServer } from '../start-server.ts'
import { cityName, demoPeople, demoPhone, demoUnits } from './office.ts'

/** One-time sign-in tokens by login name. */
export type SignInTokens = ReadonlyMap<string, string>

/** Sets up the three administrators and the whole directory.
 *
 * @returns a fresh one-time token for everybody, or null when the installation has people already
 */
export async function buildDirectory(server: RunningServer): Promise<SignInTokens | null> {
  const outcome = await server.run(async (ctx) => ({ ok: true, value: await setUpAdministrators(ctx, cityName) }))
  if (!outcome.ok || outcome.value === null) return null
  const links = new Map(outcome.value.map((admin) => [admin.duty, admin.link]))
  const system = await ApiClient.signIn(server.url, links.get('system-admin') ?? '')
  const security = await ApiClient.signIn(server.url, links.get('security-admin') ?? '')
  const unitIds = await addUnits(system)
  const tokens = new Map<string, string>()
  for (const [place, person] of demoPeople.entries()) {
    const { id, invitation } = await system.call(directoryContract.addPerson, { name: person.name, login: person.login, phone: demoPhone(place) })
    tokens.set(person.login, invitation)
    for (const [index, post] of person.posts.entries()) {
      const unitId = unitIds.get(post.unit)
      if (unitId === undefined) throw new Error(`Bug: the demonstration has no unit ${post.unit}`)
      await security.call(directoryContract.grantPost, { personId: id, unitId, title: post.title, duties: [...post.duties], primary: index === 0 })
    }
  }
  for (const admin of outcome.value) {
    const found = await system.call(directoryContract.listPeople, { text: admin.login })
    const personId = found.rows[0]?.id
    if (personId) tokens.set(admin.login, (await system.call(directoryContract.invite, { personId })).invitation)
  }
  return tokens
}

/** Fresh one-time tokens for everyone of a demonstration built earlier; links not used yet die. Whoever starts the server at its
 * console may hand them out.
 *
 * @returns null when this is no demonstration
 */
export async function renewTokens(server: RunningServer): Promise<SignInTokens | null> {
  const outcome = await server.run(async (ctx) => {
    const tokens = new Map<string, string>()
    for (const login of [...demoPeople.map((person) => person.login), 'sysadmin', 'secadmin', 'auditadmin']) {
      const person = (await listPeople(ctx.db, { text: login, limit: 5, offset: 0 })).find((candidate) => candidate.login === login)
      if (person && person.state !== 'disabled') tokens.set(login, await makeLink(ctx.db, person.id, ctx.now))
    }
    return accept(tokens)
  })
  return outcome.ok && outcome.value.has(demoPeople[0]?.login ?? '') ? outcome.value : null
}

async function addUnits(system: ApiClient): Promise<ReadonlyMap<string, UnitId>> {
  const known = await system.call(directoryContract.listUnits, {})
  const root = known.units[0]
  if (!root) throw new Error('Bug: set-up made no root unit')
  const ids = new Map<string, UnitId>([[cityName, root.id]])
  for (const [index, unit] of demoUnits.entries()) {
    const parentId = unit.under === null ? root.id : ids.get(unit.under)
    if (parentId === undefined) throw new Error(`Bug: the demonstration has no unit ${unit.under}`)
    const { kind, name, shortName } = unit
    const added = await system.call(directoryContract.addUnit, { parentId, kind, name, shortName, codes: [...(unit.codes ?? [])], order: index + 1 })
    ids.set(name, added.id)
  }
  return ids
}
