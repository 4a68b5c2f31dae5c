/** Rendering: positioned pages to PDF, OFD and SVG. */
export { inks, type Rgb } from './inks.ts'
export { type OfdInfo, renderOfd } from './ofd/ofd.ts'
export { type PdfInfo, renderPdf } from './pdf/pdf.ts'
export { pictureKind, type Pictures } from './pictures.ts'
export { renderSvg, warmOutlines } from './svg.ts'
