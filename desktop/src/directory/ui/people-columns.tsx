import type { PersonView } from '@xiewen/shared/directory'
import type { Speech } from '../../platform/i18n/index.ts'
import { type Column, Tag } from '../../platform/kit/index.ts'

/** Columns of a list of people. `account` shows login name and state for the administrator, `colleague` the phone number. */
export function peopleColumns({ t }: Speech, view: 'account' | 'colleague'): readonly Column<PersonView>[] {
  const name: Column<PersonView> = { key: 'name', title: t('directory.ui.column.name'), role: 'main', fit: 'tight', render: (person) => person.name }
  const posts: Column<PersonView> = {
    key: 'posts',
    title: t('directory.ui.column.posts'),
    render: (person) => person.posts.map((post) => `${post.unitName} ${post.title}`).join(t('ui.list-comma')),
  }
  if (view === 'colleague') {
    return [
      name,
      posts,
      { key: 'phone', title: t('directory.ui.column.phone'), fit: 'tight', render: (person) => <span className="figures">{person.phone}</span> },
    ]
  }
  return [
    name,
    { key: 'login', title: t('directory.ui.column.login'), fit: 'tight', render: (person) => person.login },
    posts,
    { key: 'state', title: t('directory.ui.column.state'), fit: 'tight', render: (person) => <Tag tone={tones[person.state]}>{t(`directory.ui.state.${person.state}`)}</Tag> },
  ]
}

const tones = { active: 'green', invited: 'blue', disabled: 'grey' } as const
