/** The address set-up page: one field, a test, and a way in. It speaks to the main process only. */
import type { Refusal } from '@xiewen/shared/base'
import type { SetupChannel } from '../../platform/bridge/contract/channels.ts'
import { desktopEn } from '../../platform/bridge/contract/strings.en.ts'
import { desktopZh } from '../../platform/bridge/contract/strings.zh-CN.ts'
import type { PageApi } from '../../platform/bridge/page-api.ts'
import { setupEn } from './strings.en.ts'
import { setupZh } from './strings.zh-CN.ts'

type Words = Readonly<Record<string, string>>

// Safe because the preload gives this page, and only this page, the set-up requests.
const requests = (window as unknown as { readonly xiewen: PageApi<SetupChannel> }).xiewen.requests
const field = byId('address', HTMLInputElement)
const outcome = byId('outcome', HTMLElement)
const buttons = [byId('test', HTMLButtonElement), byId('save', HTMLButtonElement)]

let words: Words = { ...setupZh, ...desktopZh }

function byId<T extends HTMLElement>(id: string, kind: { new (): T }): T {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new TypeError(`the page lacks #${id}`)
  return element
}

function say(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  return (words[key] ?? words['desktop.fault'] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(params[name] ?? whole),
  )
}

function show(kind: 'waiting' | 'found' | 'refused', text: string): void {
  outcome.dataset['kind'] = kind
  outcome.textContent = text
  field.setAttribute('aria-invalid', String(kind === 'refused'))
  for (const button of buttons) button.disabled = kind === 'waiting'
}

function refused(refusal: Refusal): void {
  show('refused', say(refusal.code, refusal.params))
  field.focus()
}

async function ask(request: 'setup.test' | 'setup.save'): Promise<void> {
  show('waiting', say('setup.waiting'))
  const answer = await requests[request]({ address: field.value })
  if (answer.ok) show('found', say('setup.found', { origin: answer.value.origin }))
  else refused(answer.refusal)
}

async function begin(): Promise<void> {
  const answer = await requests['setup.describe']({})
  if (answer.ok && answer.value.locale === 'en') words = { ...setupEn, ...desktopEn }
  if (answer.ok) {
    document.documentElement.lang = answer.value.locale
    field.value = answer.value.serverOrigin ?? ''
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-words]')) {
    element.textContent = say(element.dataset['words'] ?? '')
  }
  document.title = say('setup.title')
}

byId('test', HTMLButtonElement).addEventListener('click', () => void ask('setup.test'))
byId('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  void ask('setup.save')
})
void begin()
