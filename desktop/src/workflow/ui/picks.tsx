import type { PostView } from '@xiewen/shared/directory'
import type { PreviewView } from '@xiewen/shared/workflow'
import { duties } from '@xiewen/shared/base'
import { Select } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, PostPicker } from '../../platform/kit/index.ts'

/** Chosen posts by step; a step that is absent keeps what was planned. */
export type Chosen = Readonly<Record<string, readonly PostView[]>>
/** Chosen candidates by step. */
export type ChosenIds = Readonly<Record<string, readonly string[]>>

/** Props of `Picks`. */
export interface PicksProps {
  readonly picks: PreviewView['picks']
  readonly posts: Chosen
  readonly ids: ChosenIds
  readonly onPosts: (step: string, posts: readonly PostView[]) => void
  readonly onIds: (step: string, ids: readonly string[]) => void
}

/** Whom to choose before acting: candidates of the next step, departments for 会签, handlers. */
export function Picks({ picks, posts, ids, onPosts, onIds }: PicksProps) {
  const { t } = useWords()
  return (
    <div className="wf-picks">
      {picks.map((pick) => {
        const label = pick.step === 'countersign' || pick.step === 'handle' ? t(`workflow.ui.pick.${pick.step}`) : t('workflow.ui.pick.other', { step: t(`workflow.step.${pick.step}`) })
        const planned = pick.chosen.map((holder) => holder.personName).join(t('ui.list-comma'))
        const hint = planned !== '' && posts[pick.step] === undefined && pick.candidates === null ? t('workflow.ui.pick.planned', { names: planned }) : undefined
        const duty = duties.find((each) => each === pick.duties[0])
        return (
          <Field key={pick.step} label={label} required={pick.required} {...(hint === undefined ? {} : { hint })}>
            {(control) =>
              pick.candidates === null ? (
                <PostPicker {...control} multiple={pick.many} value={posts[pick.step] ?? []} {...(duty ? { duty } : {})} onChange={(chosen) => onPosts(pick.step, chosen)} />
              ) : (
                <Select<string[]>
                  {...control}
                  mode="multiple"
                  showSearch={{ optionFilterProp: 'label' }}
                  notFoundContent={t('ui.post.none')}
                  {...(pick.many ? {} : { maxCount: 1 })}
                  value={[...(ids[pick.step] ?? pick.chosen.map((holder) => holder.postId))]}
                  options={pick.candidates.map((holder) => ({ value: holder.postId, label: `${holder.personName}（${holder.postTitle}）` }))}
                  onChange={(chosen) => onIds(pick.step, chosen)}
                />
              )
            }
          </Field>
        )
      })}
    </div>
  )
}

/** Everything chosen, as the contracts want it. */
export function choiceFrom(posts: Chosen, ids: ChosenIds): Record<string, string[]> {
  const choice: Record<string, string[]> = {}
  for (const [step, chosen] of Object.entries(posts)) choice[step] = chosen.map((post) => post.id)
  for (const [step, chosen] of Object.entries(ids)) if (chosen.length > 0) choice[step] = [...chosen]
  return choice
}
