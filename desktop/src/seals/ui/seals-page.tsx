import { sealNameOf, sealsContract, type SealView } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { useState } from 'react'
import { urlOf, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Lamp, Notice, Page } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { HandOverAct } from './hand-over-act.tsx'
import { ImportKeyAct } from './import-key-act.tsx'
import { LendingActs } from './lending-acts.tsx'
import { ProposeSheet } from './propose-sheet.tsx'
import { SealActs } from './seal-acts.tsx'
import './seals.css'
import { SealsTabs } from './seals-tabs.tsx'
import { toneOfSeal } from './tones.ts'

/** 印章: every seal with its picture, custody and state. */
export function Component() {
  const { t } = useWords()
  const { duties } = useSession()
  const seals = useQuery(sealsContract.list, {}, { refreshOn: ['seals'] })
  const [proposing, setProposing] = useState(false)
  const propose = duties.includes('seal-keeper') ? (
    <Button type="primary" onClick={() => setProposing(true)}>
      {t('seals.ui.propose')}
    </Button>
  ) : null
  return (
    <Page title={t('seals.room')} actions={propose}>
      <SealsTabs current="seals" />
      <Notice>{t('seals.ui.own')}</Notice>
      <Answer of={seals}>
        {(data) =>
          data.seals.length === 0 ? (
            <EmptyState title={t('seals.ui.no-seals')} hint={t('seals.ui.no-seals-hint')} />
          ) : (
            <ul className="seal-list">
              {data.seals.map((seal) => (
                <SealCard key={seal.id} seal={seal} />
              ))}
            </ul>
          )
        }
      </Answer>
      <ProposeSheet open={proposing} onClose={() => setProposing(false)} />
    </Page>
  )
}

function SealCard({ seal }: { readonly seal: SealView }) {
  const { t, format } = useWords()
  return (
    <li className="seal-card">
      <img className={seal.state === 'active' ? 'seal-picture' : 'seal-picture faded'} alt={t('seals.verify.picture', { name: seal.name })} src={urlOf(sealsContract.picture, { sealId: seal.id })} />
      <div>
        <h2>{sealNameOf(seal)}</h2>
        <p className="row">
          <Lamp tone={toneOfSeal(seal.state)} label={t(`seals.state.${seal.state}`)} />
          <span className="soft">{t(`seals.kind.${seal.kind}`)}</span>
          <span className="soft">{seal.origin === 'outside' ? t('seals.ui.origin.outside', { maker: seal.outsideMaker }) : t(seal.origin === 'scanned' ? 'seals.ui.origin.scanned' : 'seals.ui.origin.own')}</span>
          {seal.state === 'ending' ? <span className="soft">{t('seals.ui.ended-by', { name: seal.endedBy })}</span> : null}
          {seal.reason === '' ? null : <span className="soft">{t('seals.ui.for-reason', { reason: seal.reason })}</span>}
        </p>
        {seal.renewal === null ? null : (
          <p className="soft">{t(`seals.ui.renewal.${seal.renewal.state}`, { name: seal.renewal.state === 'asked' ? seal.renewal.askedBy : seal.renewal.approvedBy, reason: seal.renewal.reason })}</p>
        )}
        <dl className="facts">
          <dt>{t('seals.ui.keeper')}</dt>
          <dd>
            {seal.keeperName} <span className="soft">{seal.custodianName}</span>
          </dd>
          <dt>{t('seals.ui.diameter')}</dt>
          <dd>{t('seals.ui.diameter-mm', { mm: seal.diameterMm })}</dd>
          <dt>{t('seals.ui.hands')}</dt>
          <dd>{[seal.proposedBy, seal.approvedBy || '—', seal.madeBy || '—'].join(' / ')}</dd>
          {seal.code === '' ? null : (
            <>
              <dt>{t('seals.ui.code')}</dt>
              <dd className="figures">{seal.code}</dd>
            </>
          )}
          {seal.validUntil === null ? null : (
            <>
              <dt>{t('seals.ui.valid-until')}</dt>
              <dd>
                {format.date(seal.validUntil)} {seal.generation === 1 ? null : <span className="soft">{t('seals.ui.generation', { count: seal.generation })}</span>}
              </dd>
            </>
          )}
          <dt>{t('seals.ui.count')}</dt>
          <dd>{format.count(seal.impressions)}</dd>
        </dl>
        <SealActs seal={seal} />
        <ImportKeyAct seal={seal} />
        <LendingActs seal={seal} />
        <HandOverAct seal={seal} />
      </div>
    </li>
  )
}
