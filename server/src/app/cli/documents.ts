/** `import`: official documents from files, without a server. */
import { writeFile } from 'node:fs/promises'
import type { ImportEntry } from '@xiewen/shared/documents'
import { type RunCommand, exitCodes } from './command.ts'
import { readInput, worded } from './input.ts'

/** `import`: shows what the recogniser made of a file. */
export const runImport: RunCommand = async (args, terminal) => {
  const { document, report, format, encoding } = await readInput(args)
  const out = args.flag('out')
  if (out !== undefined) await writeFile(out, JSON.stringify(document, null, 1))
  if (args.json) terminal.out(JSON.stringify({ format, encoding, document, report }))
  else {
    for (const [list, entries] of Object.entries(report)) for (const entry of entries) terminal.out(importLine(list, entry))
    terminal.out(`${document.blocks.length} 段 blocks`)
  }
  return exitCodes.ok
}

const listWords: Readonly<Record<string, string>> = { recognised: '识别 recognised', guessed: '推定 guessed', dropped: '未导入 dropped' }

function importLine(list: string, entry: ImportEntry): string {
  return `${listWords[list] ?? list}\t第${entry.line}行\t${worded(`documents.import.${entry.topic}`)}\t${entry.text.slice(0, 80)}`
}
