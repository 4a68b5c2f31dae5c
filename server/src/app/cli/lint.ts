/** `lint`: the checker on a file, for a clerk to read or a script to use. */
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  blocksSubmission, blockText, createLinter, deriveLabels, type Finding, layoutDocument, lintLayout, type OfficialDocument, remarkKey, repairDocument, type Severity, severities, textOf,
} from '@xiewen/shared/documents'
import { signsInUse } from '../../documents/signs-in-use.ts'
import { loadFonts } from '../../platform/fonts/index.ts'
import { type RunCommand, exitCodes, UsageError } from './command.ts'
import { fontsDirectory } from './fonts-directory.ts'
import { readInput, worded } from './input.ts'

/** `lint INPUT`: findings in the text and on the pages it makes, by weight with place, clause and repair; `--fix` writes the document with every safe repair made. */
export const runLint: RunCommand = async (args, terminal) => {
  const [{ document, file }, fonts] = await Promise.all([readInput(args), loadFonts({ dataDir: fontsDirectory(args), outlines: false })])
  const context = { signs: signsInUse(fonts) }
  const linter = createLinter(context)
  const check = (each: OfficialDocument): readonly Finding[] => [...linter.check(each), ...lintLayout(each, layoutDocument(each, fonts.metrics), context)]
  const findings = check(document)
  const out = args.flag('fix')
  if (out === '' || out === 'true') throw new UsageError('请写改正后的文件名 name the file the repaired document goes to: --fix OUT.txt')
  const repaired = out === undefined ? null : await writeRepaired(document, out, (each) => linter.check(each))
  const left = repaired === null ? findings : check(repaired.after)
  if (args.json) terminal.out(JSON.stringify({ file: basename(file), findings, ...(repaired ? { repaired: repaired.made.length, left: left.length, out } : {}) }))
  else for (const line of report(findings, document)) terminal.out(line)
  if (!args.json && repaired) terminal.out(`已改正 repaired ${repaired.made.length} 处，写入 written to ${out}；还剩 left ${left.length} 处。`)
  return blocksSubmission(left) ? exitCodes.found : exitCodes.ok
}

async function writeRepaired(document: OfficialDocument, out: string, check: (document: OfficialDocument) => readonly Finding[]) {
  const { document: after, repaired } = repairDocument(document, check)
  await writeFile(out, out.endsWith('.json') ? JSON.stringify(after, null, 1) : `${textOf(after)}\n`)
  return { made: repaired, after }
}

/** The findings in the order a clerk works through them: errors first, each with the place as it is read on paper. */
function report(findings: readonly Finding[], document: OfficialDocument): readonly string[] {
  if (findings.length === 0) return ['未发现问题 no findings']
  const groups = severities.flatMap((severity) => group(severity, findings.filter((finding) => finding.severity === severity), document))
  const counts = severities.map((severity) => `${worded(`documents.lint.severity.${severity}`)} ${findings.filter((finding) => finding.severity === severity).length}`)
  const repairable = findings.filter((finding) => finding.fix).length
  return [...groups, `共 ${findings.length} 处 findings（${counts.join('，')}），其中 ${repairable} 处可以用 --fix 自动改正 can be repaired。`]
}

function group(severity: Severity, findings: readonly Finding[], document: OfficialDocument): readonly string[] {
  if (findings.length === 0) return []
  const labels = deriveLabels(document.blocks)
  const lines = findings.flatMap((finding) => {
    const mark = finding.fix ? ' [可改正 --fix]' : ''
    return [`  ${finding.rule} ${placeOf(finding, document, labels)}`, `      ${worded(remarkKey(finding), finding.params)}${mark}`]
  })
  return [`【${worded(`documents.lint.severity.${severity}`)}】${findings.length} 处`, ...lines]
}

/** 第5段 正文 “各单位要加强……”; elements by name. */
function placeOf(finding: Finding, document: OfficialDocument, labels: readonly (string | null)[]): string {
  if (finding.block === null && finding.page !== null) return `第${finding.page}页`
  if (finding.block === null) return finding.element === null ? '全文' : `版头版记要素 ${finding.element}`
  const block = document.blocks[finding.block]
  if (!block) return ''
  const text = `${labels[finding.block] ?? ''}${blockText(block)}`.replaceAll(/\s+/g, ' ')
  return `第${finding.block + 1}段 ${worded(`documents.block.${block.kind}`)}“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`
}
