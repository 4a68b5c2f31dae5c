/** The office's faces for windows that lay out pages themselves: widths once, signs as they are needed. */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { accept, refuse } from '@xiewen/shared/base'
import { documentsContract, fontRoles, packLent, type PackedMetrics, packWidths, type RoleWidths } from '@xiewen/shared/documents'
import type { BrowserFace, Fonts } from '../../platform/fonts/index.ts'
import { onDownload, onQuery } from '../../platform/slice.ts'

const faces = onQuery(documentsContract.faces, async (ctx) => accept({ fingerprint: ctx.services.fonts.metrics.fingerprint }))

const faceWidths = onDownload(documentsContract.faceWidths, async (ctx, input) => {
  const fonts = ctx.services.fonts.current()
  if (input.fingerprint !== fonts.metrics.fingerprint) return refuse('documents.faces-changed')
  return accept({ bytes: await packedOf(fonts), mediaType: 'application/octet-stream', fileName: 'widths.json.gz', isConstant: true })
})

const faceSigns = onDownload(documentsContract.faceSigns, async (ctx, input) => {
  const fonts = ctx.services.fonts.current()
  if (input.fingerprint !== fonts.metrics.fingerprint) return refuse('documents.faces-changed')
  const bytes = bind(fonts.subsetForBrowser(input.role, signsOf(input.signs)))
  return accept({ bytes, mediaType: 'application/octet-stream', fileName: `${input.role}.faces`, isConstant: true })
})

const packed = new WeakMap<Fonts, Promise<Uint8Array>>()

/** Made once: all faces have to be opened for it. */
function packedOf(fonts: Fonts): Promise<Uint8Array> {
  const made = packed.get(fonts) ?? pack(fonts)
  packed.set(fonts, made)
  return made
}

async function pack(fonts: Fonts): Promise<Uint8Array> {
  const widths: RoleWidths[] = []
  const families: string[] = []
  const lenders: (readonly number[])[] = []
  for (const role of fontRoles) {
    widths.push(packWidths(fonts.listWidths(role)))
    lenders.push(packLent(fonts.listLent(role), families))
    // Others are served between two roles.
    await new Promise(setImmediate)
  }
  const [fangsong, xiaobiaosong, heiti, kaiti, songti] = widths
  if (!fangsong || !xiaobiaosong || !heiti || !kaiti || !songti) throw new Error('Bug: a role has no widths')
  const [toFangsong, toXiaobiaosong, toHeiti, toKaiti, toSongti] = lenders.map((runs) => [...runs])
  const lent = { fangsong: toFangsong ?? [], xiaobiaosong: toXiaobiaosong ?? [], heiti: toHeiti ?? [], kaiti: toKaiti ?? [], songti: toSongti ?? [] }
  const metrics: PackedMetrics = { fingerprint: fonts.metrics.fingerprint, families, lent, roles: { fangsong, xiaobiaosong, heiti, kaiti, songti } }
  return promisify(gzip)(JSON.stringify(metrics), { level: 9 })
}

function signsOf(distances: string): string {
  let codePoint = 0
  const signs = distances.split('.').map((each) => {
    codePoint += Number.parseInt(each, 36)
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : ''
  })
  return signs.join('')
}

/** Several faces as one file, see the contract. */
function bind(cut: readonly BrowserFace[]): Uint8Array {
  const list = Buffer.from(JSON.stringify(cut.map(({ bytes, codePoints }) => ({ length: bytes.length, codePoints }))), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(list.length)
  return Buffer.concat([length, list, ...cut.map(({ bytes }) => bytes)])
}

/** Operations that serve faces. */
export const faceOperations = [faces, faceWidths, faceSigns]
