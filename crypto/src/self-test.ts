import { fromHex, toHex, utf8 } from './bytes.ts'
import { expandSm4Key, sm4CbcDecrypt, sm4CbcEncrypt, sm4Ctr } from './cipher/sm4.ts'
import { sm4CcmDecrypt, sm4CcmEncrypt } from './cipher/sm4-ccm.ts'
import { sm4GcmDecrypt, sm4GcmEncrypt } from './cipher/sm4-gcm.ts'
import { CryptoError } from './errors.ts'
import { hmacSm3, pbkdf2Sm3, sm3 } from './hash/sm3.ts'
import { openSecret, sealSecret } from './keys/envelope.ts'
import { plainCore } from './core/plain.ts'
import { emptyFrontier, frontierRoot } from './merkle/tree.ts'
import { platformRandom, type RandomSource } from './ports.ts'
import { deriveSm2PublicKey, generateSm2KeyPair, sm2MessageDigest, sm2Sign } from './sign/sm2.ts'
import { sm2Decrypt, sm2Encrypt } from './sign/sm2-encryption.ts'
import { agreeSm2Key, isExchangeConfirmed } from './sign/key-exchange.ts'
import { prepareSm2PublicKey, sm2Verify } from './sign/verify.ts'
import { encodeSm2Signature } from './sign/signature.ts'
import { smCore } from './core/core.ts'

/** Outcome of one check of the self test. */
export interface SelfTestCheck {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

/** Outcome of the self test; `ok` only when every check passed. `core` is what runs here: `typescript` is not constant time. */
export interface SelfTestReport {
  readonly ok: boolean
  readonly core: 'wasm' | 'typescript'
  readonly checks: readonly SelfTestCheck[]
}

const knownHmac = '2212d8b3f1720666b9bdd9fa67defa0f5e84e54dfbef4fcc5cd06deedca4f641'
const knownDerived = 'f2a075c888a5188892c4860f9b33ad24a7fd5c56'
const exampleKey = fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')
const exampleNonce = fromHex('59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21')
const exampleR = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3'

const checks: Readonly<Record<string, (random: RandomSource) => boolean>> = {
  'SM3, published digest': () =>
    toHex(sm3(utf8('abc'))) === '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  'SM4, published block': () => {
    const block = fromHex('0123456789abcdeffedcba9876543210')
    return toHex(expandSm4Key(block).encryptBlocks(block)) === '681edf34d206965e86b3e94f536e4246'
  },
  'HMAC-SM3 and PBKDF2, known values': () =>
    toHex(hmacSm3(utf8('key'), utf8('text'))) === knownHmac &&
    toHex(pbkdf2Sm3(utf8('password'), utf8('salt'), 3, 20)) === knownDerived,
  'SM4-CBC and CTR, published block chained': () => {
    const block = fromHex('0123456789abcdeffedcba9876543210')
    const iv = new Uint8Array(16)
    const sealed = sm4CbcEncrypt(block, iv, block)
    const isPublished = toHex(sealed.subarray(0, 16)) === '681edf34d206965e86b3e94f536e4246'
    return (
      isPublished &&
      toHex(sm4CbcDecrypt(block, iv, sealed)) === toHex(block) &&
      toHex(sm4Ctr(block, iv, sm4Ctr(block, iv, block))) === toHex(block)
    )
  },
  'SM4-CCM, published example and tampering': () => {
    const [key, nonce] = [fromHex('0123456789abcdeffedcba9876543210'), fromHex('00001234567800000000abcd')]
    const aad = fromHex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
    const text = fromHex(
      'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa',
    )
    const sealed = sm4CcmEncrypt(key, nonce, text, aad)
    return (
      toHex(sealed.subarray(64)) === '16842d4fa186f56ab33256971fa110f4' &&
      refuses(() => sm4CcmDecrypt(key, nonce, sealed.subarray(1), aad))
    )
  },
  'SM2, both sides of a key exchange agree': (random) => {
    const [a, aOnce, b, bOnce] = [0, 1, 2, 3].map(() => generateSm2KeyPair(random))
    if (!a || !aOnce || !b || !bOnce) return false
    const ours = agreeSm2Key({
      role: 'initiator',
      own: a,
      ownOnce: aOnce,
      peer: b.publicKey,
      peerOnce: bOnce.publicKey,
      keyBytes: 16,
    })
    const theirs = agreeSm2Key({
      role: 'responder',
      own: b,
      ownOnce: bOnce,
      peer: a.publicKey,
      peerOnce: aOnce.publicKey,
      keyBytes: 16,
    })
    return toHex(ours.key) === toHex(theirs.key) && isExchangeConfirmed(ours, theirs.confirmation)
  },
  'SM2, prepared key decides as a fresh one': (random) => {
    const pair = generateSm2KeyPair(random)
    const signature = sm2Sign(pair.privateKey, utf8('text'), { random })
    const verifier = prepareSm2PublicKey(pair.publicKey)
    return verifier.verify(utf8('text'), signature) && !verifier.verify(utf8('texu'), signature)
  },
  'secrets at rest and private keys, wrong password refused': (random) => {
    const key = draw(random, 16)
    const sealed = sealSecret(key, 'purpose', utf8('text'), random)
    return (
      toHex(openSecret(key, 'purpose', sealed)) === toHex(utf8('text')) &&
      refuses(() => openSecret(key, 'other', sealed))
    )
  },
  'WebAssembly and TypeScript give the same': (random) => {
    const [key, text] = [draw(random, 16), draw(random, 100)]
    const own = smCore()
    const digest = plainCore.sm3.digest([text])
    const stream = plainCore.expandSm4(key).applyCtr(new Uint8Array(16), text)
    return (
      toHex(own.sm3.digest([text])) === toHex(digest) &&
      toHex(own.expandSm4(key).applyCtr(new Uint8Array(16), text)) === toHex(stream)
    )
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
  return { ok: results.every((result) => result.ok), core: smCore().kind, checks: results }
}
