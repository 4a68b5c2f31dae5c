/** 处理单: the slip that goes with a document, with every opinion in order, as text anybody can read in thirty years. */
import { civilDateAt, instant } from '@xiewen/shared/base'
import { type OpinionStatement, workflowZh } from '@xiewen/shared/workflow'
import type { CandidateRecord } from './tables.ts'

const words: Readonly<Record<string, string>> = workflowZh

/** The sheet of a document. Without a case (a document that was only read) it has no opinions. */
export function writeHandlingSheet(candidate: CandidateRecord, opinions: readonly OpinionStatement[]): string {
  const received = candidate.origin === 'incoming'
  const head = [
    received ? '收文处理单' : '发文处理单',
    '',
    `标题：${candidate.title}`,
    `文种：${candidate.kind}`,
    `文号：${candidate.document_number || '无'}`,
    received ? `来文机关：${candidate.responsible}` : `发文机关：${candidate.responsible}`,
    ...(received ? [`收文编号：${candidate.register_number || '无'}`] : []),
    `成文日期：${candidate.document_date ?? '未注明'}`,
    '',
    '办理意见：',
  ]
  const lines = opinions.length === 0 ? ['无'] : opinions.map(writeOpinion)
  return `${[...head, ...lines].join('\n')}\n`
}

function writeOpinion(statement: OpinionStatement, index: number): string {
  const { person, post, onBehalfOf } = statement
  const step = statement.step === null ? '' : `【${words[`workflow.step.${statement.step}`] ?? statement.step}】`
  const who = `${post.unit} ${post.title} ${person.name}${onBehalfOf === null ? '' : `（代 ${onBehalfOf}）`}`
  const said = statement.opinion === '' ? '' : `：${statement.opinion}`
  return `${index + 1}. ${step}${words[`workflow.code.${statement.code}`] ?? statement.code}${said}\n   ${who} ${moment(statement.at)}`
}

function moment(at: number): string {
  return `${civilDateAt(instant(at))} ${new Date(at + 8 * 3_600_000).toISOString().slice(11, 19)}`
}
