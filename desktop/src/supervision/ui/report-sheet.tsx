import { type AssignmentView, type EvidenceId, largestEvidenceBytes, supervisionContract } from '@xiewen/shared/supervision'
import { Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type CallError, isCallError, refreshQueries, upload, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, FileDrop, Progress, RefusalNotice, tellDone } from '../../platform/kit/index.ts'

interface Stored {
  readonly id: EvidenceId
  readonly name: string
}

/** 报送进展 or 申请办结, with evidence. */
export function ReportSheet({ view, kind, onClose }: { readonly view: AssignmentView; readonly kind: 'report' | 'claim'; readonly onClose: () => void }) {
  const { t } = useWords()
  const report = useCommand(supervisionContract.report)
  const claim = useCommand(supervisionContract.claimCompletion)
  const units = view.handles.filter((unit) => unit.accepted)
  const [unitId, setUnitId] = useState(units[0]?.unitId ?? null)
  const [percent, setPercent] = useState(view.percent)
  const [progress, setProgress] = useState('')
  const [problems, setProblems] = useState('')
  const [nextSteps, setNextSteps] = useState('')
  const [files, setFiles] = useState<readonly Stored[]>([])
  const [uploading, setUploading] = useState(false)
  const send = async () => {
    const words = { assignmentId: view.assignment.id, progress, problems, nextSteps, evidenceIds: files.map((file) => file.id) }
    const done = kind === 'claim' ? await claim.run(words) : await report.run({ ...words, percent, ...(unitId === null ? {} : { unitId }) })
    if (done === null) return
    refreshQueries(supervisionContract.view)
    tellDone(t(kind === 'claim' ? 'supervision.ui.done.claim' : 'supervision.ui.done.report'))
    onClose()
  }
  return (
    <ConfirmSheet
      open
      title={t(kind === 'claim' ? 'supervision.ui.act.claimCompletion' : 'supervision.ui.act.report')}
      confirmLabel={t(kind === 'claim' ? 'supervision.ui.act.claimCompletion' : 'supervision.ui.act.report')}
      busy={report.busy || claim.busy}
      disabled={progress.trim() === '' || uploading}
      error={report.error ?? claim.error}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      {kind === 'report' && units.length > 1 ? (
        <Field label={t('supervision.ui.field.unit')}>
          {(control) => <Select {...control} value={unitId} onChange={setUnitId} options={units.map((unit) => ({ value: unit.unitId, label: unit.unitName }))} />}
        </Field>
      ) : null}
      <Field label={t(kind === 'claim' ? 'supervision.ui.field.result' : 'supervision.ui.field.progress')} required>
        {(control) => <Input.TextArea {...control} rows={5} maxLength={8000} value={progress} onChange={(event) => setProgress(event.target.value)} />}
      </Field>
      {kind === 'claim' ? null : (
        <>
          <Field label={t('supervision.ui.field.percent')} hint={t('supervision.ui.planned', { percent: view.planned })} required>
            {(control) => <InputNumber {...control} min={0} max={100} step={5} suffix="%" value={percent} onChange={(value) => setPercent(value ?? 0)} />}
          </Field>
          <Field label={t('supervision.ui.field.problems')}>
            {(control) => <Input.TextArea {...control} rows={2} maxLength={2000} value={problems} onChange={(event) => setProblems(event.target.value)} />}
          </Field>
          <Field label={t('supervision.ui.field.next-steps')}>
            {(control) => <Input.TextArea {...control} rows={2} maxLength={2000} value={nextSteps} onChange={(event) => setNextSteps(event.target.value)} />}
          </Field>
        </>
      )}
      <EvidenceFiles view={view} files={files} onFiles={setFiles} onUploading={setUploading} />
    </ConfirmSheet>
  )
}

function EvidenceFiles(props: { readonly view: AssignmentView; readonly files: readonly Stored[]; readonly onFiles: (files: readonly Stored[]) => void; readonly onUploading: (uploading: boolean) => void }) {
  const { t } = useWords()
  const [error, setError] = useState<CallError | null>(null)
  const [sending, setSending] = useState<{ readonly done: number; readonly total: number } | null>(null)
  const send = async (chosen: readonly File[]) => {
    setError(null)
    props.onUploading(true)
    const stored: Stored[] = []
    try {
      for (const [index, file] of chosen.entries()) {
        setSending({ done: index, total: chosen.length })
        const name = file.name.slice(0, 200)
        const { evidenceId } = await upload(supervisionContract.uploadEvidence, { assignmentId: props.view.assignment.id, fileName: name }, file)
        stored.push({ id: evidenceId, name })
      }
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    } finally {
      props.onFiles([...props.files, ...stored])
      setSending(null)
      props.onUploading(false)
    }
  }
  return (
    <div className="field">
      <span>{t('supervision.ui.field.evidence')}</span>
      <FileDrop label={t('supervision.ui.evidence.drop')} accept="" multiple maxBytes={largestEvidenceBytes} onFiles={(chosen) => void send(chosen)} />
      {sending === null ? null : <Progress label={t('supervision.ui.evidence.sending', { done: sending.done + 1, total: sending.total })} done={sending.done} total={sending.total} />}
      <RefusalNotice error={error} />
      <ul>
        {props.files.map((file) => (
          <li key={file.id} className="row">
            <span>{file.name}</span>
            <Button size="small" type="link" onClick={() => props.onFiles(props.files.filter((each) => each.id !== file.id))}>
              {t('supervision.ui.evidence.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
