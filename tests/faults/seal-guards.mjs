// Attack or rule → guard → test. Taking the guard away as `from` → `to` says must turn that test red: `npm run prove:seals -- [--only=ID,…]`.
// V: cases of crypto/ATTACKS.md. S: the life and use of seals in the product. B: their books. R: revocation lists. E: envelopes.
const verify = 'crypto/src/verify'
const rules = 'shared/src/seals/rules'
const seals = 'server/src/seals'
const scenarios = 'tests/scenarios/seals'
const tests = {
  file: `${verify}/verify-file.test.ts`,
  kinds: `${verify}/kinds.test.ts`,
  cms: `${verify}/cms.test.ts`,
  ofd: `${verify}/ofd.test.ts`,
  insider: `${verify}/insider.test.ts`,
  impress: 'crypto/src/pdf/impress.test.ts',
  sm2: 'crypto/src/sign/sm2.test.ts',
  der: 'crypto/src/asn1/der.test.ts',
  x509: 'crypto/src/x509/x509.test.ts',
  attacks: 'crypto/src/attacks.test.ts',
  rules: `${rules}/rules.test.ts`,
  reconcile: `${rules}/reconcile.test.ts`,
  refusals: `${scenarios}/refusals.test.ts`,
  custody: `${scenarios}/custody.test.ts`,
  lending: `${scenarios}/lending.test.ts`,
  together: `${scenarios}/together.test.ts`,
  outside: `${scenarios}/outside.test.ts`,
  books: `${scenarios}/books.test.ts`,
  envelope: 'tests/scenarios/archive/envelope.test.ts',
  opinions: 'tests/scenarios/workflow/rights-and-trust.test.ts',
}

const verifier = [
  { id: 'V01', what: 'the digest in the signature is that of the file', file: `${verify}/seal-checks.ts`, from: "  if (!equalBytes(signature.dataHash, dataHash)) reasons.push(reason('digest-mismatch'))\n", to: '', test: tests.file, name: 'V01' },
  { id: 'V02', what: 'nothing hides in the padding of the signature value', file: `${verify}/pdf-signature.ts`, from: "    if (contents.subarray(length).some((byte) => byte !== 0)) return reason('contents-padding')\n", to: '', test: tests.file, name: 'V02' },
  { id: 'V03', what: 'a signature covers the file from its first byte', file: `${verify}/pdf-signature.ts`, from: "  if (start !== 0) return reason('byte-range-start', { start })\n", to: '', test: tests.file, name: 'V03' },
  { id: 'V04', what: 'the hole is the signature value and nothing more', file: `${verify}/pdf-signature.ts`, from: 'holeStart !== contents.start || holeEnd !== contents.end || rest === 0', to: 'rest === 0', test: tests.file, name: 'V04' },
  { id: 'V05', what: 'a signature whose object cannot be read is named, not passed over', file: `${verify}/pdf-signature.ts`, from: '    found.push(object ?? { offset: at, number: -1, dictionary: null })\n', to: '    if (object !== null) found.push(object)\n', test: tests.file, name: 'V05' },
  { id: 'V06', what: 'whatever follows the last seal is a change', file: `${verify}/verify-pdf.ts`, from: "    return coveredBytes === bytes.length\n      ? null\n      : reason('changed-after', { what: 'appended', bytes: bytes.length - coveredBytes })", to: '    return null', test: tests.file, name: 'V06' },
  { id: 'V07', what: 'so are loose bytes', file: `${verify}/verify-pdf.ts`, from: "    return coveredBytes === bytes.length\n      ? null\n      : reason('changed-after', { what: 'appended', bytes: bytes.length - coveredBytes })", to: '    return null', test: tests.file, name: 'V07' },
  { id: 'V08', what: 'a copied signature covers its own hole or none', file: `${verify}/pdf-signature.ts`, from: 'holeStart !== contents.start || holeEnd !== contents.end || rest === 0', to: 'rest === 0', test: tests.file, name: 'V08' },
  { id: 'V09', what: 'between two seals there is no revision', file: `${verify}/revision.ts`, from: ' || chain(earlier) !== chain(previous.sections)', to: '', test: tests.file, name: 'V09' },
  { id: 'V10', what: 'a further seal touches no object but those it explains', file: `${verify}/revision.ts`, from: 'isNew ? referenced.has(number) : !explained.has(number)', to: 'isNew && referenced.has(number)', test: tests.insider, name: 'an existing stream replaced' },
  { id: 'V11', what: 'form fields are not sealed', file: 'crypto/src/pdf/preflight.ts', from: "throw refuse('form-field')", to: 'continue', test: tests.impress, name: 'V11' },
  { id: 'V12a', what: 'bytes that no table names are not sealed', file: 'crypto/src/pdf/preflight.ts', from: '  assertEveryByteKnown(file)\n', to: '', test: tests.impress, name: 'V12' },
  { id: 'V12b', what: 'a number that old objects point at is no new object', file: `${verify}/revision.ts`, from: 'isNew ? referenced.has(number) : !explained.has(number)', to: '!isNew && !explained.has(number)', test: tests.insider, name: 'V12' },
  { id: 'V13', what: 'a stamp that names no seal is an annotation over the text', file: `${verify}/revision.ts`, from: "  if (!sameValue(owner, field)) return 'annotation'\n", to: '', test: tests.insider, name: 'V13' },
  { id: 'V14', what: 'a further seal is no larger than seals are', file: `${verify}/revision.ts`, from: /  if \(!\(Math\.abs\(right - left\) <= most .*\n/, to: '', test: tests.kinds, name: 'V14' },
  { id: 'V15a', what: 'a file certified against any change (DocMDP 1) takes no further seal', file: `${verify}/verify-pdf.ts`, from: 'certification === 1 && coveredBytes > 0 && coveredBytes < bytes.length', to: 'false', test: tests.kinds, name: 'V15 a certified file' },
  { id: 'V15b', what: 'catalogue and certifying signature say the same (DocMDP)', file: `${verify}/verify-pdf.ts`, from: 'checkCertification(revision.file, { number: found.number, level })', to: '[]', test: tests.kinds, name: 'V15 permissions without' },
  { id: 'V15c', what: 'only the first signature certifies (DocMDP)', file: 'crypto/src/pdf/impress.ts', from: "throw new CryptoError('pdf.refused', 'only the first signature can certify', { reason: 'not-first' })", to: 'void 0', test: tests.kinds, name: 'V15 only the first' },
  { id: 'V16', what: 'files that act on opening are not sealed', file: 'crypto/src/pdf/preflight.ts', from: /  for \(const key of \['OpenAction', 'AA'\]\).*\n/, to: '', test: tests.impress, name: 'V16 scripts' },
  { id: 'V17', what: 'files with layers are not sealed', file: 'crypto/src/pdf/preflight.ts', from: "  if (dictionary.entries.has('OCProperties')) throw refuse('layers')\n", to: '', test: tests.impress, name: 'V17' },
  { id: 'V18', what: 'encrypted files are not sealed', file: 'crypto/src/pdf/preflight.ts', from: "  if (file.sections.some((section) => section.trailer.entries.has('Encrypt'))) throw refuse('encrypted')\n", to: '', test: tests.impress, name: 'V18' },
  { id: 'V19a', what: 'a page tree that contains itself ends', file: 'crypto/src/pdf/file.ts', from: "    if (seen.has(reference.number) || seen.size > 200_000) throw new CryptoError('pdf.malformed', 'page tree is a loop')\n", to: '', test: tests.impress, name: 'page tree that contains itself' },
  { id: 'V19b', what: 'a chain of tables that points at itself ends', file: 'crypto/src/pdf/xref.ts', from: "    if (pointsOn || (section.previous !== null && section.previous === section.offset))\n      throw malformed('/Prev does not point back', next)\n", to: '', test: tests.impress, name: 'points at itself' },
  { id: 'V20', what: 'a PDF begins with its header', file: 'crypto/src/pdf/file.ts', from: "    if (!/^%PDF-[12]\\.\\d/.test(fromLatin1(bytes.subarray(0, 8))))\n      throw new CryptoError('pdf.malformed', 'no PDF header')\n", to: '', test: tests.impress, name: 'V20 something in front of the header, with' },
  { id: 'V21', what: 'who signs is on the list of the seal', file: `${verify}/seal-checks.ts`, from: 'if (!isSealHolder(seal, signature.certificate.raw)) {', to: 'if (false) {', test: tests.file, name: 'V21' },
  { id: 'V22', what: 'an SM2 signature goes with SM3', file: 'crypto/src/cms/any-signed-data.ts', from: '    if (digestAlgorithm !== oids.sm3 || !smAlgorithms.includes(signatureAlgorithm)) return null\n', to: '', test: tests.cms, name: 'V22 SHA-256 under an SM2 signature, in attributes' },
  { id: 'V23a', what: 'attributes without the digest of the text sign nothing', file: 'crypto/src/cms/any-signed-data.ts', from: 'stated === undefined || !equalBytes', to: 'stated !== undefined && !equalBytes', test: tests.cms, name: 'V23 no messageDigest' },
  { id: 'V23b', what: 'attributes stand in DER order', file: 'crypto/src/cms/signed-data.ts', from: 'if (parts.some((part, i) => !equalBytes(part.raw, sorted[i] ?? part.raw))) {', to: 'if (false) {', test: tests.cms, name: 'V23 attributes in another order' },
  { id: 'V24a', what: 'there is one signer', file: 'crypto/src/cms/any-signed-data.ts', from: 'info === undefined || others.length > 0', to: 'info === undefined', test: tests.cms, name: 'V24 two signers' },
  { id: 'V24b', what: 'one certificate has that name and number', file: 'crypto/src/cms/any-signed-data.ts', from: ' && rest.every((each) => equalBytes(each.certificate.raw, first.certificate.raw))', to: '', test: tests.cms, name: 'V24 a second certificate' },
  { id: 'V25', what: 'nothing follows the object', file: 'crypto/src/asn1/der-read.ts', from: "  if (node.raw.length !== bytes.length)\n    throw malformed('bytes follow the element', { extra: bytes.length - node.raw.length })\n", to: '', test: tests.cms, name: 'V25 bytes behind' },
]

const algorithms = [
  { id: 'V30a', what: 'r and s are numbers from 1 to n − 1', file: 'crypto/src/core/plain-sm2.ts', from: '!isScalar(r) || !isScalar(s) || t === 0n', to: 't === 0n', test: tests.sm2, name: 'r or s outside' },
  { id: 'V30b', what: 'r + s is not n', file: 'crypto/src/core/plain-sm2.ts', from: ' || t === 0n || key === null', to: ' || key === null', test: tests.sm2, name: 'r \\+ s = n' },
  { id: 'V31a', what: 'lengths are written in one way', file: 'crypto/src/asn1/der-read.ts', from: "  if (length < 0x80 || byteAt(bytes, offset + 1) === 0) throw malformed('length is not in its shortest form')\n", to: '', test: tests.der, name: 'leading zero in the length' },
  { id: 'V31b', what: 'the numbers of a signature are not negative', file: 'crypto/src/sign/signature.ts', from: 'if (first >= 0x80 || ', to: 'if (', test: tests.sm2, name: 'a negative integer' },
  { id: 'V32', what: 'a private key has 32 bytes', file: 'crypto/src/sign/scalar.ts', from: "  if (bytes.length !== 32) throw new CryptoError('key.malformed', 'private key must be 32 bytes')\n", to: '', test: tests.sm2, name: 'a wrong length' },
  { id: 'V33', what: 'the signed digest begins with Z', file: 'crypto/src/sign/verify.ts', from: '  const digest = sm3(identity, message)\n', to: '  const digest = sm3(message)\n', test: tests.sm2, name: 'a digest made without Z' },
  { id: 'V34a', what: 'a key names the SM2 curve', file: 'crypto/src/keys/pkcs8.ts', from: " || readOid(curve, 'curve') !== oids.sm2Curve", to: '', test: tests.x509, name: 'V34' },
  { id: 'V34b', what: 'a public key lies on the curve', file: 'crypto/src/sign/point.ts', from: "  if (!smCore().sm2.isOnCurve(point)) throw new CryptoError('key.off-curve', 'point is not on the SM2 curve')\n", to: '', test: tests.x509, name: 'V34' },
  { id: 'V35a', what: 'a private key lies in [1, n − 2]', file: 'crypto/src/sign/scalar.ts', from: "  if (!isScalarUpTo(bytes, largestPrivateKey))\n    throw new CryptoError('key.out-of-range', 'private key must be in [1, n-2]')\n", to: '', test: tests.x509, name: 'V35' },
  { id: 'V35b', what: 'a public key that comes along is that of the private one', file: 'crypto/src/keys/pkcs8.ts', from: "  if (claimed !== undefined && !equalBytes(readBits(readChildren(claimed)[0], 'public key'), publicKey)) {", to: '  if (false) {', test: tests.x509, name: 'V35' },
  { id: 'V36', what: 'a nonce is drawn anew for every signature', file: 'crypto/src/sign/nonce.ts', from: "  if (kind === 'random') return () => randomScalar(random, largestNonce)\n", to: '', test: tests.attacks, name: 'V36' },
  { id: 'V37', what: 'a key is marked as an elliptic one', file: 'crypto/src/keys/pkcs8.ts', from: "readOid(type, 'key type') !== oids.ecPublicKey || ", to: '', test: tests.x509, name: 'V37' },
  { id: 'V38a', what: 'a signed opinion has one spelling', file: 'server/src/workflow/opinions.ts', from: 'const valid = isCanonical && ', to: 'const valid = ', test: tests.opinions, name: 'V38' },
  { id: 'V38b', what: 'the canonical text of opinions orders its names', file: 'shared/src/base/canonical.ts', from: '      .sort(([a], [b]) => (a < b ? -1 : 1))\n', to: '', test: tests.opinions, name: 'V38' },
  { id: 'V39', what: 'the point of a ciphertext lies on the curve', file: 'crypto/src/core/plain-sm2.ts', from: '  return isOnCurve(point) ? point : null\n', to: '  return point\n', test: tests.sm2, name: 'V39' },
  { id: 'V40', what: 'numbers are written without zeros in front', file: 'crypto/src/sign/signature.ts', from: '  while (at < from + 31 && signature[at] === 0) at++\n', to: '', test: tests.sm2, name: 'round trips keep working' },
]

const certificates = [
  { id: 'V41', what: 'anchors are those the caller trusts, never what the file brings along', file: 'crypto/src/x509/chain.ts', from: 'while (!request.trust.some((anchor)', to: 'while (![...request.trust, ...(request.links ?? [])].some((anchor)', test: tests.cms, name: 'V41' },
  { id: 'V42a', what: 'a certificate is good at the moment of sealing', file: 'crypto/src/x509/chain.ts', from: '...(request.at > certificate.notAfter', to: '...(false', test: tests.file, name: 'V42' },
  { id: 'V42b', what: 'the moment is that of the trusted stamp', file: `${verify}/seal-checks.ts`, from: '  const at = time.time.at ?? signedAt\n', to: '  const at = signedAt\n', test: tests.kinds, name: 'V42' },
  { id: 'V43a', what: 'a certificate revoked before sealing condemns', file: 'crypto/src/x509/chain.ts', from: 'revocation !== undefined && revocation.revokedAt <= request.at', to: 'false', test: tests.file, name: 'V43' },
  { id: 'V43b', what: 'a stale list clears nobody', file: `${verify}/trust.ts`, from: "  return lists.some((list) => isFresh(list) || cameAfter(list)) ? 'good' : 'stale'\n", to: "  return 'good'\n", test: tests.cms, name: 'a stale list clears nobody' },
  { id: 'V43c', what: 'a list counts only with its issuer’s signature', file: 'crypto/src/x509/revocation-list.ts', from: ' && sm2Verify(authority.publicKey, list.tbs, list.signature)', to: '', test: tests.cms, name: 'a stale list clears nobody' },
  { id: 'V44a', what: 'an authority’s certificate seals nothing', file: 'crypto/src/x509/chain.ts', from: 'signs && !leaf.isAuthority && hasPurpose(leaf, purpose)', to: 'hasPurpose(leaf, purpose)', test: tests.file, name: 'V44' },
  { id: 'V44b', what: 'a signer’s certificate issues nothing', file: 'crypto/src/x509/chain.ts', from: 'mayIssue && !tooLong', to: 'true', test: tests.file, name: 'V44' },
  { id: 'V45a', what: 'a seal stands where its signature says', file: `${verify}/verify-pdf.ts`, from: 'checkPlace(value.sealSignature, opened)', to: '[]', test: tests.file, name: 'V45' },
  { id: 'V45b', what: 'so does every strip over the seam', file: `${verify}/verify-pdf.ts`, from: 'checkPlace(value.sealSignature, opened)', to: '[]', test: tests.kinds, name: 'V45' },
  { id: 'V46a', what: 'the maker has signed the seal', file: `${verify}/seal-checks.ts`, from: "  if (!isSealGenuine(seal)) reasons.push(reason('seal-maker-signature'))\n", to: '', test: tests.file, name: 'V46 a seal whose maker' },
  { id: 'V46b', what: 'the maker is one we accept', file: `${verify}/seal-checks.ts`, from: "...(listed ? [] : [reason('maker-untrusted', { serial: makerCertificate.serial })])", to: '', test: tests.file, name: 'V46 a seal made by' },
  { id: 'V46c', what: 'an expired seal seals nothing', file: `${verify}/seal-checks.ts`, from: "  if (at > seal.validUntil) reasons.push(reason('seal-expired', { validUntil: seal.validUntil, signedAt: at }))\n", to: '', test: tests.file, name: 'V46 used before' },
  { id: 'V47', what: 'digests of certificates are a list too', file: `${verify}/seal-checks.ts`, from: 'if (!isSealHolder(seal, signature.certificate.raw)) {', to: 'if (false) {', test: tests.file, name: 'a list of digests' },
  { id: 'V48a', what: 'a stamp is over this very signature', file: 'crypto/src/timestamp/any-timestamp.ts', from: "if (expected === null || !equalBytes(readOctets(digest, 'digest'), expected)) {", to: 'if (false) {', test: tests.kinds, name: 'V48' },
  { id: 'V48b', what: 'a stamp counts by a trusted service only', file: `${verify}/trust.ts`, from: '  if (found.reasons.length > 0) return { time: claimed, reasons: found.reasons.slice(0, 1), notes: [] }\n', to: '', test: tests.kinds, name: 'V48' },
  { id: 'V49', what: 'a seal copied to another document is none', file: `${verify}/seal-checks.ts`, from: "  if (!equalBytes(signature.dataHash, dataHash)) reasons.push(reason('digest-mismatch'))\n", to: '', test: tests.file, name: 'V49' },
]

const ofd = [
  { id: 'V50a', what: 'no two entries have one name', file: 'crypto/src/ofd/zip.ts', from: "    if (seen.has(folded)) throw refused('two entries have one name', { name })\n", to: '', test: tests.ofd, name: 'V50' },
  { id: 'V50b', what: 'entry and directory name the same file', file: 'crypto/src/ofd/zip.ts', from: '    fromLatin1(localName) === fromLatin1(nameBytes) &&\n', to: '', test: tests.ofd, name: 'V50' },
  { id: 'V51', what: 'every file of the package is under the seal', file: `${verify}/verify-ofd.ts`, from: /    \.\.\.\(uncovered\.length > 0 \? \[reason.*\n/, to: '', test: tests.ofd, name: 'V51' },
  { id: 'V52a', what: 'a package has one document', file: 'crypto/src/ofd/xml.ts', from: '  if (more.length > 0) throw new CryptoError', to: '  if (false) throw new CryptoError', test: tests.ofd, name: 'V52' },
  { id: 'V52b', what: 'every referenced file has its digest', file: `${verify}/verify-ofd.ts`, from: 'bytes === null || !equalBytes(sm3(bytes), check) || ', to: 'bytes === null || ', test: tests.ofd, name: 'V52' },
  { id: 'V53', what: 'digests are SM3', file: `${verify}/verify-ofd.ts`, from: /  if \(!checkMethods\.includes\(signature\.checkMethod\)\).*\n/, to: '', test: tests.ofd, name: 'V53' },
  { id: 'V54a', what: 'XML holds elements and text only', file: 'crypto/src/ofd/xml.ts', from: "    if (match === null) throw malformed('something other than an element', at)\n", to: "    if (match === null) {\n      at = text.indexOf('>', at) + 1\n      continue\n    }\n", test: tests.ofd, name: 'V54' },
  { id: 'V54b', what: 'XML speaks one vocabulary', file: 'crypto/src/ofd/xml.ts', from: / {4}if \(\/\^xmlns.*\n/, to: '', test: tests.ofd, name: 'V54' },
  { id: 'V55a', what: 'what is unpacked has a limit', file: 'crypto/src/pdf/budget.ts', from: "    if (this.#inflated > this.limits.maxInflatedBytes)\n      throw new CryptoError('pdf.too-large', 'too much compressed data')\n", to: '', test: tests.ofd, name: 'V55' },
  { id: 'V55b', what: 'links and encrypted entries are refused', file: 'crypto/src/ofd/zip.ts', from: 'if ((flags & 0x2041) !== 0 || (method !== 0 && method !== 8) || isLink || u16(34) !== 0) {', to: 'if (false) {', test: tests.ofd, name: 'V55' },
  { id: 'V56', what: 'a stamp stands on a page of the document', file: `${verify}/verify-ofd.ts`, from: "    ...(places === null ? [reason('position-mismatch', { claimed: signature.path })] : []),\n", to: '', test: tests.ofd, name: 'V56' },
  { id: 'V57', what: 'an annotation that no seal covers is a change', file: `${verify}/verify-ofd.ts`, from: /    \.\.\.\(uncovered\.length > 0 \? \[reason.*\n/, to: '', test: tests.ofd, name: 'V57' },
]

const use = [
  { id: 'V60a', what: 'only the permitted file is sealed (its digest)', file: `${rules}/use.ts`, from: "  if (permit.digest !== scene.currentDigest) return refuse('seals.wrong-digest')\n", to: '', test: tests.refusals, name: 'a PDF that is not the permitted one' },
  { id: 'V60b', what: 'an approval is for the file applied for', file: `${rules}/use.ts`, from: "  if (scene.currentDigest !== scene.digest) return refuse('seals.wrong-digest')\n", to: '', test: tests.refusals, name: 'an approval counts' },
  { id: 'V61a', what: 'a permit is used once', file: `${rules}/use.ts`, from: "  if (permit?.usedAt != null) return refuse('seals.permit-used')\n", to: '', test: tests.refusals, name: 'a second request' },
  { id: 'V61b', what: 'what was made over another file is not stored', file: `${seals}/impressing.ts`, from: "  if (ready.value.blob !== prepared.base || ready.value.ofd !== prepared.ofdBase) return refuse('base.conflict')\n", to: '', test: `${scenarios}/joint.test.ts`, name: 'two keepers at once' },
  { id: 'V62a', what: 'a lending begins by the clock, to the moment', file: `${seals}/scene.ts`, from: 'isInForce(lending, now) && ', to: 'lending !== null && ', test: tests.lending, name: 'from its first moment to its last' },
  { id: 'V62b', what: 'who has left the post keeps nothing', file: `${seals}/scene.ts`, from: '(await personOfPost(db, lending.post_id))?.personId === lending.person_id', to: 'true', test: tests.lending, name: 'a colleague who has left it' },
  { id: 'V63a', what: 'the register speaks of VALID files only', file: `${seals}/verification.ts`, from: "report.verdict === 'VALID' ? await findImpressionByDigest(db, report.digest) : null", to: 'await findImpressionByDigest(db, report.digest)', test: tests.outside, name: 'is made usable by keeper' },
  { id: 'V63b', what: 'and of VALID seals only', file: `${seals}/verification.ts`, from: "signature.verdict !== 'VALID' || signature.signer === null", to: 'signature.signer === null', test: tests.outside, name: 'is made usable by keeper' },
  { id: 'S01', what: 'only a permit in time is used', file: `${rules}/use.ts`, from: "  if (permit && permit.validUntil <= scene.now) return refuse('seals.permit-expired')\n", to: '', test: tests.rules, name: 'permit-expired' },
  { id: 'S02', what: 'only the keeper impresses', file: `${rules}/use.ts`, from: "  if (!scene.keeperPersonIds.includes(scene.actorPersonId)) return refuse('seals.not-keeper')\n", to: '', test: tests.refusals, name: 'others than the keeper' },
  { id: 'S03', what: 'nobody seals what they drafted, applied for or approved', file: `${rules}/use.ts`, from: "  if (involved.includes(scene.actorPersonId)) return refuse('seals.keeper-involved')\n", to: '', test: tests.refusals, name: 'a keeper who drafted' },
  { id: 'S04', what: 'a suspended seal seals nothing', file: `${rules}/use.ts`, from: "  if (scene.sealState !== 'active') return refuse('seals.not-active')\n  if (scene.certificateUntil", to: '  if (scene.certificateUntil', test: tests.refusals, name: 'a suspended seal' },
  { id: 'S05', what: 'a seal keeps to its lawful place', file: `${rules}/place.ts`, from: 'if (!isInside) return', to: 'if (false) return', test: tests.refusals, name: 'lawful place' },
  { id: 'S06a', what: 'sealing and approving need a proof of identity of the last minutes (step-up)', file: 'server/src/platform/http/routes.ts', from: 'actor?.provenUntil != null && actor.provenUntil > world.clock.now()', to: 'actor?.provenUntil != null', test: tests.refusals, name: 'older than five minutes' },
  { id: 'S06b', what: 'the proof is five minutes old at most', file: 'server/src/directory/sessions.ts', from: 'export const proofMs = 5 * 60_000', to: 'export const proofMs = 50 * 60_000', test: tests.refusals, name: 'older than five minutes' },
  { id: 'S06c', what: 'impressing asks for the proof itself', file: `${rules}/use.ts`, from: "  if (scene.provenUntil === null || scene.provenUntil <= scene.now) return refuse('base.step-up-required')\n", to: '', test: tests.rules, name: 'step-up-required' },
  { id: 'S07a', what: 'proposing, approving, making and ending take different people', file: `${rules}/seal-life.ts`, from: "  if (others.includes(actorPersonId)) return refuse('seals.own-act')\n", to: '', test: tests.rules, name: 'a seal’s life' },
  { id: 'S07b', what: 'so do the steps of a renewal', file: `${rules}/renewal.ts`, from: 'actorPersonId === askerId || actorPersonId === approverId ?', to: 'false ?', test: tests.rules, name: 'a renewal is asked for' },
  { id: 'S07c', what: 'nobody approves their own application', file: `${rules}/use.ts`, from: "  if (scene.approverPersonId === scene.applicantPersonId) return refuse('seals.own-application')\n", to: '', test: tests.rules, name: 'comes from neither' },
  { id: 'S08a', what: 'one person holds one right in a seal', file: `${seals}/custody.ts`, from: '  if (held !== null) return held === right\n', to: '  if (held !== null) return true\n', test: tests.custody, name: 'one person holds one' },
  { id: 'S08b', what: 'the database itself says so', file: `${seals}/custody.ts`, from: ".columns(['seal_id', 'person_id']).unique()", to: ".columns(['seal_id', 'person_id'])", test: tests.custody, name: 'one person holds one' },
  { id: 'S08c', what: 'a deputy who holds another right does not impress', file: `${seals}/impressing.ts`, from: "  if (!(await mayKeep(ctx, used))) return refuse('seals.rights-apart')\n", to: '', test: tests.custody, name: 'a deputy of the keeper' },
  { id: 'S09a', what: 'a seal is lent to a colleague of its organ', file: `${rules}/lending.ts`, from: "  if (borrower.organId !== scene.custodianId) return refuse('seals.not-of-custodian')\n", to: '', test: tests.lending, name: 'is refused to strangers' },
  { id: 'S09b', what: 'and never to who holds another right in it', file: `${seals}/use-cases/lend.ts`, from: "  if (held !== null && held !== 'keep') return refuse('seals.rights-apart')\n", to: '', test: tests.lending, name: 'is refused to strangers' },
  { id: 'S09c', what: 'for sixty days at most, and not for the past', file: `${rules}/lending.ts`, from: 'return isSound ? accept(null)', to: 'return true ? accept(null)', test: tests.lending, name: 'is refused to strangers' },
  { id: 'S09d', what: 'each of the two is told what the other did', file: `${seals}/impressing.ts`, from: '  await tellOther(ctx, used, row, impressionId)\n', to: '', test: tests.lending, name: 'from its first moment to its last' },
  { id: 'S09e', what: 'handing over ends a lending', file: `${seals}/use-cases/hand-over.ts`, from: '  if (lending) await endLending(ctx, lending, seal)\n', to: '', test: tests.lending, name: 'handed over' },
  { id: 'S10a', what: 'a batch is no longer than one can look at', file: 'shared/src/seals/contract.ts', from: '.min(1).max(mostTogether)', to: '.min(1)', test: tests.together, name: 'a page of orders' },
  { id: 'S10b', what: 'a file that cannot be sealed does not hold up the others of its batch', file: `${seals}/use-cases/impress.ts`, from: "    if (error instanceof Fault) return refuse('seals.cannot-be-sealed')\n", to: '', test: tests.outside, name: 'is made usable by keeper' },
  { id: 'S11', what: 'what does not verify at once never leaves the house', file: `${seals}/impressing.ts`, from: /  if \(report\.verdict !== 'VALID'\) throw new Fault.*\n/, to: '', test: tests.outside, name: 'is made usable by keeper' },
  { id: 'S12a', what: 'a seal has the size of its organ’s class', file: `${rules}/diameter.ts`, from: "  if (/(?:省|自治区)人民政府(?:办公厅)?$/.test(name)) return 50\n", to: '', test: tests.rules, name: 'a seal of kind' },
  { id: 'S12b', what: 'a scan is brought to that size', file: `${seals}/use-cases/propose.ts`, from: 'scaleDrawing(drawing, diameter)', to: 'drawing', test: tests.outside, name: 'in the size of its class' },
  { id: 'S13a', what: 'an outside certificate is proposed by one administrator and confirmed by another', file: 'shared/src/seals/outside-contract.ts', from: "access: forDuties('system-admin'),\n    stepUp: true,", to: "access: forDuties('system-admin', 'security-admin'),\n    stepUp: true,", test: tests.outside, name: 'takes a certificate from one' },
  { id: 'S13b', what: 'nobody is trusted before it is confirmed', file: `${seals}/outside/trusted-outside.ts`, from: "(await listOutsideTrust(db)).filter((row) => row.state === 'trusted')", to: '(await listOutsideTrust(db))', test: tests.outside, name: 'takes a certificate from one' },
  { id: 'S13c', what: 'an authority may issue certificates', file: `${seals}/use-cases/outside-trust.ts`, from: /  if \(use === 'authority' && .*\n/, to: '', test: tests.outside, name: 'refuses what is no certificate' },
]

const books = [
  { id: 'B01', what: 'no cell of the register is a formula', file: `${seals}/register/table.ts`, from: "/^[=+\\-@\\t\\r\\n＝＋－＠]/.test(value) ? `'${value}` : value", to: 'value', test: tests.books, name: 'leaves as a table' },
  { id: 'B02', what: 'a file that was taken out is for who took it', file: `${seals}/register/export-table.ts`, from: ".where('person_id', '=', personId)", to: '', test: tests.books, name: 'goes to those' },
  { id: 'B03', what: 'an impression needs a used permit for that seal', file: `${rules}/reconcile.ts`, from: "    if (permit === undefined || permit.usedAt === null || permit.sealId !== sealId) return", to: '    if (permit === undefined) return', test: tests.reconcile, name: '' },
  { id: 'B04', what: 'an impression is on the permitted file', file: `${rules}/reconcile.ts`, from: "leadsTo(permit.digest, digest) ? []", to: 'true ? []', test: tests.reconcile, name: 'a hundred thousand' },
  { id: 'B05', what: 'every impression is recorded', file: `${rules}/reconcile.ts`, from: /    \.\.\.impressions\.filter\(\(line\) => !impressed\.has.*\n/, to: '', test: tests.reconcile, name: 'a hundred thousand' },
  { id: 'B06', what: 'what is gone is found', file: `${rules}/reconcile.ts`, from: ', ...missing(permits, impressions, acts)]', to: ']', test: tests.reconcile, name: '' },
  { id: 'B07', what: 'unexplained use raises an alarm', file: `${seals}/reconciliation.ts`, from: '  if (fresh.length > 0) await raiseAlarm(ctx, subject, fresh)\n', to: '', test: tests.books, name: 'what happened behind' },
  { id: 'B08', what: 'at large counts too, once', file: `${seals}/reconciliation.ts`, from: '  const fresh = reckoning.findings.filter((finding) => !before.has(keyOf(finding)))\n', to: '  const fresh = reckoning.findings.length > 1000 ? [] : reckoning.findings.filter((finding) => !before.has(keyOf(finding)))\n', test: tests.books, name: 'what happened behind' },
  { id: 'B09', what: 'it is seen at the next look', file: `${seals}/books-count.ts`, from: /  return permits === \(acts\.get.*\n/, to: '  return true\n', test: tests.books, name: 'what happened behind' },
]

const envelopes = [
  { id: 'E01', what: 'an envelope is for a certificate that enciphers', file: 'crypto/src/cms/recipient.ts', from: "  if (!mayEncipher(certificate) || certificate.isAuthority) return refused('usage', certificate)\n", to: '', test: tests.envelope, name: 'refuses certificates that are expired' },
  { id: 'E02', what: 'that is in time', file: 'crypto/src/cms/recipient.ts', from: "  if (at > certificate.notAfter) return refused('expired', certificate)\n", to: '', test: tests.envelope, name: 'refuses certificates that are expired' },
  { id: 'E03', what: 'whose authority we know, or whose fingerprint was compared', file: 'server/src/archive/use-cases/envelope.ts', from: "    if (path === null && !input.isCompared) return refuse('archive.recipient-unknown', wordsOf(certificate))\n", to: '', test: tests.envelope, name: 'then the fingerprint must' },
  { id: 'E04', what: 'an envelope is for who made it', file: 'server/src/archive/envelope-table.ts', from: ".where('person_id', '=', personId)", to: '', test: tests.envelope, name: 'then the fingerprint must' },
  { id: 'E05', what: 'documents go out by the hand of who keeps them', file: 'server/src/archive/use-cases/envelope.ts', from: 'await findTakable(ctx, documentId)', to: 'await getDocumentFor(ctx.db, ctx.actor, documentId)', and: [{ file: 'server/src/archive/use-cases/envelope.ts', from: 'import { getIssuedPdf }', to: 'import { getDocumentFor, getIssuedPdf }' }], test: tests.envelope, name: 'sends the sealed original' },
]

/** Every guard, in the order of its cases. */
export const guards = [...verifier, ...algorithms, ...certificates, ...ofd, ...use, ...books, ...envelopes]

/** Cases that are not offered, and why. */
export const without = [
  { id: 'V61c', why: 'the transaction that uses a permit up, and the unique index on the permit of an impression, stand behind V61a: none of them alone turns a test red' },
  { id: 'V62c', why: 'the end of a lending is asked for twice, in the query and in isInForce: either alone holds' },
  { id: 'V13b', why: 'annotations in a revision without a seal end at V06' },
]
