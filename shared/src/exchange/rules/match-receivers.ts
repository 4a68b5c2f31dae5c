/** Finds the organs a document names: 主送 in its text, 抄送 in its imprint. */
import { cleanText, type OfficialDocument } from '../../documents/index.ts'
import type { ReceiverRole } from '../model.ts'

/** An organ with its names. */
export interface NamedOrgan {
  readonly id: string
  readonly name: string
  readonly shortName: string
}

/** Organs named in full or by their standard short name (规范化简称). A collective name such as 各县区 names nobody in particular
 * and is left to the sender; an organ named twice is 主送. */
export function matchReceivers(document: OfficialDocument, organs: readonly NamedOrgan[]): ReadonlyMap<string, ReceiverRole> {
  const recipients = document.blocks.flatMap((block) => (block.kind === 'recipients' ? [cleanText(block.runs)] : []))
  const main = namesIn(recipients)
  const copy = namesIn(document.elements.copyTo)
  const matched = new Map<string, ReceiverRole>()
  for (const organ of organs) {
    const isNamed = (names: ReadonlySet<string>): boolean => names.has(organ.name) || names.has(organ.shortName)
    if (isNamed(main)) matched.set(organ.id, 'main')
    else if (isNamed(copy)) matched.set(organ.id, 'copy')
  }
  return matched
}

function namesIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.split(/[、，,；;：:。\s]+/u)).filter((name) => name !== ''))
}
