/** Rendering: positioned pages to PDF and SVG. */
export { inks, revisionInk, type Rgb } from './inks.ts'
export { type PdfInfo, renderPdf } from './pdf.ts'
export { renderSvg } from './svg.ts'
