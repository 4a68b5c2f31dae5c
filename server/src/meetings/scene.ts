/** A meeting as it concerns the caller. */
import { type Result, accept, refuse } from '@xiewen/shared/base'
import { type Attendee, mayActOnMeeting, type MeetingAbility, type MeetingPolicyScene, type MeetingRelation, mayViewMeeting } from '@xiewen/shared/meetings'
import type { Actor, ActorPost, DelegatedPost, QueryContext } from '../platform/context.ts'
import { findMeeting, listAttendees } from './repository.ts'
import type { MeetingRecord } from './tables.ts'

/** A meeting with its invitations and how the caller stands to it. */
export interface Scene {
  readonly meeting: MeetingRecord
  readonly attendees: readonly Attendee[]
  readonly relation: MeetingRelation
}

type AnyPost = ActorPost | DelegatedPost

function postsOf(actor: Actor): readonly AnyPost[] {
  return [...actor.posts, ...actor.actingFor]
}

/** The post the caller organises a meeting through, or null: the organising post itself, or a clerk's in the same organ. */
export function organisingPost(actor: Actor, meeting: MeetingRecord): AnyPost | null {
  const posts = postsOf(actor)
  return posts.find((post) => post.id === meeting.post_id) ?? posts.find((post) => post.organId === meeting.organ_id && post.duties.includes('meeting-clerk')) ?? null
}

/** Whether the caller answers for an invitation: as the invited, or for a unit as its receiver (收文员) or office director. */
export function answeringPost(actor: Actor, attendee: Attendee): AnyPost | null {
  const posts = postsOf(actor)
  if (attendee.kind === 'post') return posts.find((post) => post.id === attendee.postId) ?? null
  const within = posts.filter((post) => post.unitId === attendee.unitId || post.organId === attendee.unitId)
  return within.find((post) => post.duties.some((duty) => duty === 'receiver' || duty === 'office-director' || duty === 'section-head' && post.unitId === attendee.unitId)) ?? null
}

/** Whether the caller is who comes: the invited, or who was named to come. */
export function comingPost(actor: Actor, attendee: Attendee): AnyPost | null {
  const posts = postsOf(actor)
  const named = attendee.comesPostId === null ? undefined : posts.find((post) => post.id === attendee.comesPostId)
  if (attendee.reply === 'substitute' && named === undefined && attendee.decision === 'approved') return sameName(actor, attendee)
  return named ?? (attendee.kind === 'post' ? answeringPost(actor, attendee) : (sameName(actor, attendee) ?? answeringPost(actor, attendee)))
}

/** Somebody of the invited unit whose name was given as coming. */
function sameName(actor: Actor, attendee: Attendee): AnyPost | null {
  if (attendee.comesName !== actor.name) return null
  return actor.posts.find((post) => post.unitId === attendee.unitId || post.organId === attendee.unitId) ?? null
}

/** How the caller stands to a meeting. */
export function relationTo(actor: Actor, meeting: MeetingRecord, attendees: readonly Attendee[]): MeetingRelation {
  return {
    organises: organisingPost(actor, meeting) !== null,
    hosts: postsOf(actor).some((post) => post.id === meeting.host_post_id),
    attends: attendees.some((attendee) => answeringPost(actor, attendee) !== null || comingPost(actor, attendee) !== null),
    supervises: actor.posts.some((post) => post.organId === meeting.organ_id && post.duties.includes('supervisor')),
  }
}

/** What the policy reads. */
export function policySceneOf(scene: Scene): MeetingPolicyScene {
  return { state: scene.meeting.state, hasAttendees: scene.attendees.length > 0, hasMinutes: scene.meeting.minutes_id !== null, relation: scene.relation }
}

/** A meeting if the caller may see it. */
export async function findSceneFor(ctx: QueryContext, meetingId: string): Promise<Scene | null> {
  const meeting = await findMeeting(ctx.db, meetingId)
  if (!meeting) return null
  const attendees = await listAttendees(ctx.db, meetingId)
  const relation = relationTo(ctx.actor, meeting, attendees)
  return mayViewMeeting(meeting.state, relation, meeting.round > 0) ? { meeting, attendees, relation } : null
}

/** The scene when the caller may do `ability` now, or the refusal. */
export async function sceneToAct(ctx: QueryContext, meetingId: string, ability: MeetingAbility): Promise<Result<Scene>> {
  const scene = await findSceneFor(ctx, meetingId)
  if (!scene) return refuse('meetings.not-found')
  const verdict = mayActOnMeeting(ability, policySceneOf(scene))
  return verdict.allowed ? accept(scene) : refuse(verdict.because)
}

/** The post an organiser or host acts through. */
export function throughPost(actor: Actor, meeting: MeetingRecord): AnyPost | undefined {
  return organisingPost(actor, meeting) ?? postsOf(actor).find((post) => post.id === meeting.host_post_id) ?? actor.posts[0]
}
