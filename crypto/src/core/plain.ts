/** The core in plain TypeScript: slower, not constant time, and everywhere. */
import { plainGhash } from './plain-ghash.ts'
import { plainSm2 } from './plain-sm2.ts'
import { plainSm3 } from './plain-sm3.ts'
import { plainSm4 } from './plain-sm4.ts'
import type { SmCore } from './port.ts'

/** SM2, SM3, SM4 and GHASH without WebAssembly. */
export const plainCore: SmCore = {
  kind: 'typescript',
  sm2: plainSm2,
  sm3: plainSm3,
  expandSm4: plainSm4,
  ghash: plainGhash,
  sealShortGcm: () => null,
}
