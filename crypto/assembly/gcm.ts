/**
 * GCM of a text that fits into the data buffer, in one call: for a kilobyte the key schedule, the arguments and the copies of
 * several calls cost as much as the cipher. Source: NIST SP 800-38D section 7.1.
 */
import { ghashBlocks, ghashKey, ghashState } from './ghash'
import { data } from './memory'
import { ctrFrom, eightBlocks, sm4Block, sm4Expand, sm4Keys } from './sm4'

/** The 12-byte nonce. */
export const gcmNonce: usize = memory.data(16, 16)
/** The blocks a text starts with: the subkey H and the mask of the tag; the cipher takes eight at a time. Zero between calls. */
const starts: usize = memory.data(128, 16)

@inline function wholeBlocks(size: usize): usize { return (size + 15) & ~15 }

/**
 * Enciphers and authenticates. The key lies in `sm4Block`; the data buffer holds what is only authenticated, up to a whole block, then
 * the text. Ciphertext and tag take the text's place; nothing that could undo the cipher stays (the products of H do: see ghash.ts).
 */
export function gcmSeal(aadBytes: i32, textBytes: i32): void {
  sm4Expand()
  memory.copy(starts + 16, gcmNonce, 12)
  store<u8>(starts + 31, 1)
  eightBlocks(starts, starts, false, false)
  v128.store(ghashKey, v128.load(starts))
  v128.store(ghashState, i64x2.splat(0))
  v128.store(sm4Block, v128.load(gcmNonce))
  store<u32>(sm4Block + 12, bswap<u32>(2))
  const text = data + wholeBlocks(usize(aadBytes)), end = text + usize(textBytes), padded = text + wholeBlocks(usize(textBytes))
  memory.fill(data + usize(aadBytes), 0, text - data - usize(aadBytes))
  ctrFrom(text, i32((padded - text) >> 4))
  memory.fill(end, 0, padded - end)
  store<u64>(padded, bswap(u64(aadBytes) << 3))
  store<u64>(padded, bswap(u64(textBytes) << 3), 8)
  ghashBlocks(i32((padded + 16 - data) >> 4))
  v128.store(end, v128.xor(v128.load(ghashState), v128.load(starts, 16)))
  memory.fill(sm4Keys, 0, 128)
  memory.fill(starts, 0, 128)
  v128.store(sm4Block, i64x2.splat(0))
  v128.store(ghashKey, i64x2.splat(0))
}
