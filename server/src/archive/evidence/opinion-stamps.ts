/** Checking the time stamps (时间戳) over the opinions of an evidence package: an opinion is proved to be as old as its stamp, no older. */
import { fromBase64, judgeTime, type VerifyTrust } from '@xiewen/crypto'
import { statementOf } from '../../workflow/index.ts'
import type { ProcessRecord } from '../fixity.ts'
import type { EvidenceCheck } from './format.ts'

/** Within this time of the signature a stamp proves what the opinion says of its time; a later one proves only that it existed by then. */
export const stampInTimeMs = 3_600_000

type Found = 'good' | 'missing' | 'late' | 'untrusted' | 'wrong' | 'before-signing'

/** Whether the signatures existed when they say: `bad` when a stamp is not this signature's or older than it; `open` when one is missing, late, or from a service
 * nobody named here vouches for. Details name the opinion and what is the matter, e.g. `3 late`. */
export async function checkStamps({ opinions }: ProcessRecord, trust: VerifyTrust): Promise<EvidenceCheck> {
  const found = await Promise.all(opinions.map(async (opinion) => ({ seq: opinion.seq, found: await judge(opinion, trust) })))
  const wrong = found.filter((each) => each.found !== 'good')
  const isBad = wrong.some((each) => each.found === 'wrong' || each.found === 'before-signing')
  return { check: 'stamps', state: isBad ? 'bad' : wrong.length > 0 ? 'open' : 'good', details: wrong.map((each) => `${each.seq} ${each.found}`) }
}

async function judge(opinion: ProcessRecord['opinions'][number], trust: VerifyTrust): Promise<Found> {
  if (opinion.stamp === null) return 'missing'
  const { at } = statementOf(opinion)
  const { time, reasons } = await judgeTime(bytesOf(opinion.stamp), bytesOf(opinion.signature), at, trust)
  const code = reasons[0]?.code
  if (code === 'stamp-before-signing') return 'before-signing'
  if (code === 'stamp-untrusted') return 'untrusted'
  if (code !== undefined || time.source !== 'time-stamp' || time.at === null) return 'wrong'
  return time.at > at + stampInTimeMs ? 'late' : 'good'
}

/** Text that is no base64 gives no bytes, so that every check on it fails. */
function bytesOf(text: string): Uint8Array {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? fromBase64(text) : new Uint8Array()
}
