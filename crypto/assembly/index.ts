/** Entry of the WebAssembly module: everything JavaScript may call. See memory.ts for where arguments lie. */
export { data, dataSize, exchange, preparedSlots } from './memory'
export { gcmNonce, gcmSeal } from './gcm'
export { ghashBlocks, ghashKey, ghashState } from './ghash'
export { sm3Blocks, sm3State, sm3Stretch, stretchState } from './sm3'
export { sm4Block, sm4CbcDecrypt, sm4CbcEncrypt, sm4Ctr, sm4Each, sm4Expand, sm4Keys, sm4Mac } from './sm4'
export {
  addMultiple, isOnCurve, prepareBase, prepareKey, secretMultiply, secretMultiplyBase, secretSign, secretSigningFactor, verify, wipe,
} from './sm2'
