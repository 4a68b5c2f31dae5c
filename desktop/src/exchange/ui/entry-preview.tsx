import { exchangeContract, receiptIdSchema, type ReceiptId } from '@xiewen/shared/exchange'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, PersonName, Stream } from '../../platform/kit/index.ts'
import type { PreviewProps } from '../../platform/rooms/index.ts'
import { SealedPages } from './sealed-pages.tsx'
import './exchange.css'

/** Beside the inbox: what has happened to a received document, and its pages. */
export function Component({ entry }: PreviewProps) {
  const { t } = useWords()
  const id = receiptIdSchema.safeParse(entry.subjectId)
  return id.success ? <Preview receiptId={id.data} /> : <EmptyState title={t('exchange.ui.not-here')} />
}

function Preview({ receiptId }: { readonly receiptId: ReceiptId }) {
  const { t } = useWords()
  const answer = useQuery(exchangeContract.receipt, { receiptId }, { refreshOn: [`receipt:${receiptId}`] })
  return (
    <Answer of={answer}>
      {({ receipt }) => {
        if (receipt === null) return <EmptyState title={t('exchange.ui.not-here')} />
        const items = receipt.events.map((event, index) => ({ key: `${index}`, who: <PersonName name={event.personName} />, act: t(`exchange.act.${event.act}`), atMs: event.at, text: event.detail }))
        const isReadable = receipt.state !== 'withdrawn' && receipt.state !== 'returned'
        return (
          <>
            <Stream label={t('exchange.ui.history')} items={items} empty={t('exchange.ui.no-history')} />
            {isReadable ? <SealedPages receipt={receipt} seals={[]} /> : null}
          </>
        )
      }}
    </Answer>
  )
}
