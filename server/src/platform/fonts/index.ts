/** Fonts: the faces an office prints with. */
export { type FetchOutcome, fetchDebianFonts } from './debian-fonts.ts'
export { cffSourceOf, cutFace, type FaceOrigin, type FontFace } from './face.ts'
export { type FontPlaces, officeFontsSchema, type RefusedFace, sharedFontCache } from './find-faces.ts'
export { type BrowserFace, type FaceMetrics, type Fonts, loadFonts, type ResolvedGlyph, type RoleReport } from './load-fonts.ts'
export type { Outline } from './outlines.ts'
export { type FaceRole, faceRoles } from './roles.ts'
export { FontFormatError, readFace, readTables, type SfntFace, type TableMap } from './sfnt.ts'
export { subsetFont } from './subset.ts'
