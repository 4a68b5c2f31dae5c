/** A scanned impression (PNG, JPEG) decoded and cleaned apart from the page: whatever the file does, it does it here, and the page ends the worker after a while. */
import { CryptoError, presentSealSvg, traceSealPicture } from '@xiewen/crypto'
import { scanLimits } from '@xiewen/shared/seals'

/** What the worker answers: the picture to hand in and what the seal will look like, or the code of what is wrong. */
export type ScanAnswer = { readonly ok: true; readonly png: Blob; readonly svg: string } | { readonly ok: false; readonly code: string }

const codes: Readonly<Record<string, string>> = { 'picture.no-seal': 'seals.scan-no-seal', 'picture.too-noisy': 'seals.scan-noisy' }

addEventListener('message', (event: MessageEvent<Blob>) => {
  void clean(event.data).then((answer) => postMessage(answer))
})

async function clean(file: Blob): Promise<ScanAnswer> {
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, scanLimits.mostSide / Math.max(bitmap.width, bitmap.height))
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)))
    const pen = canvas.getContext('2d')
    if (pen === null) return { ok: false, code: 'seals.scan-unreadable' }
    pen.imageSmoothingQuality = 'high'
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    const { width, height, data } = pen.getImageData(0, 0, canvas.width, canvas.height)
    const drawing = traceSealPicture({ width, height, rgba: new Uint8Array(data.buffer) }, { widthMm: 42, heightMm: 42 })
    return { ok: true, png: await canvas.convertToBlob({ type: 'image/png' }), svg: presentSealSvg(drawing) }
  } catch (error) {
    return { ok: false, code: (error instanceof CryptoError ? codes[error.code] : undefined) ?? 'seals.scan-unreadable' }
  }
}
