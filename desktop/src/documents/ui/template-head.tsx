import {
  decideForm, directionsOfKind, type DocumentKind, documentKinds, disclosures, firstElements, formatsOfKind, hasSignatureStamp, imprintPages, organToken, type TemplateContent,
} from '@xiewen/shared/documents'
import { Input, Radio, Select } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { Field } from '../../platform/kit/index.ts'
import { LineField } from './line-field.tsx'
import { namesOf } from './names.ts'
import { withElements } from './template-model.ts'

/** Props of `TemplateHead`. */
export interface TemplateHeadProps {
  readonly content: TemplateContent
  readonly codes: readonly string[]
  readonly disabled: boolean
  readonly onChange: (content: TemplateContent) => void
}

/** 红头与版记: what the template sets of heading and imprint. */
export function TemplateHead({ content, codes, disabled, onChange }: TemplateHeadProps) {
  const { t } = useWords()
  const { elements } = content.document
  const set = (change: Parameters<typeof withElements>[1]) => onChange(withElements(content, change))
  const form = (wished: Parameters<typeof decideForm>[1]) => {
    const decided = decideForm(elements, wished)
    if (decided.ok) set(decided.value)
  }
  const kind = (next: DocumentKind) => {
    const { format, direction, markSuffix } = firstElements(next)
    set({ kind: next, format, direction, markSuffix })
  }
  return (
    <div className="elements">
      <Field required label={t('documents.ui.template.name')}>
        {(control) => <Input {...control} disabled={disabled} maxLength={40} value={content.name} onChange={(event) => onChange({ ...content, name: event.target.value })} />}
      </Field>
      <Field label={t('documents.ui.template.purpose')} hint={t('documents.ui.template.purpose-hint')}>
        {(control) => <Input {...control} disabled={disabled} maxLength={80} value={content.purpose} onChange={(event) => onChange({ ...content, purpose: event.target.value })} />}
      </Field>
      <div className="pair">
        <Field label={t('documents.ui.element.kind')}>
          {(control) => <Select {...control} disabled={disabled} value={elements.kind} onChange={kind} options={documentKinds.map((value) => ({ value, label: t(`documents.ui.kind-name.${value}`) }))} />}
        </Field>
        <Field label={t('documents.ui.element.format')}>
          {(control) => <Select {...control} disabled={disabled} value={elements.format} onChange={(format) => form({ format })} options={formatsOfKind(elements.kind).map((value) => ({ value, label: t(`documents.format.${value}`) }))} />}
        </Field>
      </div>
      <div className="pair">
        <Field label={t('documents.ui.element.direction')}>
          {(control) => <Select {...control} disabled={disabled} value={elements.direction} onChange={(direction) => form({ direction })} options={directionsOfKind(elements.kind).map((value) => ({ value, label: t(`documents.direction.${value}`) }))} />}
        </Field>
        <Field label={t('documents.ui.template.code')} hint={t('documents.ui.template.code-hint')}>
          {(control) => <Select {...control} disabled={disabled} value={content.code} onChange={(code) => onChange({ ...content, code })} options={['', ...codes].map((value) => ({ value, label: value === '' ? t('documents.ui.template.no-code') : value }))} />}
        </Field>
      </div>
      <div className="pair">
        <Field label={t('documents.ui.element.issuers')} hint={t('documents.ui.template.issuers-hint', { token: organToken })}>
          {(control) => <LineField {...control} list disabled={disabled} value={elements.issuers.join('、')} onChange={(text) => set({ issuers: namesOf(text, 12) })} />}
        </Field>
        <Field label={t('documents.ui.element.markSuffix')}>
          {(control) => <LineField {...control} disabled={disabled} value={elements.markSuffix} onChange={(text) => set({ markSuffix: text.slice(0, 12) })} />}
        </Field>
      </div>
      {hasSignatureStamp(elements) ? (
        <Field label={t('documents.ui.element.signerPost')}>
          {(control) => <LineField {...control} disabled={disabled} value={elements.signerPost} onChange={(text) => set({ signerPost: text.slice(0, 40) })} />}
        </Field>
      ) : null}
      <Field label={t('documents.ui.element.copyTo')} hint={t('documents.ui.element.copyTo-hint')}>
        {(control) => <LineField {...control} list rows={2} disabled={disabled} value={elements.copyTo.join('，')} onChange={(text) => set({ copyTo: namesOf(text, 60) })} />}
      </Field>
      <div className="pair">
        <Field label={t('documents.ui.element.printedBy')}>
          {(control) => <LineField {...control} disabled={disabled} value={elements.printedBy} onChange={(text) => set({ printedBy: text.slice(0, 60) })} />}
        </Field>
        <Field label={t('documents.ui.element.imprintPage')} hint={t('documents.ui.element.imprintPage-hint')}>
          {(control) => <Radio.Group {...control} disabled={disabled} value={elements.imprintPage} onChange={(event) => set({ imprintPage: imprintPages.find((each) => each === event.target.value) ?? 'last' })} options={imprintPages.map((value) => ({ value, label: t(`documents.imprintPage.${value}`) }))} />}
        </Field>
        <Field label={t('documents.ui.element.disclosure')}>
          {(control) => <Radio.Group {...control} disabled={disabled} value={elements.disclosure} onChange={(event) => set({ disclosure: disclosures.find((each) => each === event.target.value) ?? 'open' })} options={disclosures.map((value) => ({ value, label: t(`documents.disclosure.${value}`) }))} />}
        </Field>
      </div>
    </div>
  )
}
