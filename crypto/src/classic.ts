/** Door `@xiewen/crypto/classic`: RSA and ECDSA certificates and CMS, PKCS#12. Apart from the main door because it brings node-forge. */
export {
  type ClassicCertificate,
  type ClassicChainResult,
  parseClassicCertificate,
  verifyClassicChain,
  verifyClassicSignature,
} from './classic/certificate.ts'
export { classicMethod } from './classic/pdf-method.ts'
export { importPkcs12, type Pkcs12Contents } from './classic/pkcs12.ts'
export {
  buildClassicSignedData,
  classicSigner,
  type ClassicSigner,
  type ClassicSignOrder,
} from './classic/signed-data.ts'
