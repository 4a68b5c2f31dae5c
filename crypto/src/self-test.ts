import { fromHex, toHex, utf8 } from './bytes.ts'
import { expandSm4Key } from './cipher/sm4.ts'
import { sm4GcmDecrypt, sm4GcmEncrypt } from './cipher/sm4-gcm.ts'
import { CryptoError } from './errors.ts'
import { sm3 } from './hash/sm3.ts'
import { emptyFrontier, frontierRoot } from './merkle/tree.ts'
import { platformRandom, type RandomSource } from './ports.ts'
import { deriveSm2PublicKey, generateSm2KeyPair, sm2MessageDigest, sm2Sign } from './sign/sm2.ts'
import { sm2Decrypt, sm2Encrypt } from './sign/sm2-encryption.ts'
import { sm2Verify } from './sign/verify.ts'
import { encodeSm2Signature } from './sign/signature.ts'
import { smCore } from './core/core.ts'

/** Outcome of one check of the self test. */
export interface SelfTestCheck {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

/** Outcome of the self test; `ok` only when every check passed. */
export interface SelfTestReport {
  readonly ok: boolean
  readonly checks: readonly SelfTestCheck[]
}

const exampleKey = fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')
const exampleNonce = fromHex('59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21')
const exampleR = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3'

const checks: Readonly<Record<string, (random: RandomSource) => boolean>> = {
  'SM3, published digest': () =>
    toHex(sm3(utf8('abc'))) === '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  'SM4, published block': () => {
    const block = fromHex('0123456789abcdeffedcba9876543210')
    return toHex(expandSm4Key(block).encryptBlock(block)) === '681edf34d206965e86b3e94f536e4246'
  },
  'SM4-GCM, round trip and tampering': (random) => {
    const key = draw(random, 16)
    const sealed = sm4GcmEncrypt(key, draw(random, 12).fill(7), utf8('text'))
    const opened = sm4GcmDecrypt(key, new Uint8Array(12).fill(7), sealed)
    sealed[0] = (sealed[0] ?? 0) ^ 1
    return (
      toHex(opened) === toHex(utf8('text')) && refuses(() => sm4GcmDecrypt(key, new Uint8Array(12).fill(7), sealed))
    )
  },
  'SM2, published signature': () => {
    const publicKey = deriveSm2PublicKey(exampleKey)
    const core = smCore().sm2
    const factor = core.signingFactor(exampleKey)
    const digest = sm2MessageDigest(publicKey, utf8('message digest'))
    const made = factor === null ? null : core.sign(factor, exampleNonce, digest)
    if (made === null || toHex(made.subarray(0, 32)) !== exampleR) return false
    return sm2Verify(publicKey, utf8('message digest'), encodeSm2Signature(made))
  },
  'SM2, fresh key signs and verifies, tampering is refused': (random) => {
    const pair = generateSm2KeyPair(random)
    const signature = sm2Sign(pair.privateKey, utf8('text'), { random })
    return sm2Verify(pair.publicKey, utf8('text'), signature) && !sm2Verify(pair.publicKey, utf8('texu'), signature)
  },
  'SM2, encryption round trip': (random) => {
    const pair = generateSm2KeyPair(random)
    return toHex(sm2Decrypt(pair.privateKey, sm2Encrypt(pair.publicKey, utf8('text'), random))) === toHex(utf8('text'))
  },
  'random source, two draws differ and are not constant': (random) => {
    const [one, two] = [draw(random, 32), draw(random, 32)]
    return toHex(one) !== toHex(two) && new Set(one).size > 8
  },
  'Merkle tree, empty root': () => toHex(frontierRoot(emptyFrontier)) === toHex(sm3()),
}

function draw(random: RandomSource, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes)
  random.fill(bytes)
  return bytes
}

function refuses(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch (cause) {
    return cause instanceof CryptoError
  }
}

/** Runs known answers and round trips on this machine, in well under a second. */
export function selfTest(random: RandomSource = platformRandom): SelfTestReport {
  const results = Object.entries(checks).map(([name, check]): SelfTestCheck => {
    try {
      const ok = check(random)
      return { name, ok, detail: ok ? '' : 'wrong result' }
    } catch (cause) {
      return { name, ok: false, detail: cause instanceof Error ? cause.message : String(cause) }
    }
  })
  return { ok: results.every((result) => result.ok), checks: results }
}
