import { directoryContract, type PersonView, type Unit } from '@xiewen/shared/directory'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { refreshQueries, usePages, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, DataTable, EmptyState, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { AddPersonSheet } from './add-person-sheet.tsx'
import { AddUnitSheet } from './add-unit-sheet.tsx'
import './directory.css'
import { InvitationSheet, type Invitation } from './invitation-sheet.tsx'
import { peopleColumns } from './people-columns.tsx'
import { PersonActions } from './person-actions.tsx'
import { UnitTree } from './unit-tree.tsx'

/** 管理 · 单位与人员, for the system administrator: accounts and units, no duties. */
export function Component() {
  const { t } = useWords()
  const units = useQuery(directoryContract.listUnits, {}, { refreshOn: ['unit'] })
  const [unitId, setUnitId] = useState<Unit['id'] | null>(null)
  const [text, setText] = useState('')
  const [adding, setAdding] = useState<'none' | 'person' | 'unit'>('none')
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const changed = () => refreshQueries(directoryContract.listUnits, directoryContract.listPeople)
  const actions = (
    <>
      <search>
        <Input.Search allowClear aria-label={t('directory.ui.search')} placeholder={t('directory.ui.search')} onSearch={setText} />
      </search>
      <Button onClick={() => setAdding('unit')}>{t('directory.ui.add-unit')}</Button>
      <Button type="primary" onClick={() => setAdding('person')}>
        {t('directory.ui.add-person')}
      </Button>
    </>
  )
  return (
    <Page title={t('directory.ui.admin.people')} note={t('directory.ui.admin.people-note')} flush actions={actions}>
      <div className="directory">
        <Answer of={units}>{(data) => <UnitTree units={data.units} selectedId={unitId} onSelect={setUnitId} />}</Answer>
        <PeopleTable unitId={unitId} text={text} onInvitation={setInvitation} onChanged={changed} />
      </div>
      <AddPersonSheet open={adding === 'person'} onClose={() => setAdding('none')} onAdded={(made) => {
        changed()
        setInvitation(made)
      }} />
      <AddUnitSheet open={adding === 'unit'} parentId={unitId} units={units.kind === 'ready' ? units.data.units : []} onClose={() => setAdding('none')} onAdded={changed} />
      <InvitationSheet invitation={invitation} onClose={() => setInvitation(null)} />
    </Page>
  )
}

interface PeopleTableProps {
  readonly unitId: Unit['id'] | null
  readonly text: string
  readonly onInvitation: (invitation: Invitation) => void
  readonly onChanged: () => void
}

function PeopleTable({ unitId, text, onInvitation, onChanged }: PeopleTableProps) {
  const speech = useWords()
  const { t } = speech
  const input = useMemo(() => ({ limit: 100, ...(unitId === null ? {} : { unitId }), ...(text === '' ? {} : { text }) }), [unitId, text])
  const people = usePages(directoryContract.listPeople, input, { refreshOn: ['person', 'post'] })
  const act = {
    key: 'act',
    title: t('directory.ui.column.act'),
    fit: 'tight' as const,
    render: (person: PersonView) => <PersonActions person={person} onInvitation={onInvitation} onChanged={onChanged} />,
  }
  return (
    <div>
      <Answer of={people.first}>
        {() => (
          <DataTable
            caption={t('directory.ui.people')}
            columns={[...peopleColumns(speech, 'account'), act]}
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
