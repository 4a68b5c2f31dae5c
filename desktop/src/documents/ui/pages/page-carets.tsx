import type { PagePosition } from '@xiewen/shared/documents'
import type { Caret } from './use-carets.ts'
import { ownCaret } from './use-carets.ts'
import { turnedFrame, unitsPerMm } from './page-drawing.tsx'

/** A caret with its place on the pages. */
export interface PlacedCaret {
  readonly caret: Caret
  readonly position: PagePosition
}

/** The carets that stand on one page: one's own as a bar, colleagues' with their names. */
export function PageCarets({ carets }: { readonly carets: readonly PlacedCaret[] }) {
  return carets.map(({ caret, position }) => <PageCaret key={caret.key} caret={caret} position={position} />)
}

const labelHeight = 60
const letter = 46

function PageCaret({ caret, position }: PlacedCaret) {
  const em = (position.sizePt * 25.4 * unitsPerMm) / 72
  const [x, top] = [position.x * unitsPerMm, position.baseline * unitsPerMm - em * 0.92]
  const isOwn = caret.key === ownCaret
  const width = [...caret.name].length * letter + 16
  return (
    <g className={isOwn ? 'page-caret own' : 'page-caret'} data-name={caret.name} transform={position.turned ? turnedFrame : undefined} style={isOwn ? undefined : { color: caret.colour }}>
      <rect x={x - 3} y={top} width={isOwn ? 6 : 5} height={em * 1.12} />
      {isOwn ? null : (
        <>
          <rect x={x - 3} y={top - labelHeight} width={width} height={labelHeight} rx={5} />
          <text x={x + 5} y={top - 14} fontSize={letter}>
            {caret.name}
          </text>
        </>
      )}
    </g>
  )
}
