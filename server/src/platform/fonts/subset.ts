/** Cutting faces down to the signs in use: hb-subset, the WebAssembly module of the harfbuzzjs package. Layout tables go,
 * because the layout engine places every glyph itself. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'

const number = z.number()
const call = z.custom<(...values: readonly number[]) => unknown>((value) => typeof value === 'function')
const hbSchema = z.object({
  memory: z.instanceof(WebAssembly.Memory),
  _initialize: call, malloc: call, free: call,
  hb_blob_create: call, hb_blob_destroy: call, hb_blob_get_data: call, hb_blob_get_length: call,
  hb_face_create: call, hb_face_destroy: call, hb_face_reference_blob: call,
  hb_set_add: call, hb_set_clear: call,
  hb_subset_input_create_or_fail: call, hb_subset_input_destroy: call, hb_subset_input_unicode_set: call,
  hb_subset_input_set: call, hb_subset_input_set_flags: call, hb_subset_input_keep_everything: call,
  hb_subset_input_pin_axis_location: call, hb_subset_or_fail: call,
})
type Harfbuzz = z.output<typeof hbSchema>

/** HB_SUBSET_FLAGS_NO_HINTING and HB_SUBSET_FLAGS_NO_LAYOUT_CLOSURE. */
const flags = 0x1 | 0x200
const dropTableSet = 3
const layoutFeatureSet = 6
const droppedTables = ['GSUB', 'GPOS', 'GDEF', 'BASE', 'DSIG', 'vhea', 'vmtx', 'VORG', 'kern', 'MATH', 'meta'] as const
const memoryModeReadonly = 2

let compiled: WebAssembly.Module | null = null
let kept: Harfbuzz | null = null
/** An instance whose memory grew beyond this is not used again: whole collections would stay in it for ever. */
const keepBelow = 24 * 1024 * 1024

function instantiate(): Harfbuzz {
  if (kept && kept.memory.buffer.byteLength <= keepBelow) return kept
  compiled ??= new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm')))
  const hb = hbSchema.parse(new WebAssembly.Instance(compiled, {}).exports)
  hb._initialize()
  kept = hb
  return hb
}

/** Cuts a face down.
 *
 * @param bytes the font file; not modified
 * @param cut `index` of the face in a collection, `codePoints` to keep (all when absent), `weight` to fix a variable face at
 * @returns an OpenType file of one face; CID-keyed CFF faces keep their CIDs
 * @throws Error when hb-subset refuses the file
 */
export function subsetFont(
  bytes: Uint8Array,
  cut: { readonly index?: number; readonly codePoints?: Iterable<number>; readonly weight?: number },
): Uint8Array {
  const hb = instantiate()
  const num = (value: unknown): number => number.parse(value)
  const at = num(hb.malloc(bytes.length))
  new Uint8Array(hb.memory.buffer).set(bytes, at)
  const blob = num(hb.hb_blob_create(at, bytes.length, memoryModeReadonly, 0, 0))
  const face = num(hb.hb_face_create(blob, cut.index ?? 0))
  const input = num(hb.hb_subset_input_create_or_fail())
  if (cut.codePoints) {
    const set = num(hb.hb_subset_input_unicode_set(input))
    for (const codePoint of cut.codePoints) hb.hb_set_add(set, codePoint)
  } else hb.hb_subset_input_keep_everything(input)
  hb.hb_subset_input_set_flags(input, flags)
  hb.hb_set_clear(num(hb.hb_subset_input_set(input, layoutFeatureSet)))
  const dropped = num(hb.hb_subset_input_set(input, dropTableSet))
  for (const tag of droppedTables) hb.hb_set_add(dropped, tagNumber(tag))
  if (cut.weight !== undefined) hb.hb_subset_input_pin_axis_location(input, face, tagNumber('wght'), cut.weight)
  const subset = num(hb.hb_subset_or_fail(face, input))
  hb.hb_subset_input_destroy(input)
  const cutBytes = subset === 0 ? null : copyFace(hb, subset)
  hb.hb_face_destroy(face)
  hb.hb_blob_destroy(blob)
  hb.free(at)
  if (hb.memory.buffer.byteLength > keepBelow) kept = null
  if (cutBytes === null) throw new Error('hb-subset refused the font')
  return cutBytes
}

function copyFace(hb: Harfbuzz, face: number): Uint8Array {
  const blob = number.parse(hb.hb_face_reference_blob(face))
  const start = number.parse(hb.hb_blob_get_data(blob, 0))
  const bytes = new Uint8Array(hb.memory.buffer).slice(start, start + number.parse(hb.hb_blob_get_length(blob)))
  hb.hb_blob_destroy(blob)
  hb.hb_face_destroy(face)
  return bytes
}

function tagNumber(tag: string): number {
  return [...tag].reduce((value, char) => (value << 8) + char.charCodeAt(0), 0) >>> 0
}
