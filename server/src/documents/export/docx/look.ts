/** How paragraphs and runs of the Word file look: fonts, sizes and distances of GB/T 9704-2012 as Word counts them. */
import type { FontRole, Ink } from '@xiewen/shared/documents'
import { xmlText } from '../xml-text.ts'

/** Twentieths of a point in a millimetre. */
const twipsPerMm = 1440 / 25.4

/** Millimetres as Word counts them. */
export function twips(mm: number): number {
  return Math.round(mm * twipsPerMm)
}

/** Margins by the display standard: Word sets half the leading above the first line. Source: GB/T 33476.2-2016 6.2 */
export const margins = { topMm: 34.58, bottomMm: 32.58, leftMm: 28, rightMm: 26 } as const

/** The faces offices have; each role has one. */
export const faces: Readonly<Record<FontRole, string>> = {
  fangsong: '仿宋_GB2312',
  xiaobiaosong: '方正小标宋简体',
  heiti: '黑体',
  kaiti: '楷体_GB2312',
  songti: '宋体',
}

/** 3号 characters are squeezed so that 28 of them stand in 156 mm (twentieths of a point). */
const squeeze = -5

/** What a run looks like. */
export interface RunLook {
  readonly role: FontRole
  readonly sizePt: number
  readonly ink?: Ink
  readonly bold?: boolean
  /** Width of the letters as a share of their size. */
  readonly scale?: number
  /** Air between letters, points. */
  readonly airPt?: number
  /** Ready element that says how the run looked before a pending change of its format. */
  readonly before?: string
}

/** A run of text; line feeds become soft breaks. */
export function runXml(text: string, look: RunLook, element: 'w:t' | 'w:delText' = 'w:t'): string {
  if (text === '') return ''
  const face = faces[look.role]
  const properties = [
    `<w:rFonts w:ascii="${face}" w:hAnsi="${face}" w:eastAsia="${face}" w:cs="${face}"/>`,
    look.bold ? '<w:b/>' : '',
    look.ink === 'red' ? '<w:color w:val="FF0000"/>' : '',
    spacingXml(look),
    look.scale === undefined || look.scale === 1 ? '' : `<w:w w:val="${Math.floor(look.scale * 100)}"/>`,
    `<w:sz w:val="${Math.round(look.sizePt * 2)}"/><w:szCs w:val="${Math.round(look.sizePt * 2)}"/>`,
    look.before ?? '',
  ].join('')
  const pieces = text.split('\n').map((piece) => `<${element} xml:space="preserve">${xmlText(piece)}</${element}>`)
  return `<w:r><w:rPr>${properties}</w:rPr>${pieces.join('<w:br/>')}</w:r>`
}

function spacingXml(look: RunLook): string {
  const twentieths = look.sizePt === 16 ? squeeze : Math.floor((look.airPt ?? 0) * 20)
  return twentieths === 0 ? '' : `<w:spacing w:val="${twentieths}"/>`
}

/** What a paragraph looks like. Distances in millimetres. */
export interface ParagraphLook {
  /** From baseline to baseline. */
  readonly pitchMm: number
  readonly beforeMm?: number
  readonly leftMm?: number
  readonly rightMm?: number
  readonly firstLineMm?: number
  readonly align?: 'left' | 'center' | 'right' | 'both'
  readonly outline?: number
  readonly newPage?: boolean
  readonly tabsMm?: readonly number[]
  /** Ready border elements. */
  readonly borders?: string
  readonly keepNext?: boolean
  /** Id of a style of the file. */
  readonly style?: string
}

/** A paragraph of ready runs. Children stand in the order the schema wants. */
export function paragraphXml(runs: string, look: ParagraphLook): string {
  const first = look.firstLineMm ?? 0
  const indent = [`w:left="${twips(look.leftMm ?? 0)}"`, `w:right="${twips(look.rightMm ?? 0)}"`, first >= 0 ? `w:firstLine="${twips(first)}"` : `w:hanging="${twips(-first)}"`]
  const properties = [
    look.style === undefined ? '' : `<w:pStyle w:val="${look.style}"/>`,
    look.keepNext ? '<w:keepNext/>' : '',
    look.newPage ? '<w:pageBreakBefore/>' : '',
    '<w:widowControl w:val="0"/>',
    look.borders === undefined ? '' : `<w:pBdr>${look.borders}</w:pBdr>`,
    look.tabsMm === undefined ? '' : `<w:tabs>${look.tabsMm.map((mm) => `<w:tab w:val="left" w:pos="${twips(mm)}"/>`).join('')}</w:tabs>`,
    // Between Chinese and figures our layout sets no air.
    '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>',
    `<w:spacing w:before="${twips(Math.max(0, look.beforeMm ?? 0))}" w:after="0" w:line="${twips(look.pitchMm)}" w:lineRule="exact"/>`,
    `<w:ind ${indent.join(' ')}/>`,
    `<w:jc w:val="${look.align ?? 'both'}"/>`,
    look.outline === undefined ? '' : `<w:outlineLvl w:val="${look.outline}"/>`,
  ].join('')
  return `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`
}

/** Word sets the baseline of a line of exact height at four fifths of it. */
export const baselineShare = 0.8
