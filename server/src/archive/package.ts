/** The package of one piece for handing over (移交). Source: DA/T 93-2022 附录B (说明文件, 目录文件, a folder per 档号) */
import { archiveZh } from '@xiewen/shared/archive'
import { civilDateAt, instant } from '@xiewen/shared/base'
import type { ReadPart } from './check.ts'
import type { PieceRecord } from './tables.ts'
import { packZip } from '../platform/zip/pack-zip.ts'

/** Packs a piece, or null when a part is not intact: a damaged package must not look like a whole one. */
export function packPiece(piece: PieceRecord, parts: readonly ReadPart[], at: number): Uint8Array | null {
  const whole = parts.flatMap((part) => (part.condition === 'intact' && part.bytes ? [{ row: part.row, bytes: part.bytes }] : []))
  if (whole.length !== parts.length) return null
  const encode = (text: string) => new TextEncoder().encode(text)
  return packZip(
    [
      { name: '说明文件.TXT', bytes: encode(describe(piece, whole.length, at)) },
      { name: '目录文件.XML', bytes: encode(catalogue(piece, parts)) },
      ...whole.map(({ row, bytes }) => ({ name: `${piece.number}/${row.name}`, bytes })),
    ],
    { packing: 'stored', at },
  )
}

function describe(piece: PieceRecord, count: number, at: number): string {
  return [
    `档号：${piece.number}`,
    `题名：${piece.title}`,
    `立档单位：${piece.organ_name}`,
    `全宗号：${piece.fonds}`,
    `文件数：${count}`,
    `导出日期：${civilDateAt(instant(at))}`,
    '说明：各文件的SM3摘要见“目录文件.XML”和“固化信息.json”，文件未压缩、未加密。',
    '',
  ].join('\r\n')
}

function catalogue(piece: PieceRecord, parts: readonly ReadPart[]): string {
  const fields: readonly (readonly [string, string])[] = [
    ['档号', piece.number], ['全宗号', piece.fonds], ['类别号', piece.category], ['年度', String(piece.year)], ['保管期限', archiveZh[`archive.period.${piece.period}`]],
    ['件号', String(piece.serial)], ['文件编号', piece.document_number], ['责任者', piece.responsible], ['题名', piece.title], ['日期', piece.document_date ?? ''], ['页数', String(piece.pages)],
  ]
  const files = parts.map(({ row }) => `    <文件 顺序="${row.place}" 名称="${escape(row.name)}" 大小="${row.size_bytes}" SM3="${row.digest}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<目录>\n  <件>\n${fields.map(([name, value]) => `    <${name}>${escape(value)}</${name}>`).join('\n')}\n${files.join('\n')}\n  </件>\n</目录>\n`
}

/** Text for XML: reserved marks written out, characters XML 1.0 cannot carry left away. */
function escape(text: string): string {
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return [...text].filter((mark) => mark >= ' ' || mark === '\t').map((mark) => marks[mark] ?? mark).join('')
}
