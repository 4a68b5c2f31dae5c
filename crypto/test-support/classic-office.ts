/** RSA and ECDSA signers and a time stamp service, made by openssl. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClassicCertificate, parseClassicCertificate } from '../src/classic/certificate.ts'
import { type ClassicSigner, classicSigner } from '../src/classic/signed-data.ts'
import { parseTimestampResponse } from '../src/timestamp/timestamp.ts'

/** A folder for openssl and other peers; `close` removes it. */
export interface ClassicOffice {
  readonly folder: string
  readonly root: ClassicCertificate
  readonly rsa: ClassicSigner
  readonly ecdsa: ClassicSigner
  /** An RFC 3161 token by openssl over the bytes, SHA-256 and RSA. */
  stamp(signature: Uint8Array): Promise<Uint8Array>
  close(): void
}

const tsaConfig = `[tsa]
default_tsa=one
[one]
serial=serial
signer_digest=sha256
default_policy=1.2.3.4
digests=sha256
accuracy=secs:1
ess_cert_id_chain=no
ess_cert_id_alg=sha256
crypto_device=builtin
`

/** Makes the office: one RSA authority, two signers and a time stamp service under it. */
export async function aClassicOffice(): Promise<ClassicOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'xiewen-classic-office-'))
  const at = (name: string): string => join(folder, name)
  const openssl = (line: string): Buffer =>
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const usage = 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n'
  writeFileSync(at('leaf.cnf'), usage)
  writeFileSync(at('stamp.cnf'), `${usage}extendedKeyUsage=critical,timeStamping\n`)
  writeFileSync(at('tsa.cnf'), tsaConfig)
  writeFileSync(at('serial'), '01\n')
  const fresh = { rsa: 'rsa:2048', ecdsa: 'ec -pkeyopt ec_paramgen_curve:P-256', tsa: 'rsa:2048' } as const
  openssl(
    'req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=Classic-root -addext keyUsage=critical,keyCertSign,cRLSign',
  )
  const der = (name: string): Uint8Array => readFileSync(at(name))
  openssl('x509 -in ca.pem -outform DER -out ca.cer')
  for (const name of ['rsa', 'ecdsa', 'tsa'] as const) {
    const extensions = name === 'tsa' ? 'stamp.cnf' : 'leaf.cnf'
    openssl(`req -new -newkey ${fresh[name]} -nodes -keyout ${name}.key -out ${name}.csr -subj /CN=${name}-signer`)
    openssl(`x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 20 -extfile ${extensions} -out ${name}.pem`)
    openssl(`x509 -in ${name}.pem -outform DER -out ${name}.cer`)
    openssl(`pkcs8 -topk8 -nocrypt -in ${name}.key -outform DER -out ${name}.p8`)
  }
  const signer = (name: string): Promise<ClassicSigner> =>
    classicSigner(der(`${name}.p8`), [der(`${name}.cer`), der('ca.cer')])
  return {
    folder,
    root: parseClassicCertificate(der('ca.cer')),
    rsa: await signer('rsa'),
    ecdsa: await signer('ecdsa'),
    stamp: (signature) => {
      writeFileSync(at('stamped'), signature)
      openssl('ts -query -data stamped -sha256 -cert -out query.tsq')
      openssl('ts -reply -config tsa.cnf -section one -queryfile query.tsq -signer tsa.pem -inkey tsa.key -out reply.tsr')
      return Promise.resolve(parseTimestampResponse(der('reply.tsr')))
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}
