import { exchangeContract, type ReceiptView, type Verification } from '@xiewen/shared/exchange'
import { urlOf } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'

/** A4 in millimetres. */
const paper = { width: 210, height: 297 }

/** The pages as printed, with each seal where the sealed PDF has it. */
export function SealedPages({ receipt, seals }: { readonly receipt: ReceiptView; readonly seals: Verification['seals'] }) {
  const { t } = useWords()
  return (
    <ol className="receipt-pages" aria-label={t('exchange.ui.pages', { count: receipt.pages })}>
      {Array.from({ length: receipt.pages }, (_, index) => index + 1).map((page) => (
        <li key={page}>
          <img loading="lazy" width={794} height={1123} alt={t('exchange.ui.page', { page })} src={urlOf(exchangeContract.page, { receiptId: receipt.id, page })} />
          {seals.map((seal, index) => (seal.place?.page === page && seal.picture !== '' ? <SealPicture key={`${index}`} seal={seal} place={seal.place} /> : null))}
        </li>
      ))}
    </ol>
  )
}

type Seal = Verification['seals'][number]

function SealPicture({ seal, place }: { readonly seal: Seal; readonly place: NonNullable<Seal['place']> }) {
  const share = (part: number, whole: number): string => `${(part / whole) * 100}%`
  return (
    <img
      className="receipt-seal"
      alt={seal.sealName}
      src={`data:image/png;base64,${seal.picture}`}
      style={{
        left: share(place.leftMm, paper.width),
        top: share(place.topMm, paper.height),
        width: share(place.widthMm, paper.width),
        height: share(place.heightMm, paper.height),
      }}
    />
  )
}
