/** The people of the demonstration at work: each acts through the public API with a session of their own. */
import type { AnyContract, InputOf, OutputOf } from '@xiewen/shared/base'
import { directoryContract, type PostView } from '@xiewen/shared/directory'
import type { DocumentId } from '@xiewen/shared/documents'
import { type CaseView, type Choice, workflowContract } from '@xiewen/shared/workflow'
import { ApiClient } from '../api-client.ts'
import type { RunningServer } from '../start-server.ts'
import type { SignInTokens } from './build-directory.ts'

/** Acts that end a task and take the same fields. */
type PlainAct = 'approve' | 'countersign' | 'propose' | 'instruct' | 'assign' | 'handle' | 'finish' | 'submit'

/** What a person says and decides when ending a task. */
export interface Saying {
  readonly opinion?: string
  readonly choice?: Choice
}

/** Everybody of the office, signed in on first use. */
export class Cast {
  readonly #server: RunningServer
  readonly #tokens: SignInTokens
  readonly #clients = new Map<string, Promise<ApiClient>>()

  constructor(server: RunningServer, tokens: SignInTokens) {
    this.#server = server
    this.#tokens = tokens
  }

  /** The client of a person by login name. */
  as(login: string): Promise<ApiClient> {
    const known = this.#clients.get(login)
    if (known) return known
    const token = this.#tokens.get(login)
    if (token === undefined) throw new Error(`Bug: nobody signs in as ${login}`)
    const client = ApiClient.signIn(this.#server.url, token)
    this.#clients.set(login, client)
    return client
  }

  /** Calls as a person. */
  async call<C extends AnyContract>(login: string, contract: C, input: InputOf<C>): Promise<OutputOf<C>> {
    return (await this.as(login)).call(contract, input)
  }

  /** A person's post (by name; the primary one), found as anybody finds it. */
  async post(name: string): Promise<PostView> {
    const client = await this.as('tangxuemei')
    const { posts } = await client.call(directoryContract.listPosts, { text: name })
    const post = posts.filter((candidate) => candidate.personName === name).toSorted((a, b) => Number(b.primary) - Number(a.primary))[0]
    if (!post) throw new Error(`Bug: the demonstration has no post of ${name}`)
    return post
  }

  /** The case of a document as a person sees it. */
  async caseOf(login: string, documentId: DocumentId): Promise<CaseView> {
    const { case: found } = await this.call(login, workflowContract.case, { documentId })
    if (!found) throw new Error(`Bug: ${login} sees no case of ${documentId}`)
    return found
  }

  /** Ends the person's open task with the plain act the step calls for. */
  async decide(login: string, documentId: DocumentId, act: PlainAct, saying: Saying = {}): Promise<void> {
    const found = await this.caseOf(login, documentId)
    const task = found.abilities.task
    if (!task) throw new Error(`Bug: nothing waits for ${login} in ${found.title}`)
    await this.call(login, workflowContract[act], {
      taskId: task.id,
      caseId: found.id,
      expectedVersion: found.version,
      opinion: saying.opinion ?? '',
      choice: saying.choice ?? {},
    })
  }

  /** Signs for issue (签发). */
  async sign(login: string, documentId: DocumentId, opinion: string): Promise<void> {
    const found = await this.caseOf(login, documentId)
    const task = found.abilities.task
    if (!task) throw new Error(`Bug: nothing waits for ${login} in ${found.title}`)
    await this.call(login, workflowContract.sign, { taskId: task.id, caseId: found.id, expectedVersion: found.version, opinion })
  }

  /** The server's present, for dates the people choose. */
  now(): number {
    return this.#server.world.clock.now()
  }

  /** Waits until reactions and due jobs have run. */
  settle(): Promise<void> {
    return this.#server.settle()
  }
}
