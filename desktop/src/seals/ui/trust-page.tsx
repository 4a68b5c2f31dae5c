import { type OutsideTrustView, sealsContract, trustUses } from '@xiewen/shared/seals'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { refreshTopics, useCommand, useQuery, useUpload } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, ConfirmSheet, DataTable, EmptyState, Field, FileDrop, Lamp, Notice, Page, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import './seals.css'
import { OutsideLists } from './outside-lists.tsx'
import { SealsTabs } from './seals-tabs.tsx'

const tones = { proposed: 'yellow', trusted: 'green', removed: 'grey' } as const

/** 信任库: certificates of outside authorities and seal makers that count in every verification here. */
export function Component() {
  const { t, format } = useWords()
  const { duties } = useSession()
  const answer = useQuery(sealsContract.listTrust, {}, { refreshOn: ['seals'] })
  const [proposing, setProposing] = useState(false)
  const columns: readonly Column<OutsideTrustView>[] = [
    { key: 'state', title: t('seals.ui.column.state'), fit: 'tight', render: (row) => <Lamp tone={tones[row.state]} label={t(`seals.trust.state.${row.state}`)} /> },
    { key: 'subject', title: t('seals.trust.subject'), role: 'main', render: (row) => <span title={row.subject}>{row.subject}</span> },
    { key: 'use', title: t('seals.trust.use'), fit: 'tight', render: (row) => t(`seals.trust.use.${row.use}`) },
    { key: 'algorithm', title: t('seals.trust.algorithm'), fit: 'tight', role: 'wide-only', render: (row) => row.algorithm },
    { key: 'until', title: t('seals.ui.valid-until'), fit: 'tight', isLabelled: true, render: (row) => format.date(row.validUntil) },
    { key: 'fingerprint', title: t('seals.trust.fingerprint'), render: (row) => <Fingerprint of={row.fingerprint} /> },
    { key: 'hands', title: t('seals.trust.hands'), fit: 'tight', role: 'wide-only', render: (row) => [row.proposedBy, row.confirmedBy || '—'].join(' / ') },
    { key: 'acts', title: t('seals.trust.acts'), fit: 'tight', render: (row) => <TrustActs entry={row} /> },
  ]
  const propose = duties.includes('security-admin') ? (
    <Button type="primary" onClick={() => setProposing(true)}>
      {t('seals.trust.propose')}
    </Button>
  ) : null
  return (
    <Page title={t('seals.room')} actions={propose}>
      <SealsTabs current="trust" />
      <Notice>{t('seals.trust.note')}</Notice>
      <Answer of={answer}>
        {({ entries }) => (
          <>
            <Awaiting count={duties.includes('system-admin') ? entries.filter((row) => row.state === 'proposed').length : 0} />
            <EndingSoon entries={entries} />
            <DataTable caption={t('seals.ui.tab.trust')} columns={columns} rows={entries} rowKey={(row) => row.id} empty={<EmptyState title={t('seals.trust.none')} hint={t('seals.trust.none-hint')} />} />
          </>
        )}
      </Answer>
      <OutsideLists />
      {proposing ? <ProposeTrust onClose={() => setProposing(false)} /> : null}
    </Page>
  )
}

/** What waits for this administrator; the store is the first page a system administrator sees. */
function Awaiting({ count }: { readonly count: number }) {
  const { t } = useWords()
  return count === 0 ? null : <Notice kind="warning">{t('seals.trust.awaiting', { count })}</Notice>
}

function EndingSoon({ entries }: { readonly entries: readonly OutsideTrustView[] }) {
  const { t, format } = useWords()
  const ending = entries.filter((row) => row.ending !== 'later').map((row) => `${row.subject}（${format.date(row.validUntil)}）`)
  return ending.length === 0 ? null : <Notice kind="warning">{t('seals.trust.ending', { names: ending.join('；') })}</Notice>
}

/** Digits in groups of eight, for comparing with what an authority publishes; copied, they are one word. */
function Fingerprint({ of }: { readonly of: string }) {
  return (
    <code className="digest">
      {(of.match(/.{1,8}/g) ?? []).map((group, at) => (
        <span key={at}>{group}</span>
      ))}
    </code>
  )
}

function TrustActs({ entry }: { readonly entry: OutsideTrustView }) {
  const { t, format } = useWords()
  const { duties } = useSession()
  const confirm = useCommand(sealsContract.confirmTrust)
  const remove = useCommand(sealsContract.removeTrust)
  const [asking, setAsking] = useState<'confirm' | 'remove' | null>(null)
  const [reason, setReason] = useState('')
  const canConfirm = entry.state === 'proposed' && duties.includes('system-admin')
  const canRemove = entry.state !== 'removed' && (duties.includes('system-admin') || duties.includes('security-admin'))
  const act = async () => {
    const done = asking === 'confirm' ? await confirm.run({ id: entry.id }) : await remove.run({ id: entry.id, reason })
    if (done === null) return
    tellDone(t(`seals.trust.${asking === 'confirm' ? 'confirmed' : 'removed'}`))
    setAsking(null)
    refreshTopics(['seals'])
  }
  if (!canConfirm && !canRemove) return null
  return (
    <span className="row">
      {canConfirm ? (
        <Button type="primary" onClick={() => setAsking('confirm')}>
          {t('seals.trust.confirm')}
        </Button>
      ) : null}
      {canRemove ? <Button onClick={() => setAsking('remove')}>{t('seals.trust.remove')}</Button> : null}
      <ConfirmSheet
        open={asking !== null} title={t(asking === 'remove' ? 'seals.trust.remove' : 'seals.trust.confirm')} confirmLabel={t(asking === 'remove' ? 'seals.trust.remove' : 'seals.trust.confirm')} danger={asking === 'remove'}
        busy={confirm.busy || remove.busy} disabled={asking === 'remove' && reason.trim() === ''} error={asking === 'remove' ? remove.error : confirm.error} onConfirm={() => void act()} onClose={() => setAsking(null)}
      >
        <p className="strong">{entry.subject}</p>
        <p>
          {t(`seals.trust.use.${entry.use}`)} · {entry.algorithm} · {t('seals.ui.valid-until')} {format.date(entry.validUntil)}
        </p>
        <p>
          {t('seals.trust.fingerprint')}
          <br />
          <Fingerprint of={entry.fingerprint} />
        </p>
        <p className="soft">{t(asking === 'remove' ? 'seals.trust.remove-hint' : 'seals.trust.confirm-hint')}</p>
        {asking === 'remove' ? (
          <Field label={t('seals.ui.reason')} required>
            {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
        ) : null}
      </ConfirmSheet>
    </span>
  )
}

function ProposeTrust({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const [use, setUse] = useState<(typeof trustUses)[number]>('authority')
  const [file, setFile] = useState<File | null>(null)
  const { run, busy, error } = useUpload(sealsContract.proposeTrust)
  const send = async () => {
    if (file === null || (await run({ use }, file)) === null) return
    tellDone(t('seals.trust.proposed'))
    onClose()
    refreshTopics(['seals'])
  }
  return (
    <ConfirmSheet open title={t('seals.trust.propose')} confirmLabel={t('seals.trust.propose')} busy={busy} disabled={file === null} error={error} onConfirm={() => void send()} onClose={onClose}>
      <Field label={t('seals.trust.use')} hint={t(`seals.trust.use.${use}-hint`)}>
        {(control) => <Select {...control} value={use} onChange={setUse} options={trustUses.map((value) => ({ value, label: t(`seals.trust.use.${value}`) }))} />}
      </Field>
      <FileDrop label={file?.name ?? t('seals.trust.file')} accept=".cer,.crt,.pem,.der" maxBytes={64 * 1024} onFiles={([next]) => setFile(next ?? null)} />
    </ConfirmSheet>
  )
}
