import {
  beginDocument, type BuiltInId, builtInsOfKind, decideForm, type Direction, directionsOfKind, type DocumentFormat, type DocumentKind, documentKinds, documentsContract,
  formatsOfKind, type OfficialDocument, skeletonOf, templateIdSchema,
} from '@xiewen/shared/documents'
import { Button, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, RefusalNotice } from '../../platform/kit/index.ts'
import { navigate, useSession } from '../../platform/rooms/index.ts'
import { DrawnPages } from './drawn-pages.tsx'
import { LineField } from './line-field.tsx'
import { namesOf } from './names.ts'

/** `empty`, `built-in:<name>` or the id of a template the organ keeps. */
type Choice = string
const empty = 'empty'
/** Pages shown of what is begun: with a regulation behind an order or a notice, its first page too. */
const firstPages = 2

interface Plan {
  readonly kind: DocumentKind
  readonly choice: Choice
  readonly format: DocumentFormat | null
  readonly direction: Direction | null
  readonly partners: readonly string[]
  readonly title: string
}

function planOf(kind: DocumentKind, choice: Choice | null): Plan {
  const first = builtInsOfKind(kind)[0]
  return { kind, choice: choice ?? (first ? `built-in:${first.id}` : empty), format: null, direction: null, partners: [], title: '' }
}

/** 拟稿: kind, template, form, organs and title, with the first page as it will look. */
export function BeginForm() {
  const { t } = useWords()
  const session = useSession()
  const [plan, setPlan] = useState(() => planOf('通知', null))
  const kept = useQuery(documentsContract.templates, {}, { refreshOn: ['templates'] })
  const rows = kept.kind === 'ready' ? kept.data.rows : []
  const create = useCommand(documentsContract.create)
  const organName = kept.kind === 'ready' ? kept.data.organName : (session.posts[0]?.organName ?? '')
  const template = useTemplate(plan)
  const set = (change: Partial<Plan>) => setPlan({ ...plan, ...change })
  const choose = (kind: DocumentKind) => {
    const own = rows.find((row) => row.kind === kind)
    setPlan({ ...planOf(kind, own?.id ?? null), title: plan.title, partners: plan.partners })
  }
  const begin = async () => {
    const made = await create.run({ kind: plan.kind, title: plan.title, partners: [...plan.partners], ...choiceInput(plan.choice), ...formInput(plan) })
    if (made) navigate(`/documents/${made.documentId}`)
  }
  const sample = useMemo(() => (template === null ? null : sampleOf(template, plan, organName)), [template, plan, organName])
  const form = sample?.elements ?? template?.elements ?? null
  return (
    <form
      className="begin"
      onSubmit={(event) => {
        event.preventDefault()
        void begin()
      }}
    >
      <div>
        <KindCards kind={plan.kind} onChoose={choose} />
        <div className="elements">
          <Field label={t('documents.ui.column.title')} hint={t('documents.ui.title-hint')}>
            {(control) => <Input {...control} value={plan.title} maxLength={200} onChange={(event) => set({ title: event.target.value })} />}
          </Field>
          <Field label={t('documents.ui.begin.template')} hint={t('documents.ui.begin.template-hint')}>
            {(control) => <Select {...control} value={plan.choice} onChange={(choice) => set({ choice, format: null, direction: null })} options={templateOptions(plan.kind, rows, t)} />}
          </Field>
          <div className="pair">
            <Field label={t('documents.ui.element.format')}>
              {(control) => <Select {...control} value={form?.format ?? null} onChange={(format) => set({ format })} options={formatsOfKind(plan.kind).map((value) => ({ value, label: t(`documents.format.${value}`) }))} />}
            </Field>
            <Field label={t('documents.ui.element.direction')}>
              {(control) => <Select {...control} value={form?.direction ?? null} onChange={(direction) => set({ direction })} options={directionsOfKind(plan.kind).map((value) => ({ value, label: t(`documents.direction.${value}`) }))} />}
            </Field>
          </div>
          <Field label={t('documents.ui.begin.partners')} hint={t('documents.ui.begin.partners-hint', { organ: organName })}>
            {(control) => <LineField {...control} list value={plan.partners.join('、')} onChange={(text) => set({ partners: namesOf(text, 11) })} />}
          </Field>
        </div>
        <RefusalNotice error={create.error} />
        <Button type="primary" htmlType="submit" loading={create.busy}>
          {t('documents.ui.begin', { kind: t(`documents.ui.kind-name.${plan.kind}`) })}
        </Button>
      </div>
      <section className="begin-preview" aria-label={t('documents.ui.template.preview')}>
        <DrawnPages document={sample} most={firstPages} />
      </section>
    </form>
  )
}

function KindCards({ kind, onChoose }: { readonly kind: DocumentKind; readonly onChoose: (kind: DocumentKind) => void }) {
  const { t } = useWords()
  return (
    <fieldset className="kinds">
      <legend>{t('documents.ui.kind')}</legend>
      {documentKinds.map((each) => (
        <label key={each} className={each === kind ? 'kind chosen' : 'kind'}>
          <input type="radio" name="kind" value={each} checked={each === kind} onChange={() => onChoose(each)} />
          <span className="strong">{t(`documents.ui.kind-name.${each}`)}</span>
          <span className="soft small">{t(`documents.ui.kind-use.${each}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}

function templateOptions(kind: DocumentKind, rows: readonly { readonly id: string; readonly name: string; readonly purpose: string; readonly kind: DocumentKind }[], t: (key: string) => string) {
  const own = rows.filter((row) => row.kind === kind).map((row) => ({ value: row.id as string, label: row.purpose === '' ? row.name : `${row.name}：${row.purpose}` }))
  const builtIn = builtInsOfKind(kind).map(({ id, name, purpose }) => ({ value: `built-in:${id}`, label: `${name}：${purpose}` }))
  return [
    ...(own.length === 0 ? [] : [{ label: t('documents.ui.templates.own'), options: own }]),
    { label: t('documents.ui.templates.built-in'), options: [...builtIn, { value: empty, label: t('documents.ui.begin.empty') }] },
  ]
}

/** The template chosen; null while it is on its way. */
function useTemplate(plan: Plan): OfficialDocument | null {
  const id = templateIdSchema.safeParse(plan.choice)
  const asked = useQuery(documentsContract.template, { templateId: id.success ? id.data : '' }, { enabled: id.success })
  const builtIn = builtInsOfKind(plan.kind).find((each) => `built-in:${each.id}` === plan.choice)
  return useMemo(() => {
    if (id.success) return asked.kind === 'ready' ? asked.data.content.document : null
    return builtIn?.document ?? skeletonOf(plan.kind)
  }, [id.success, asked.kind, plan.kind, builtIn, asked])
}

function sampleOf(template: OfficialDocument, plan: Plan, organName: string): OfficialDocument {
  const decided = decideForm(template.elements, { format: plan.format ?? undefined, direction: plan.direction ?? undefined })
  const ready = decided.ok ? { ...template, elements: decided.value } : template
  return beginDocument(ready, { organName, issuers: plan.partners.length === 0 ? [] : [organName, ...plan.partners], title: plan.title })
}

function choiceInput(choice: Choice): { readonly templateId?: string; readonly builtIn?: BuiltInId } {
  if (choice === empty) return {}
  const builtIn = choice.startsWith('built-in:') ? builtInOf(choice) : null
  return builtIn === null ? { templateId: choice } : { builtIn }
}

function builtInOf(choice: Choice): BuiltInId | null {
  const found = documentKinds.flatMap(builtInsOfKind).find((each) => `built-in:${each.id}` === choice)
  return found?.id ?? null
}

function formInput({ format, direction }: Plan): { readonly format?: DocumentFormat; readonly direction?: Direction } {
  return { ...(format === null ? {} : { format }), ...(direction === null ? {} : { direction }) }
}
