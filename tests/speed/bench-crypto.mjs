// `npm run bench:crypto`: our SM2, SM3 and SM4 against Node's OpenSSL and sm-crypto. Contenders take turns in short slices;
// each figure is the median of its slices per second of processor time, so that other work on the machine counts little.
import { createCipheriv, createDecipheriv, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { ensureWasm } from '../../crypto/bin/build-wasm.mjs'

await ensureWasm()
execFileSync(process.execPath, [fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url)), '-b', fileURLToPath(new URL('../../crypto', import.meta.url))])
const dist = new URL('../../crypto/dist/', import.meta.url)
const ours = await import(new URL('index.js', dist))
const { coreBytes } = await import(new URL('core/core-bytes.js', dist))
const smCrypto = createRequire(import.meta.url)('sm-crypto')

const rounds = Number(process.env.ROUNDS ?? 7)
const sliceMs = Number(process.env.SLICE_MS ?? 60)
const warmUpMs = Number(process.env.WARM_UP_MS ?? 1000)
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
const short = (value) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)))

/** Runs an act for one slice and answers how often it ran per second of processor time. */
function slice(act) {
  const began = performance.now()
  const before = process.cpuUsage()
  let times = 0
  do {
    act()
    times += 1
  } while (performance.now() - began < sliceMs)
  const { user, system } = process.cpuUsage(before)
  return (times * 1e6) / Math.max(1, user + system)
}

/** Medians of interleaved slices of every contender, times `unit`. */
function compare(contenders, unit = 1) {
  const found = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  // The engine compiles what runs often a second time, in the background: long enough a start that this is over.
  for (const act of Object.values(contenders)) {
    const began = performance.now()
    let times = 0
    while (times < 3 || (times < 20_000 && performance.now() - began < warmUpMs)) {
      act()
      times += 1
    }
  }
  for (let round = 0; round < rounds; round++) for (const [name, act] of Object.entries(contenders)) found[name].push(slice(act) * unit)
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, median(values)]))
}

const table = {}
const ratios = {}
function report(name, figures, wanted) {
  table[name] = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, short(value)]))
  for (const [peer, least] of Object.entries(wanted)) {
    const ratio = figures.ours / figures[peer]
    ratios[`${name} / ${peer}`] = { ratio: short(ratio), wanted: least, reached: ratio >= least }
  }
}

const text = Buffer.from('关于印发《办公用房管理办法》的通知')
{
  const keys = Array.from({ length: 64 }, () => ours.generateSm2KeyPair())
  const [{ privateKey, publicKey }] = keys
  const signer = ours.sm2Signer(privateKey)
  const signatures = keys.map((key) => ours.sm2Sign(key.privateKey, text))
  const prepared = ours.prepareSm2PublicKey(publicKey)
  // A freshly generated key object of Node signs ECDSA; read back from PEM it signs SM2 (with an empty identifier).
  const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' })
  const nodeKey = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const nodeOwnPublic = createPublicKey(nodeKey)
  const nodeSignature = sign('sm3', text, nodeKey)
  const hexPrivate = ours.toHex(privateKey)
  const hexPublic = ours.toHex(publicKey)
  const options = { hash: true, der: true, publicKey: hexPublic }
  const theirSignature = smCrypto.sm2.doSignature([...text], hexPrivate, options)
  if (!smCrypto.sm2.doVerifySignature([...text], ours.toHex(signatures[0]), hexPublic, options)) throw new Error('sm-crypto disagrees')
  if (!verify('sm3', text, nodeOwnPublic, nodeSignature)) throw new Error('OpenSSL disagrees with itself')

  let i = 0
  report('SM2 sign', compare({
    ours: () => signer.sign(text),
    openssl: () => sign('sm3', text, nodeKey),
    'sm-crypto': () => smCrypto.sm2.doSignature([...text], hexPrivate, options),
  }), { openssl: 10, 'sm-crypto': 400 })
  report('SM2 verify, fresh key', compare({
    ours: () => {
      i = (i + 1) & 63
      if (!ours.sm2Verify(keys[i].publicKey, text, signatures[i])) throw new Error('wrong')
    },
    openssl: () => verify('sm3', text, nodeOwnPublic, nodeSignature),
    'sm-crypto': () => smCrypto.sm2.doVerifySignature([...text], theirSignature, hexPublic, options),
  }), { openssl: 2.5 })
  report('SM2 verify, prepared key', compare({
    ours: () => prepared.verify(text, signatures[0]),
    openssl: () => verify('sm3', text, nodeOwnPublic, nodeSignature),
  }), { openssl: 10 })
  report('SM2 key pair', compare({ ours: () => ours.generateSm2KeyPair(), openssl: () => generateKeyPairSync('ec', { namedCurve: 'SM2' }) }), {})
}

const [key, iv, nonce] = [randomBytes(16), randomBytes(16), randomBytes(12)]
// Large first, so that the small ones meet compiled code whatever else the machine is doing.
const sizes = { '10 MB': 10_485_760, '1 MB': 1_048_576, '64 KB': 65_536, '1 KB': 1024 }
const through = (cipher, bytes) => Buffer.concat([cipher.update(bytes), cipher.final()])
for (const [name, size] of Object.entries(sizes)) {
  const bytes = randomBytes(size)
  const unit = size / 1e6
  report(`SM3 MB/s, ${name}`, compare({ ours: () => ours.sm3(bytes), openssl: () => createHash('sm3').update(bytes).digest() }, unit), { openssl: 0.9 })
  report(`SM4-CBC encrypt MB/s, ${name}`, compare({
    ours: () => ours.sm4CbcEncrypt(key, iv, bytes),
    openssl: () => through(createCipheriv('sm4-cbc', key, iv), bytes),
  }, unit), { openssl: 0.9 })
  const sealed = through(createCipheriv('sm4-cbc', key, iv), bytes)
  report(`SM4-CBC decrypt MB/s, ${name}`, compare({
    ours: () => ours.sm4CbcDecrypt(key, iv, sealed),
    openssl: () => through(createDecipheriv('sm4-cbc', key, iv), sealed),
  }, unit), { openssl: 0.9 })
  report(`SM4-GCM MB/s (OpenSSL: CTR without authentication), ${name}`, compare({
    ours: () => ours.sm4GcmEncrypt(key, nonce, bytes),
    openssl: () => through(createCipheriv('sm4-ctr', key, iv), bytes),
  }, unit), { openssl: 1 })
}

const wasm = Buffer.from(coreBytes, 'base64')
const program = `
  const { prepareSmCore, sm3, generateSm2KeyPair, sm2Sign } = await import(process.argv[1])
  const now = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
  const marks = [now()]
  await prepareSmCore(); sm3(new Uint8Array(8)); marks.push(now())
  sm2Sign(generateSm2KeyPair().privateKey, new Uint8Array(8)); marks.push(now())
  console.log(JSON.stringify({ start: marks[1] - marks[0], firstSignature: marks[2] - marks[1] }))`
const starts = Array.from({ length: rounds }, () =>
  JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program, fileURLToPath(new URL('index.js', dist))], { encoding: 'utf8' })))
const startMs = median(starts.map((each) => each.start))
const size = { bytes: wasm.length, gzipped: gzipSync(wasm, { level: 9 }).length }
ratios['module kB gzipped'] = { ratio: short(size.gzipped / 1000), wanted: '≤ 20', reached: size.gzipped <= 20_000 }
ratios['start ms'] = { ratio: short(startMs), wanted: '≤ 20', reached: startMs <= 20 }

process.stdout.write(`${JSON.stringify({
  machine: { node: process.version, openssl: process.versions.openssl, smCrypto: JSON.parse(readFileSync(createRequire(import.meta.url).resolve('sm-crypto/package.json'))).version },
  figures: table,
  start: { moduleMs: short(startMs), firstKeyAndSignatureMs: short(median(starts.map((each) => each.firstSignature))) },
  module: size,
  targets: ratios,
}, null, 2)}\n`)
