/** Roles of type (字体) and the faces that may play them, best first. The office's own files always come before these. */

/** Roles of type on an official page: 仿宋, 小标宋, 黑体, 楷体, 宋体. */
export const faceRoles = ['fangsong', 'xiaobiaosong', 'heiti', 'kaiti', 'songti'] as const
/** One of the roles. */
export type FaceRole = (typeof faceRoles)[number]

/** A face to look for. `genuine` means it is a face of that role's kind, not a stand-in. */
export interface FaceWish {
  readonly file: string
  readonly index?: number
  readonly genuine: boolean
  /** Set for a face traced finer than its own grid can show: printed from a copy with fewer segments, none of which stands further
   * (font units; one is 0.006 mm in 三号) from what is drawn. */
  readonly tolerance?: number
  /** An npm package that carries the face when no file of that name is found. */
  readonly npm?:
    | { readonly kind: 'file'; readonly module: string }
    | { readonly kind: 'slices'; readonly module: string; readonly weight?: number }
}

const wenkaiSlices = { kind: 'slices', module: '@chinese-fonts/lxgwwenkai/dist/LXGWWenKai-Regular' } as const
const serifSlices = { kind: 'slices', module: '@chinese-fonts/syst/dist/SourceHanSerifCN' } as const

const wenkai = { file: 'LXGWWenKai-Regular.ttf', npm: wenkaiSlices } as const
const serif = { file: 'NotoSerifCJK-Regular.ttc', index: 2, npm: { ...serifSlices, weight: 400 } } as const
const sans = { file: 'NotoSansHans-Medium.otf', npm: { kind: 'file', module: '@embedpdf/fonts-sc/fonts/NotoSansHans-Medium.otf' } } as const

/** Faces by role, best first. The later ones lend single signs that the first has not. */
export const faceWishes: Readonly<Record<FaceRole, readonly FaceWish[]>> = {
  fangsong: [{ file: 'FandolFang-Regular.otf', genuine: true, tolerance: 1 }, { ...wenkai, genuine: false }, { ...serif, genuine: false }],
  xiaobiaosong: [
    { file: 'NotoSerifCJK-Bold.ttc', index: 2, genuine: true, npm: { ...serifSlices, weight: 700 } },
    { file: 'FandolSong-Bold.otf', genuine: true },
  ],
  // Noto before Fandol: its digits are as black as its Chinese, and it is in every installation.
  heiti: [{ ...sans, genuine: true }, { file: 'FandolHei-Regular.otf', genuine: true }],
  kaiti: [{ file: 'FandolKai-Regular.otf', genuine: true }, { ...wenkai, genuine: true }, { ...serif, genuine: false }],
  songti: [{ file: 'FandolSong-Regular.otf', genuine: true }, { ...serif, genuine: true }],
}
