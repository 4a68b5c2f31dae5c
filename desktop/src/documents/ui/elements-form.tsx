import { changeOfKind, directions, disclosures, documentFormats, documentKinds, elementsOf, type Elements, type Finding, formatDocumentNumber, hasSignatureStamp, hasSigners, imprintPages, readElements, urgencies } from '@xiewen/shared/documents'
import { Input, Radio, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { DateField, Field } from '../../platform/kit/index.ts'
import { ElementsFacts } from './elements-facts.tsx'
import type { LiveDocument } from './editor/live-document.ts'
import { describeFinding } from './finding-words.ts'
import { LineField } from './line-field.tsx'
import { namesOf } from './names.ts'
import { TextElements } from './text-elements.tsx'
import type { Desk } from './workbench-model.ts'

interface Part {
  readonly elements: Elements
  readonly set: <K extends keyof Elements>(name: K, value: Elements[K]) => void
  readonly setMany: (values: Partial<Elements>) => void
  readonly wrong: (name: keyof Elements) => string | null
}

/** 要素: heading and imprint of the document. Every field is shared: colleagues see it change as it is typed. Readers see words. */
export function ElementsForm({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const elements = useElements(desk.live)
  const wrong = (name: keyof Elements): string | null => {
    const finding = desk.findings.find((each: Finding) => each.element === name && each.severity !== 'hint')
    return finding === undefined ? null : describeFinding(finding, t)
  }
  if (desk.opened.right !== 'edit') return <ElementsFacts elements={elements} number={desk.opened.document.number} />
  const setMany = (values: Partial<Elements>) => desk.live.doc.transact(() => Object.entries(values).forEach(([name, value]) => elementsOf(desk.live.doc).set(name, value)))
  const part: Part = { elements, set: (name, value) => elementsOf(desk.live.doc).set(name, value), setMany, wrong }
  return (
    <form className="elements" onSubmit={(event) => event.preventDefault()}>
      <HeadFields {...part} />
      {desk.editor === null ? null : <TextElements editor={desk.editor} elements={elements} />}
      {elements.format === 'minutes' ? <MinutesFields {...part} /> : null}
      <ImprintFields {...part} />
    </form>
  )
}

/** The elements as they stand in the live text. */
function useElements(live: LiveDocument): Elements {
  const [elements, setElements] = useState(() => readElements(elementsOf(live.doc)))
  useEffect(() => {
    const map = elementsOf(live.doc)
    const read = () => setElements(readElements(map))
    read()
    map.observe(read)
    return () => map.unobserve(read)
  }, [live])
  return elements
}

function HeadFields({ elements, set, setMany, wrong }: Part) {
  const { t } = useWords()
  return (
    <fieldset>
      <legend>{t('documents.ui.element.head')}</legend>
      <div className="pair">
        <Field name="kind" label={t('documents.ui.element.kind')} wrong={wrong('kind')}>
          {(control) => <Select {...control} value={elements.kind} onChange={(value) => setMany(changeOfKind(elements, value))} options={documentKinds.map((value) => ({ value, label: t(`documents.ui.kind-name.${value}`) }))} />}
        </Field>
        <Field name="format" label={t('documents.ui.element.format')} wrong={wrong('format')}>
          {(control) => <Select {...control} value={elements.format} onChange={(value) => set('format', value)} options={documentFormats.map((value) => ({ value, label: t(`documents.format.${value}`) }))} />}
        </Field>
      </div>
      <div className="pair">
        <Field name="direction" label={t('documents.ui.element.direction')} wrong={wrong('direction')}>
          {(control) => <Select {...control} value={elements.direction} onChange={(value) => set('direction', value)} options={directions.map((value) => ({ value, label: t(`documents.direction.${value}`) }))} />}
        </Field>
        <Field name="urgency" label={t('documents.ui.element.urgency')} wrong={wrong('urgency')}>
          {(control) => <Select {...control} value={elements.urgency} onChange={(value) => set('urgency', value)} options={urgencies.map((value) => ({ value, label: t(`documents.urgency.${value}`) }))} />}
        </Field>
      </div>
      <Field name="issuers" label={t('documents.ui.element.issuers')} hint={t('documents.ui.element.issuers-hint')} wrong={wrong('issuers')}>
        {(control) => <LineField {...control} list value={elements.issuers.join('、')} onChange={(text) => set('issuers', namesOf(text, 12))} />}
      </Field>
      <div className="pair">
        <Field name="markSuffix" label={t('documents.ui.element.markSuffix')} wrong={wrong('markSuffix')}>
          {(control) => <LineField {...control} value={elements.markSuffix} onChange={(text) => set('markSuffix', text.slice(0, 12))} />}
        </Field>
        <Field name="number" label={t('documents.ui.element.number')} hint={elements.number === null ? t('documents.ui.element.number-hint') : undefined} wrong={wrong('number')}>
          {(control) => <Input {...control} readOnly value={elements.number === null ? '' : formatDocumentNumber(elements.number)} />}
        </Field>
      </div>
      {hasSigners(elements) ? (
        <Field name="signers" label={t('documents.ui.element.signers')} wrong={wrong('signers')}>
          {(control) => <LineField {...control} list value={elements.signers.join('、')} onChange={(text) => set('signers', namesOf(text, 12))} />}
        </Field>
      ) : null}
      {hasSignatureStamp(elements) ? (
        <Field name="signerPost" label={t('documents.ui.element.signerPost')} wrong={wrong('signerPost')}>
          {(control) => <LineField {...control} value={elements.signerPost} onChange={(text) => set('signerPost', text.slice(0, 40))} />}
        </Field>
      ) : null}
      <div className="pair">
        <Field name="copyNumber" label={t('documents.ui.element.copyNumber')} wrong={wrong('copyNumber')}>
          {(control) => <LineField {...control} value={elements.copyNumber} onChange={(text) => set('copyNumber', text.replaceAll(/\D/g, '').slice(0, 6))} />}
        </Field>
        <Field name="secrecy" label={t('documents.ui.element.secrecy')} hint={t('documents.ui.element.secrecy-hint')} wrong={wrong('secrecy')}>
          {(control) => <LineField {...control} value={elements.secrecy} onChange={(text) => set('secrecy', text.slice(0, 20))} />}
        </Field>
      </div>
    </fieldset>
  )
}

function MinutesFields({ elements, set, wrong }: Part) {
  const { t } = useWords()
  return (
    <fieldset>
      <legend>{t('documents.ui.element.minutes')}</legend>
      {(['attendees', 'absentees', 'observers'] as const).map((name) => (
        <Field key={name} name={name} label={t(`documents.ui.element.${name}`)} wrong={wrong(name)}>
          {(control) => <LineField {...control} rows={3} value={elements[name]} onChange={(text) => set(name, text.slice(0, 2000))} />}
        </Field>
      ))}
    </fieldset>
  )
}

function ImprintFields({ elements, set, wrong }: Part) {
  const { t } = useWords()
  return (
    <fieldset>
      <legend>{t('documents.ui.element.imprint')}</legend>
      <Field name="copyTo" label={t('documents.ui.element.copyTo')} hint={t('documents.ui.element.copyTo-hint')} wrong={wrong('copyTo')}>
        {(control) => <LineField {...control} list rows={2} value={elements.copyTo.join('，')} onChange={(text) => set('copyTo', namesOf(text, 60))} />}
      </Field>
      <div className="pair">
        <Field name="printedBy" label={t('documents.ui.element.printedBy')} wrong={wrong('printedBy')}>
          {(control) => <LineField {...control} value={elements.printedBy} onChange={(text) => set('printedBy', text.slice(0, 60))} />}
        </Field>
        <Field name="printedOn" label={t('documents.ui.element.printedOn')} hint={t('documents.ui.element.printedOn-hint')} wrong={wrong('printedOn')}>
          {(control) => <DateField {...control} value={elements.printedOn} onChange={(date) => set('printedOn', date)} />}
        </Field>
      </div>
      <Field name="imprintPage" label={t('documents.ui.element.imprintPage')} hint={t('documents.ui.element.imprintPage-hint')} wrong={wrong('imprintPage')}>
        {(control) => <Radio.Group {...control} value={elements.imprintPage} onChange={(event) => set('imprintPage', imprintPages.find((each) => each === event.target.value) ?? 'last')} options={imprintPages.map((value) => ({ value, label: t(`documents.imprintPage.${value}`) }))} />}
      </Field>
      <Field name="disclosure" label={t('documents.ui.element.disclosure')} wrong={wrong('disclosure')}>
        {(control) => <Radio.Group {...control} value={elements.disclosure} onChange={(event) => set('disclosure', disclosures.find((each) => each === event.target.value) ?? 'open')} options={disclosures.map((value) => ({ value, label: t(`documents.disclosure.${value}`) }))} />}
      </Field>
      {elements.disclosure === 'closed' ? (
        <Field name="disclosureReason" required label={t('documents.ui.element.disclosureReason')} wrong={wrong('disclosureReason')}>
          {(control) => <LineField {...control} value={elements.disclosureReason} onChange={(text) => set('disclosureReason', text.slice(0, 200))} />}
        </Field>
      ) : null}
    </fieldset>
  )
}
