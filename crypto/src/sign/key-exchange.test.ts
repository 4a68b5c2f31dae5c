import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/sm-vectors.json'
import { fromHex, toHex } from '../bytes.ts'
import { selectSmCore } from '../core/core.ts'
import { agreeSm2Key, isExchangeConfirmed } from './key-exchange.ts'
import { deriveSm2PublicKey, generateSm2KeyPair, type Sm2KeyPair } from './sm2.ts'

const v = vectors.sm2KeyExchange
const pairOf = (hex: string): Sm2KeyPair => ({ privateKey: fromHex(hex), publicKey: deriveSm2PublicKey(fromHex(hex)) })

describe.each(['wasm', 'typescript'] as const)('on the %s core', (kind) => {
  test('the published example is reproduced on both sides', () => {
    selectSmCore(kind)
    const [a, aOnce, b, bOnce] = [v.dA, v.rA, v.dB, v.rB].map(pairOf) as [
      Sm2KeyPair,
      Sm2KeyPair,
      Sm2KeyPair,
      Sm2KeyPair,
    ]
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
    expect(toHex(ours.key)).toBe(v.key)
    expect(toHex(theirs.key)).toBe(v.key)
    expect(toHex(ours.confirmation)).toBe(v.sA)
    expect(toHex(theirs.confirmation)).toBe(v.sB)
    expect(isExchangeConfirmed(ours, theirs.confirmation) && isExchangeConfirmed(theirs, ours.confirmation)).toBe(true)
    selectSmCore('wasm')
  })

  test('another identifier or key gives another key, and the confirmations differ', () => {
    selectSmCore(kind)
    const [a, aOnce, b, bOnce, eve] = Array.from({ length: 5 }, () => generateSm2KeyPair()) as [
      Sm2KeyPair,
      Sm2KeyPair,
      Sm2KeyPair,
      Sm2KeyPair,
      Sm2KeyPair,
    ]
    const order = {
      role: 'initiator',
      own: a,
      ownOnce: aOnce,
      peer: b.publicKey,
      peerOnce: bOnce.publicKey,
      keyBytes: 48,
    } as const
    const answer = {
      role: 'responder',
      own: b,
      ownOnce: bOnce,
      peer: a.publicKey,
      peerOnce: aOnce.publicKey,
      keyBytes: 48,
    } as const
    expect(agreeSm2Key(order).key).toEqual(agreeSm2Key(answer).key)
    for (const change of [{ peer: eve.publicKey }, { peerOnce: eve.publicKey }, { ownId: fromHex('01') }]) {
      const changed = agreeSm2Key({ ...order, ...change })
      expect(isExchangeConfirmed(changed, agreeSm2Key(answer).confirmation)).toBe(false)
    }
    expect(() => agreeSm2Key({ ...order, peerOnce: new Uint8Array(65).fill(4) })).toThrow('key.off-curve')
    selectSmCore('wasm')
  })
})
