/** Using a seal: application, permit, impression. Every impression needs a permit of its own, bound to the very file. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { ApplicationState, SealPlace, SealState } from '../model.ts'
import { decideCentre } from './place.ts'

/** The shortest and longest life of a permit, minutes. */
export const permitMinutes = { least: 5, most: 3 * 24 * 60, usual: 8 * 60 } as const

/** A permit (用印许可). `digest` is the SM3 of the only file it is good for, or of that file with the seals other organs have impressed on it
 * since (联合行文). */
export interface Permit {
  readonly digest: string
  readonly sealId: string
  readonly place: SealPlace
  readonly validUntil: number
  readonly usedAt: number | null
}

/** What is known when an application is decided on. */
export interface ApprovalScene {
  readonly state: ApplicationState
  readonly sealState: SealState
  readonly applicantPersonId: string
  readonly keeperPersonId: string | null
  readonly approverPersonId: string
  readonly currentDigest: string | null
  readonly digest: string
}

/** Whether an application may be approved: by another person than the applicant and the keeper, for the file as it is now. */
export function decideApproval(scene: ApprovalScene): Result<'permitted'> {
  if (scene.state !== 'applied') return refuse('seals.already-decided')
  if (scene.approverPersonId === scene.applicantPersonId) return refuse('seals.own-application')
  if (scene.approverPersonId === scene.keeperPersonId) return refuse('seals.keeper-approves')
  if (scene.sealState !== 'active') return refuse('seals.not-active')
  if (scene.currentDigest !== scene.digest) return refuse('seals.wrong-digest')
  return accept('permitted')
}

/** Whether an application may be refused or withdrawn. */
export function decideClosing(state: ApplicationState): Result<null> {
  return state === 'applied' || state === 'permitted' ? accept(null) : refuse('seals.already-decided')
}

/** What is known at the moment of impressing. `keeperPersonIds` are those who hold the keeper's post or act for it right now. */
export interface ImpressScene {
  readonly state: ApplicationState
  readonly permit: Permit | null
  readonly sealId: string
  readonly sealState: SealState
  /** End of the certificate in force, ms UTC. */
  readonly certificateUntil: number | null
  readonly keeperPersonIds: readonly string[]
  readonly actorPersonId: string
  readonly applicantPersonId: string
  readonly approverPersonId: string | null
  readonly drafterPersonId: string
  readonly provenUntil: number | null
  readonly currentDigest: string | null
  readonly nudgeX: number
  readonly nudgeY: number
  readonly now: number
}

/** Whether the seal may be impressed now, and where its centre comes to stand (mm).
 *
 * @returns refused `seals.not-keeper`, `seals.keeper-involved`, `base.step-up-required`, `seals.not-active`,
 * `seals.certificate-expired`, `seals.permit-used`, `seals.permit-expired`, `seals.not-permitted`, `seals.wrong-seal`, `seals.wrong-digest`, `seals.outside-place`
 */
export function decideImpression(scene: ImpressScene): Result<{ readonly x: number; readonly y: number }> {
  if (!scene.keeperPersonIds.includes(scene.actorPersonId)) return refuse('seals.not-keeper')
  const involved = [scene.applicantPersonId, scene.approverPersonId, scene.drafterPersonId]
  if (involved.includes(scene.actorPersonId)) return refuse('seals.keeper-involved')
  if (scene.provenUntil === null || scene.provenUntil <= scene.now) return refuse('base.step-up-required')
  if (scene.sealState !== 'active') return refuse('seals.not-active')
  if (scene.certificateUntil !== null && scene.certificateUntil <= scene.now) return refuse('seals.certificate-expired')
  const { permit } = scene
  if (permit?.usedAt != null) return refuse('seals.permit-used')
  if (permit && permit.validUntil <= scene.now) return refuse('seals.permit-expired')
  if (!permit || scene.state !== 'permitted') return refuse('seals.not-permitted')
  if (permit.sealId !== scene.sealId) return refuse('seals.wrong-seal')
  if (permit.digest !== scene.currentDigest) return refuse('seals.wrong-digest')
  return decideCentre(permit.place, scene.nudgeX, scene.nudgeY)
}
