import { type AssignmentState, assignmentStates, type LampColour, lampColours, type LedgerRow, supervisionContract } from '@xiewen/shared/supervision'
import { Button, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, DataTable, EmptyState, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { holdsDuty, Link, navigate, type PageProps, useSession } from '../../platform/rooms/index.ts'
import { CreateSheet } from './create-sheet.tsx'
import { ledgerColumns } from './ledger-columns.tsx'
import './supervision.css'
import { UnitSelect } from './unit-select.tsx'

interface Filter {
  readonly states: readonly AssignmentState[]
  readonly lamps: readonly LampColour[]
  readonly unitId: LedgerRow['supports'][number]['unitId'] | null
  readonly text: string
}

/** Reads the filter an address asks for, so that every number of the overview can be followed to its rows. */
function filterFrom(query: URLSearchParams): Filter {
  const unit = query.get('unit')
  return {
    states: assignmentStates.filter((state) => query.getAll('state').includes(state)),
    lamps: lampColours.filter((lamp) => query.getAll('lamp').includes(lamp)),
    // Safe because the server checks the id; a wrong one finds nothing.
    unitId: unit === null ? null : (unit as Filter['unitId']),
    text: query.get('text') ?? '',
  }
}

/** 督办台账: every assignment the reader may see, what needs action first. */
export function Component({ query }: PageProps) {
  const speech = useWords()
  const { t } = speech
  const session = useSession()
  const isSupervisor = holdsDuty(session, 'supervisor')
  const sourceId = query.get('source')
  const [filter, setFilter] = useState(() => filterFrom(query))
  const [creating, setCreating] = useState(false)
  const [selected, setSelected] = useState<string | null>(null)
  const input = useMemo(() => inputOf(filter, sourceId), [filter, sourceId])
  const ledger = usePages(supervisionContract.ledger, input, { refreshOn: ['assignments'] })
  const isNarrowed = filter.states.length > 0 || filter.lamps.length > 0 || filter.unitId !== null || filter.text !== '' || sourceId !== null
  const actions = (
    <>
      {holdsDuty(session, 'supervisor', 'office-director', 'principal-leader', 'deputy-leader') ? <Link to="/supervision/overview">{t('supervision.ui.overview')}</Link> : null}
      {isSupervisor ? <Button onClick={() => setCreating(true)}>{t('supervision.ui.create')}</Button> : null}
      {isSupervisor ? (
        <Button type="primary" onClick={() => navigate('/supervision/new')}>
          {t('supervision.ui.from-document')}
        </Button>
      ) : null}
    </>
  )
  return (
    <Page title={t('supervision.ui.ledger')} flush actions={actions}>
      <LedgerFilter filter={filter} onChange={setFilter} />
      <Answer of={ledger.first}>
        {() => (
          <DataTable
            caption={t('supervision.ui.ledger')}
            columns={ledgerColumns(speech)}
            rows={ledger.rows}
            rowKey={(row) => row.id}
            selectedKey={selected}
            onSelect={(row) => setSelected(row.id)}
            onOpen={(row) => navigate(`/supervision/${row.id}`)}
            empty={<EmptyState title={t(isNarrowed ? 'supervision.ui.none-found' : 'supervision.ui.none')} hint={t(isSupervisor ? 'supervision.ui.none-hint' : 'supervision.ui.none-hint-unit')} />}
            onMore={ledger.loadMore}
            loadingMore={ledger.loadingMore}
          />
        )}
      </Answer>
      <RefusalNotice error={ledger.moreError} />
      {creating ? <CreateSheet onClose={() => setCreating(false)} /> : null}
    </Page>
  )
}

function inputOf(filter: Filter, sourceId: string | null) {
  return {
    states: [...filter.states],
    lamps: [...filter.lamps],
    ...(filter.unitId === null ? {} : { unitId: filter.unitId }),
    ...(filter.text === '' ? {} : { text: filter.text }),
    // Safe because the server checks the id; a wrong one finds nothing.
    ...(sourceId === null ? {} : { sourceId: sourceId as NonNullable<LedgerRow['sourceId']> }),
    limit: 50,
  }
}

function LedgerFilter({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }) {
  const { t } = useWords()
  return (
    <search className="ledger-filter">
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        maxTagCount="responsive"
        aria-label={t('supervision.ui.filter.state')}
        placeholder={t('supervision.ui.filter.state')}
        value={[...filter.states]}
        onChange={(states) => onChange({ ...filter, states })}
        options={assignmentStates.map((state) => ({ value: state, label: t(`supervision.state.${state}`) }))}
      />
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        maxTagCount="responsive"
        aria-label={t('supervision.ui.filter.lamp')}
        placeholder={t('supervision.ui.filter.lamp')}
        value={[...filter.lamps]}
        onChange={(lamps) => onChange({ ...filter, lamps })}
        options={lampColours.map((lamp) => ({ value: lamp, label: t(`supervision.lamp.${lamp}`) }))}
      />
      <UnitSelect label={t('supervision.ui.filter.unit')} value={filter.unitId} onChange={(unitId) => onChange({ ...filter, unitId })} />
      <Input.Search allowClear defaultValue={filter.text} aria-label={t('supervision.ui.filter.text')} placeholder={t('supervision.ui.filter.text')} onSearch={(text) => onChange({ ...filter, text: text.trim() })} />
    </search>
  )
}
