/** 元数据: what describes a piece, under the names of DA/T 46-2009. The archive number is given after this is written: it stands
 * in the register, in the fact `archive.filed` and in the catalogue of an export. */
import type { PartKind } from '@xiewen/shared/archive'
import { readLiveDocument } from '../documents/index.ts'
import type { QueryContext } from '../platform/context.ts'
import { statementOf } from '../workflow/index.ts'
import type { ProcessRecord } from './fixity.ts'
import type { CandidateRecord } from './tables.ts'

/** What is described. */
export interface Content {
  readonly candidate: CandidateRecord
  readonly pages: number
  readonly files: readonly { readonly kind: PartKind; readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }[]
  readonly process: ProcessRecord
}

const urgencyWords = { none: '', urgent: '加急', 'extra-urgent': '特急' } as const
const disclosureWords = { open: '主动公开', 'on-request': '依申请公开', closed: '不予公开' } as const

/** The metadata record. Every step of the process is one 业务实体 (M80–M84) by one 机构人员实体 (M76–M79). */
export async function describeContent(ctx: QueryContext, { candidate, pages, files, process }: Content): Promise<Readonly<Record<string, unknown>>> {
  const { elements, blocks } = await readLiveDocument(ctx.db, candidate.document_id)
  const recipients = blocks.flatMap((block) => (block.kind === 'recipients' ? block.runs.map((run) => run.text).join('') : []))
  return {
    format: 'xiewen-metadata-1',
    聚合层次: '件',
    来源: { 立档单位名称: candidate.organ_name },
    电子文件号: candidate.document_id,
    内容描述: {
      题名: candidate.title,
      文件编号: candidate.document_number,
      责任者: candidate.responsible,
      日期: candidate.document_date,
      文种: candidate.kind,
      紧急程度: urgencyWords[elements.urgency],
      主送: recipients.join(''),
      抄送: elements.copyTo.join('、'),
      公开属性: disclosureWords[elements.disclosure],
    },
    形式特征: { 件数: 1, 页数: pages, 语种: '汉语', 稿本: '正本', 收文编号: candidate.register_number },
    电子属性: files.map((file) => ({ 计算机文件名: file.name, 格式信息: file.mediaType, 文件大小: file.bytes.length })),
    信息系统描述: '协文',
    业务实体: process.opinions.map((opinion) => {
      const statement = statementOf(opinion)
      return {
        业务行为: statement.act,
        行为时间: new Date(statement.at).toISOString(),
        行为描述: statement.opinion,
        机构人员: { 名称: statement.person.name, 组织机构: statement.post.unit, 个人职位: statement.post.title, 代: statement.onBehalfOf },
      }
    }),
  }
}
