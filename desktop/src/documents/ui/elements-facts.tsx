import type { DocumentRow, Elements } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { numberText } from './document-words.ts'

/** 要素 as words, for readers who may not change them: only what the document carries. */
export function ElementsFacts({ elements, number }: { readonly elements: Elements; readonly number: DocumentRow['number'] }) {
  const { t, format } = useWords()
  const comma = t('ui.list-comma')
  const head: readonly (readonly [string, string])[] = [
    ['kind', t(`documents.ui.kind-name.${elements.kind}`)],
    ['format', t(`documents.format.${elements.format}`)],
    ['number', numberText(number ?? elements.number, '')],
    ['direction', t(`documents.direction.${elements.direction}`)],
    ['secrecy', elements.secrecy],
    ['urgency', t(`documents.urgency.${elements.urgency}`)],
    ['issuers', elements.issuers.join(comma)],
    ['markSuffix', elements.markSuffix],
    ['signers', elements.signers.join(comma)],
    ['signerPost', elements.signerPost],
    ['copyNumber', elements.copyNumber],
  ]
  const minutes: readonly (readonly [string, string])[] = [
    ['attendees', elements.attendees],
    ['absentees', elements.absentees],
    ['observers', elements.observers],
  ]
  const imprint: readonly (readonly [string, string])[] = [
    ['copyTo', elements.copyTo.join(comma)],
    ['printedBy', elements.printedBy],
    ['printedOn', elements.printedOn === null ? '' : format.civilDate(elements.printedOn)],
    ['imprintPage', elements.imprintPage === 'last' ? '' : t(`documents.imprintPage.${elements.imprintPage}`)],
    ['disclosure', t(`documents.disclosure.${elements.disclosure}`)],
    ['disclosureReason', elements.disclosureReason],
  ]
  return (
    <div className="elements">
      <Facts title={t('documents.ui.element.head')} lines={head} />
      {elements.format === 'minutes' ? <Facts title={t('documents.ui.element.minutes')} lines={minutes} /> : null}
      <Facts title={t('documents.ui.element.imprint')} lines={imprint} />
    </div>
  )
}

function Facts({ title, lines }: { readonly title: string; readonly lines: readonly (readonly [string, string])[] }) {
  const { t } = useWords()
  const said = lines.filter(([, words]) => words !== '')
  return (
    <section>
      <h3>{title}</h3>
      <dl className="facts">
        {said.map(([name, words]) => (
          <div key={name} className="facts-line" data-field={name}>
            <dt>{t(`documents.ui.element.${name}`)}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
