/** 用印 on the document page: the registrar applies; everyone sees where it stands. */
import { documentIdSchema } from '@xiewen/shared/documents'
import { type SealNeed, sealsContract } from '@xiewen/shared/seals'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { call, type CallError, isCallError, newActKey, OfflineError, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Field, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { queueAct } from '../../platform/outbox/index.ts'
import { Link, useSession } from '../../platform/rooms/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { ApplicationFacts } from './application-facts.tsx'
import { CopyAct } from './copy-act.tsx'
import './seals.css'

const straddles = ['none', 'single', 'double'] as const
type StraddleChoice = (typeof straddles)[number]

/** The panel. */
export function Component({ documentId: given, title, state, reload }: DocumentSlotProps) {
  const { t } = useWords()
  const { duties } = useSession()
  const documentId = documentIdSchema.parse(given)
  const refreshOn = ['seals', `document:${given}`]
  const answer = useQuery(sealsContract.applications, { documentId, limit: 50 }, { refreshOn })
  const needs = useQuery(sealsContract.needs, { documentId }, { refreshOn })
  const reloadAll = () => {
    answer.reload()
    needs.reload()
    reload()
  }
  return (
    <Answer of={answer}>
      {({ rows }) => (
        <div className="seal-panel">
          {rows.length === 0 ? <EmptyState title={t('seals.ui.panel.none')} hint={t('seals.ui.panel.hint')} /> : null}
          {duties.includes('registrar') && state === 'typeset' ? (
            <Answer of={needs}>{(found) => <ApplyForm documentId={documentId} title={title} pages={found.pages} needs={found.needs} onDone={reloadAll} />}</Answer>
          ) : null}
          {(state === 'sealed' || state === 'issued') && rows.some((row) => row.state === 'impressed') ? <CopyAct documentId={documentId} /> : null}
          {rows.map((row) => (
            <section key={row.id}>
              <ApplicationFacts application={row} />
              <Link to={`/seals/applications/${row.id}`}>{t('seals.ui.panel.open')}</Link>
            </section>
          ))}
        </div>
      )}
    </Answer>
  )
}

interface ApplyFormProps {
  readonly documentId: ReturnType<typeof documentIdSchema.parse>
  readonly title: string
  readonly pages: number
  readonly needs: readonly SealNeed[]
  readonly onDone: () => void
}

/** One button for every seal the document still needs: its own organ's, or those of all organs that issue it together (联合行文). */
function ApplyForm({ documentId, title, pages, needs, onDone }: ApplyFormProps) {
  const { t } = useWords()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const [straddle, setStraddle] = useState<StraddleChoice>('none')
  const open = needs.filter((need) => need.state === 'none')
  const missing = open.filter((need) => need.sealId === null)
  const isJoint = needs.length > 1
  // A sole place without a known seal still goes to the server, which says what is missing and where to get it.
  const wanted = isJoint ? open.flatMap((need) => need.sealId ?? []) : open.length > 0 ? [undefined] : []
  /** Without a network the application waits on this computer and is judged when it arrives. */
  const applyOnce = async (sealId: (typeof wanted)[number]): Promise<'sent' | 'queued'> => {
    const number = newActKey()
    const input = { documentId, straddle, ...(sealId === undefined ? {} : { sealId }) }
    try {
      await call(sealsContract.apply, input, { idempotencyKey: number })
      return 'sent'
    } catch (problem) {
      const about = { number, label: t('seals.ui.panel.queued', { title }), documentId }
      if (problem instanceof OfflineError && (await queueAct(sealsContract.apply, input, about))) return 'queued'
      throw problem
    }
  }
  const send = async () => {
    setBusy(true)
    setError(null)
    let [sent, queued] = [0, 0]
    try {
      for (const sealId of wanted) {
        if ((await applyOnce(sealId)) === 'sent') sent += 1
        else queued += 1
      }
      tellDone(t(queued > 0 ? 'ui.outbox.queued' : 'seals.ui.panel.applied'))
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    } finally {
      setBusy(false)
      if (sent > 0) onDone()
    }
  }
  if (wanted.length === 0 && !isJoint) return null
  return (
    <div className="seal-apply">
      {isJoint ? <Needs needs={needs} /> : null}
      {isJoint && missing.length > 0 ? <p className="tone-amber">{t('seals.ui.needs.missing', { names: missing.map((need) => need.organ).join('、') })}</p> : null}
      {pages > 1 && wanted.length > 0 ? (
        <Field label={t('seals.ui.straddle')}>
          {(control) => (
            <Select
              {...control} className="wide" value={straddle} onChange={setStraddle}
              options={straddles.filter((each) => each !== 'double' || pages > 2).map((each) => ({ value: each, label: t(`seals.ui.straddle.${each}`) }))}
            />
          )}
        </Field>
      ) : null}
      {wanted.length === 0 ? null : (
        <Button type="primary" block loading={busy} onClick={() => void send()}>
          {wanted.length > 1 ? t('seals.ui.panel.apply-all', { count: wanted.length }) : t('seals.ui.panel.apply')}
        </Button>
      )}
      <RefusalNotice error={error} />
    </div>
  )
}

/** Who seals and who has. */
function Needs({ needs }: { readonly needs: readonly SealNeed[] }) {
  const { t } = useWords()
  return (
    <>
      <p className="strong">{t('seals.ui.needs.joint', { count: needs.length, done: needs.filter((need) => need.state === 'impressed').length })}</p>
      <ul className="seal-needs">
        {needs.map((need) => (
          <li key={need.organ}>
            {need.organ} <span className={need.state === 'impressed' ? 'tone-green' : 'soft'}>{t(`seals.ui.needs.${need.state}`)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
