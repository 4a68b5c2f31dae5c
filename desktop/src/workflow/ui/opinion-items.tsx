/** Opinions as items of a stream. */
import type { OpinionView } from '@xiewen/shared/workflow'
import type { Speech } from '../../platform/i18n/index.ts'
import { PersonName, type StreamItem } from '../../platform/kit/index.ts'
import { shortDigest } from './use-case.ts'

/** Newest first, like a conversation; the newest instruction of a leader (批示) or 签发 stays on top. */
export function opinionItems(opinions: readonly OpinionView[], { t, format }: Pick<Speech, 't' | 'format'>): StreamItem[] {
  const pinned = opinions.findLast((opinion) => !opinion.withdrawn && (opinion.act === 'instruct' || opinion.act === 'sign'))
  return opinions.toReversed().map((opinion) => ({
    key: String(opinion.seq),
    who: (
      <PersonName name={opinion.personName} unit={opinion.unitName} post={opinion.postTitle} {...(opinion.onBehalfOf === null ? {} : { onBehalfOf: opinion.onBehalfOf })} />
    ),
    act: actWords(opinion, t),
    atMs: opinion.at,
    text: opinion.text,
    pinned: opinion === pinned,
    extra: (
      <p className="soft small">
        {opinion.withdrawn ? `${t('workflow.ui.withdrawn')} ` : ''}
        {t('workflow.ui.signed-digest', { digest: shortDigest(opinion.digest) })}
        {opinion.stampedAt === null ? '' : ` · ${t('workflow.ui.stamped', { at: format.moment(opinion.stampedAt) })}`}
      </p>
    ),
  }))
}

function actWords(opinion: OpinionView, t: Speech['t']): string {
  const step = opinion.step === null ? '' : `${t(`workflow.step.${opinion.step}`)} · `
  const word = opinion.code === 'NOTE' ? t(`workflow.act.${opinion.act}`) : t(`workflow.code.${opinion.code}`)
  return `${step}${word}`
}
