/** The one gate between pages and the main process: it checks who speaks, from which frame, and what is said, before any
 * handler runs. Every answer is a value: accepted, or a refusal the page can show. */
import { refuse } from '@xiewen/shared/base'
import type { Result } from '@xiewen/shared/base'
import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { bridgeContract, officeChannels, pageOrigins, setupChannels } from '../contract/index.ts'
import type { BridgeAnswer, BridgeChannel, BridgeParsedInput } from '../contract/index.ts'

/** One handler per request name; the input has been parsed. A thrown error becomes `desktop.fault` and is reported. */
export type BridgeHandlers = {
  readonly [C in BridgeChannel]: (input: BridgeParsedInput<C>) => Promise<BridgeAnswer<C>>
}

/** What the gate needs from outside. `report` gets technical words for the log, never page content. */
export interface GateOptions {
  readonly ipc: Pick<IpcMain, 'handle'>
  readonly handlers: BridgeHandlers
  readonly report: (what: string, cause?: unknown) => void
}

type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>

/** Opens the gate: registers every request of the contract, and nothing else.
 *
 * Source: Electron security checklist, “Validate the sender of all IPC messages”
 */
export function openGate(options: GateOptions): void {
  for (const channel of [...officeChannels, ...setupChannels]) {
    options.ipc.handle(channel, (event, ...args) => answer(options, channel, event, args))
  }
}

async function answer(
  options: GateOptions,
  channel: BridgeChannel,
  event: Sender,
  args: readonly unknown[],
): Promise<Result<unknown>> {
  const contract = bridgeContract[channel]
  if (!comesFrom(event, pageOrigins[contract.page])) {
    options.report(`refused ${channel}: sender is not our ${contract.page} page`)
    return refuse('desktop.not-allowed')
  }
  const parsed = contract.input.safeParse(args[0])
  if (args.length !== 1 || !parsed.success) {
    const detail = parsed.success
      ? 'arguments'
      : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join('; ')
    return refuse('desktop.invalid-input', { detail })
  }
  try {
    // Safe because the parsed value was made by the same channel's schema, which is what the handler's type names.
    const handler = options.handlers[channel] as (input: unknown) => Promise<Result<unknown>>
    return await handler(parsed.data)
  } catch (cause) {
    options.report(`${channel} failed`, cause)
    return refuse('desktop.fault')
  }
}

/** Whether a message comes from the top frame of the given page. A missing frame or address is a stranger. */
export function comesFrom(event: Sender, origin: string): boolean {
  const frame = event.senderFrame
  if (frame === null || frame === undefined || frame.parent !== null) return false
  return originOf(frame.url) === origin
}

/** Scheme and host of an address, also for `app:` whose `URL.origin` is the string `null` in Node; null when unreadable. */
export function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return null
  return `${url.protocol}//${url.host}`
}
