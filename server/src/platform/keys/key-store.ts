/** Private keys of the installation: the audit key, seal keys, approvers' personal keys. Kept encrypted with SM4-GCM under a store
 * key that a key-encrypting key wraps; a device (SDF, SKF, PKCS#11) enters through `deviceKey` of crypto. */
import type { KeyHandle } from '@xiewen/crypto'

/** Named SM2 keys. Private bytes never leave the store. */
export interface KeyStore {
  /** The key of that name, made at first use. Names are `<purpose>:<id>`, e.g. `person:<personId>`, `seal:<sealId>`. */
  getOrCreate(name: string): Promise<KeyHandle>
  /** The key, or null when it was never made. */
  find(name: string): Promise<KeyHandle | null>
  /** Takes in an SM2 private key (32 bytes) made elsewhere, in place of one of that name. */
  adopt(name: string, privateKey: Uint8Array): Promise<KeyHandle>
  /** Encrypts a small secret (a one-time code key) for the database; `purpose` must be given again to open it. */
  protect(purpose: string, secret: string): string
  /** Opens what `protect` made.
   * @throws when it has been altered or belongs to another purpose */
  reveal(purpose: string, sealed: string): string
  /** Destroys a key for good. */
  destroy(name: string): Promise<void>
}
