import type { Duty } from '@xiewen/shared/base'
import { directoryContract, type PostView, type Unit } from '@xiewen/shared/directory'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { useQuery } from '../http/index.ts'
import { useWords } from '../i18n/index.ts'
import type { FieldControl } from './field.tsx'

/** Props of `PostPicker`. */
export interface PostPickerProps extends Partial<FieldControl> {
  readonly value: readonly PostView[]
  readonly onChange: (posts: readonly PostView[]) => void
  /** One post when false. */
  readonly multiple?: boolean
  /** Only posts with this duty. */
  readonly duty?: Duty
  /** Only posts of this unit and below. */
  readonly withinUnitId?: Unit['id']
  /** Posts left out, e.g. one's own. */
  readonly except?: readonly string[]
}

/** Chooses posts (职务): typed by name, unit or pinyin initials. */
export function PostPicker(props: PostPickerProps) {
  const { value, onChange, multiple = false, duty, withinUnitId, except = [], ...control } = props
  const { t } = useWords()
  const [text, setText] = useState('')
  const input = useMemo(
    () => ({ ...(duty === undefined ? {} : { duty }), ...(withinUnitId === undefined ? {} : { withinUnitId }), ...(text === '' ? {} : { text }) }),
    [duty, withinUnitId, text],
  )
  const found = useQuery(directoryContract.listPosts, input, { refreshOn: ['post'] })
  const known = new Map(value.map((post) => [post.id, post]))
  if (found.kind === 'ready') for (const post of found.data.posts) if (!except.includes(post.id)) known.set(post.id, post)
  const pick = (ids: readonly string[]) => onChange([...known.values()].filter((post) => ids.includes(post.id)))
  return (
    <Select<string | string[]>
      {...control}
      {...(multiple ? { mode: 'multiple' as const } : {})}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.kind === 'loading'}
      placeholder={t('ui.post.placeholder')}
      notFoundContent={found.kind === 'loading' ? t('ui.state.loading') : t('ui.post.none')}
      value={multiple ? value.map((post) => post.id) : (value[0]?.id ?? [])}
      options={[...known.values()].map((post) => ({ value: post.id, label: `${post.personName}（${post.unitName} ${post.title}）` }))}
      onChange={(chosen) => pick(Array.isArray(chosen) ? chosen : [chosen])}
    />
  )
}
