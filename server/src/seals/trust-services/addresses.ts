/** Where this installation publishes what it revoked and answers about certificates. */
import { pathOf } from '@xiewen/shared/base'
import { type ListIssuer, sealsContract } from '@xiewen/shared/seals'
import type { Config } from '../../platform/config/config.ts'

/** Addresses to be named in a certificate of this issuer; none while nobody has said under which address the office is reached. */
export function addressesOf(config: Pick<Config, 'publicUrl'>, issuer: ListIssuer): { readonly crlUrl?: string; readonly ocspUrl?: string } {
  if (config.publicUrl === null) return {}
  const { origin } = new URL(config.publicUrl)
  const crlUrl = `${origin}${pathOf(sealsContract.revocationList)}?of=${issuer}`
  return issuer === 'root' ? { crlUrl } : { crlUrl, ocspUrl: `${origin}${pathOf(sealsContract.ocsp)}` }
}
