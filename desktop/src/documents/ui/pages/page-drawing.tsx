import type { FontRole, GlyphRun, PageItem, PlacedImage } from '@xiewen/shared/documents'
import { Fragment, memo, type ReactNode } from 'react'
import { colourOf } from '../person-colours.ts'
import { familyOf } from './page-faces.ts'
import type { PageMark } from './page-marks.ts'

/** Units of the drawing in a millimetre: browsers round type smaller than a few units. */
export const unitsPerMm = 10
const unitsPerPt = (25.4 / 72) * unitsPerMm
const inks = { black: '#000', red: '#d7000f' } as const

/** Faces of the system that stand in for the moment before the office's own have come. */
const standIns: Readonly<Record<FontRole, string>> = {
  fangsong: 'FangSong, STFangsong, FandolFang, serif',
  xiaobiaosong: "'FZXiaoBiaoSong-B05S', 'Noto Serif CJK SC', SimSun, serif",
  heiti: "SimHei, 'Noto Sans CJK SC', sans-serif",
  kaiti: "KaiTi, STKaiti, 'LXGW WenKai', serif",
  songti: "SimSun, 'Noto Serif CJK SC', serif",
}

/** What a page is drawn from. */
export interface PageDrawingProps {
  readonly items: readonly PageItem[]
  /** Signs no face has, by role: crossed out in red. */
  readonly missing: readonly { readonly role: string; readonly text: string }[]
  readonly marks: readonly PageMark[]
  /** Where a picture is had; null for one that is missing, `undefined` where none are shown yet. */
  readonly pictureAddress: (digest: string) => string | null | undefined
  /** Carets and what else lies over the page, in units of the drawing. */
  readonly children?: ReactNode
}

/** One A4 page, drawn exactly where the layout puts every sign; its text can be selected and copied. */
export function PageDrawing({ items, missing, marks, pictureAddress, children }: PageDrawingProps) {
  return (
    <svg viewBox="0 0 2100 2970" lang="zh-CN" className="page-drawing">
      {marks.map((mark, index) => (
        <line key={`m${index}`} className={`page-mark ${mark.tone}`} x1={mark.x1 * unitsPerMm} x2={mark.x2 * unitsPerMm} y1={mark.y * unitsPerMm} y2={mark.y * unitsPerMm} transform={mark.turned ? turnedFrame : undefined} />
      ))}
      {items.map((item, index) => (
        <Fragment key={`${index}`}>{drawItem(item, missing, pictureAddress)}</Fragment>
      ))}
      {children}
    </svg>
  )
}

/** From the turned frame of a wide table to the sheet. */
export const turnedFrame = 'matrix(0 -1 1 0 0 2970)'

function drawItem(item: PageItem, missing: PageDrawingProps['missing'], pictureAddress: PageDrawingProps['pictureAddress']): ReactNode {
  switch (item.kind) {
    case 'text':
      return <DrawnRun run={item} absent={absentIn(item, missing)} />
    case 'rule':
      return <line x1={item.x1 * unitsPerMm} y1={item.y1 * unitsPerMm} x2={item.x2 * unitsPerMm} y2={item.y2 * unitsPerMm} stroke={inks[item.ink]} strokeWidth={item.widthMm * unitsPerMm} />
    case 'image':
      return <DrawnPicture image={item} address={pictureAddress(item.digest)} />
    case 'seal-anchor':
      return null
  }
}

function absentIn(run: GlyphRun, missing: PageDrawingProps['missing']): string {
  const all = missing.find(({ role }) => role === run.role)?.text ?? ''
  return all === '' ? '' : [...run.text].filter((char) => all.includes(char)).join('')
}

/** Runs of equal content are drawn once: typing moves most lines nowhere. */
const DrawnRun = memo(
  function DrawnRun({ run, absent }: { readonly run: GlyphRun; readonly absent: string }) {
    const size = run.sizePt * unitsPerPt
    const ink = run.change ? colourOf(run.change.personId) : inks[run.ink]
    const signs = [...run.text]
    // Narrowed type is drawn in a frame of its own, in which places are widened by as much.
    const transform = run.turned ? turnedFrame : run.scale === 1 ? undefined : `scale(${run.scale} 1)`
    const place = (x: number): number => (x * unitsPerMm) / run.scale
    return (
      <>
        <text
          x={signs.map((_char, index) => place(run.x[index] ?? 0)).join(' ')}
          y={run.baseline * unitsPerMm}
          fontSize={size}
          fontFamily={`'${familyOf(run.role)}', ${standIns[run.role]}`}
          fill={ink}
          transform={transform}
          {...(run.bold ? { stroke: ink, strokeWidth: size * 0.03 } : {})}
        >
          {signs.map((char) => (absent.includes(char) ? '\u3000' : char)).join('')}
        </text>
        {absent === '' ? null : signs.map((char, index) => (absent.includes(char) ? <path key={`${index}`} className="absent-sign" d={crossedBox(place(run.x[index] ?? 0), run.baseline * unitsPerMm, size)} transform={transform} /> : null))}
        {run.change ? <ChangeLine run={run} ink={ink} transform={run.turned ? turnedFrame : undefined} /> : null}
      </>
    )
  },
  (before, after) => before.absent === after.absent && isSameRun(before.run, after.run),
)

function isSameRun(a: GlyphRun, b: GlyphRun): boolean {
  if (a.text !== b.text || a.baseline !== b.baseline || a.role !== b.role || a.sizePt !== b.sizePt || a.ink !== b.ink || a.scale !== b.scale) return false
  if (a.bold !== b.bold || a.turned !== b.turned || a.change?.kind !== b.change?.kind || a.change?.personId !== b.change?.personId) return false
  return a.x.every((x, index) => x === b.x[index])
}

function crossedBox(x: number, baseline: number, size: number): string {
  const side = size * 0.84
  return `M${x + side * 0.1} ${baseline - side * 0.9}h${side}v${side}h${-side}zl${side} ${side}m0 ${-side}l${-side} ${side}`
}

/** 花脸稿: under an insertion, through a deletion. */
function ChangeLine({ run, ink, transform }: { readonly run: GlyphRun; readonly ink: string; readonly transform: string | undefined }) {
  const em = run.sizePt * unitsPerPt
  const y = run.baseline * unitsPerMm + (run.change?.kind === 'insertion' ? em * 0.16 : -em * 0.36)
  const right = (run.x.at(-1) ?? 0) * unitsPerMm + em * run.scale
  return <line x1={(run.x[0] ?? 0) * unitsPerMm} x2={right} y1={y} y2={y} stroke={ink} strokeWidth={2.5} transform={transform} />
}

function DrawnPicture({ image, address }: { readonly image: PlacedImage; readonly address: string | null | undefined }) {
  const box = { x: image.x * unitsPerMm, y: image.y * unitsPerMm, width: image.widthMm * unitsPerMm, height: image.heightMm * unitsPerMm }
  if (address === undefined) return <rect {...box} className="picture-place" />
  return address === null ? <rect {...box} className="absent-sign" /> : <image {...box} href={address} preserveAspectRatio="none" />
}
