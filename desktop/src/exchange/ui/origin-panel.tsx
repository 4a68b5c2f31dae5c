import { documentIdSchema } from '@xiewen/shared/documents'
import { exchangeContract, formatRegisterNumber, type ReceiptId } from '@xiewen/shared/exchange'
import { Button } from 'antd'
import { urlOf, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Lamp } from '../../platform/kit/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { navigate } from '../../platform/rooms/index.ts'
import { labelKeyOfReceipt, toneOfReceipt } from './exchange-words.ts'
import { VerdictLines } from './verdict-lines.tsx'
import './exchange.css'

/** 来文: where a received document came from, its register number, and the way to the sealed original. */
export function Component(props: DocumentSlotProps) {
  const { t } = useWords()
  const documentId = documentIdSchema.parse(props.documentId)
  const found = useQuery(exchangeContract.receiptOfCopy, { documentId })
  return <Answer of={found}>{({ receiptId }) => (receiptId === null ? <EmptyState title={t('exchange.ui.no-origin')} /> : <Origin receiptId={receiptId} />)}</Answer>
}

function Origin({ receiptId }: { readonly receiptId: ReceiptId }) {
  const { t, format } = useWords()
  const refreshOn = [`receipt:${receiptId}`]
  const answer = useQuery(exchangeContract.receipt, { receiptId }, { refreshOn })
  const verified = useQuery(exchangeContract.verify, { receiptId }, { refreshOn })
  return (
    <Answer of={answer}>
      {({ receipt }) =>
        receipt === null ? (
          <EmptyState title={t('exchange.ui.no-origin')} />
        ) : (
          <>
            <dl className="facts">
              <dt>{t('exchange.ui.column.from')}</dt>
              <dd>{receipt.fromOrganName}</dd>
              <dt>{t('exchange.ui.column.number')}</dt>
              <dd className="figures">{receipt.number}</dd>
              <dt>{t('exchange.ui.column.register')}</dt>
              <dd className="figures strong">{receipt.registerNumber === null ? '—' : formatRegisterNumber(receipt.registerNumber)}</dd>
              <dt>{t('exchange.ui.column.state')}</dt>
              <dd>
                <Lamp tone={toneOfReceipt(receipt)} label={t(labelKeyOfReceipt(receipt))} />
              </dd>
              <dt>{t('exchange.ui.due')}</dt>
              <dd className="figures">{receipt.dueAt === null ? '—' : format.date(receipt.dueAt)}</dd>
            </dl>
            <Answer of={verified}>{(data) => <VerdictLines verification={data} receipt={receipt} />}</Answer>
            <div className="row">
              <Button type="primary" onClick={() => navigate(`/incoming/${receipt.id}`)}>
                {t('exchange.ui.open-receipt')}
              </Button>
              <Button href={urlOf(exchangeContract.pdf, { receiptId })} target="_blank" rel="noopener">
                {t('exchange.ui.pdf')}
              </Button>
            </div>
          </>
        )
      }
    </Answer>
  )
}
