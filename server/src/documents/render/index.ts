/** Rendering: positioned pages to PDF and SVG. */
import type { renderPdf as Render } from './pdf.ts'

export { inks, revisionInk, type Rgb } from './inks.ts'
export type { PdfInfo } from './pdf.ts'
export { renderSvg } from './svg.ts'

/** `renderPdf` of `pdf.ts`. The PDF library takes 12 MB and is loaded when the first PDF is wanted. */
export const renderPdf: typeof Render = async (...given) => (await import('./pdf.ts')).renderPdf(...given)
