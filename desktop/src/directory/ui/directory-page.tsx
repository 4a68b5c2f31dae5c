import { directoryContract, type Unit } from '@xiewen/shared/directory'
import { Input } from 'antd'
import { useMemo, useState } from 'react'
import { usePages, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, DataTable, EmptyState, Page, RefusalNotice } from '../../platform/kit/index.ts'
import type { PageProps } from '../../platform/rooms/index.ts'
import './directory.css'
import { peopleColumns } from './people-columns.tsx'
import { UnitTree } from './unit-tree.tsx'

/** 通讯录: units on the left, people on the right, search above. */
export function Component({ query }: PageProps) {
  const { t } = useWords()
  const units = useQuery(directoryContract.listUnits, {}, { refreshOn: ['unit'] })
  const [unitId, setUnitId] = useState<Unit['id'] | null>(null)
  const [text, setText] = useState(query.get('text') ?? '')
  const search = (
    <search>
      <Input.Search allowClear defaultValue={text} aria-label={t('directory.ui.search')} placeholder={t('directory.ui.search')} onSearch={setText} />
    </search>
  )
  return (
    <Page title={t('directory.room')} flush actions={search}>
      <div className="directory">
        <Answer of={units}>{(data) => <UnitTree units={data.units} selectedId={unitId} onSelect={setUnitId} />}</Answer>
        <PeopleList unitId={unitId} text={text} />
      </div>
    </Page>
  )
}

function PeopleList({ unitId, text }: { readonly unitId: Unit['id'] | null; readonly text: string }) {
  const speech = useWords()
  const { t } = speech
  const input = useMemo(() => ({ limit: 100, ...(unitId === null ? {} : { unitId }), ...(text === '' ? {} : { text }) }), [unitId, text])
  const people = usePages(directoryContract.listPeople, input, { refreshOn: ['person', 'post'] })
  return (
    <div>
      <Answer of={people.first}>
        {() => (
          <DataTable
            caption={t('directory.ui.people')}
            columns={peopleColumns(speech, 'colleague')}
            rows={people.rows}
            rowKey={(person) => person.id}
            empty={<EmptyState title={t('directory.ui.nobody')} hint={t('directory.ui.nobody-hint')} />}
            onMore={people.loadMore}
            loadingMore={people.loadingMore}
          />
        )}
      </Answer>
      <RefusalNotice error={people.moreError} />
    </div>
  )
}
