import type { PostView } from '@xiewen/shared/directory'
import { exchangeContract, type ReaderView, type ReceiptView } from '@xiewen/shared/exchange'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, Lamp, Panel, PersonName, PostPicker, RefusalNotice, tellDone } from '../../platform/kit/index.ts'

interface Props {
  readonly receipt: ReceiptView
  readonly reload: () => void
}

/** 传阅: who has read it when and what was said, who has not; the receiver adds readers, urges and closes. */
export function ReadersPanel({ receipt, reload }: Props) {
  const { t } = useWords()
  const [adding, setAdding] = useState(false)
  const urge = useCommand(exchangeContract.urgeReaders)
  const close = useCommand(exchangeContract.close)
  const { abilities, readers, reading } = receipt
  const done = (words: string) => (answer: unknown) => {
    if (answer === null) return
    tellDone(words)
    reload()
  }
  return (
    <Panel title={t('exchange.ui.read-list', { read: reading.read, total: reading.total })}>
      <ul className="plain-list read-list">
        {readers.map((reader) => (
          <ReaderLine key={reader.postId} reader={reader} />
        ))}
      </ul>
      <div className="row">
        {abilities.circulate === null ? <Button onClick={() => setAdding(true)}>{t('exchange.ui.circulate')}</Button> : null}
        {abilities.urgeReaders === null ? (
          <Button loading={urge.busy} onClick={() => void urge.run({ receiptId: receipt.id }).then(done(t('exchange.ui.done.urged')))}>
            {t('exchange.ui.urge-readers')}
          </Button>
        ) : null}
        {abilities.close === null ? (
          <Button loading={close.busy} onClick={() => void close.run({ receiptId: receipt.id }).then(done(t('exchange.ui.done.closed')))}>
            {t('exchange.ui.do.finish')}
          </Button>
        ) : null}
      </div>
      <RefusalNotice error={urge.error ?? close.error} />
      {adding ? <CirculateSheet receipt={receipt} reload={reload} onClose={() => setAdding(false)} /> : null}
    </Panel>
  )
}

function ReaderLine({ reader }: { readonly reader: ReaderView }) {
  const { t, format } = useWords()
  return (
    <li>
      <div className="row">
        <Lamp tone={reader.readAt === null ? 'yellow' : 'green'} label={t(reader.readAt === null ? 'exchange.ui.unread' : 'exchange.act.read')} />
        <PersonName name={reader.personName} post={reader.postTitle} unit={reader.unitName} />
        <span className="soft small figures">{reader.readAt === null ? '' : `${reader.readBy ?? ''} ${format.moment(reader.readAt)}`}</span>
      </div>
      {reader.purpose === '' ? null : <p className="soft small">{reader.purpose}</p>}
      {reader.opinion === '' ? null : <p className="said">{reader.opinion}</p>}
    </li>
  )
}

function CirculateSheet({ receipt, reload, onClose }: Props & { readonly onClose: () => void }) {
  const { t } = useWords()
  const [posts, setPosts] = useState<readonly PostView[]>([])
  const [purpose, setPurpose] = useState('')
  const act = useCommand(exchangeContract.circulate)
  const run = async () => {
    if ((await act.run({ receiptId: receipt.id, readers: posts.map((post) => post.id), purpose })) === null) return
    tellDone(t('exchange.ui.done.circulated', { names: posts.map((post) => post.personName).join(t('ui.list-comma')) }))
    onClose()
    reload()
  }
  return (
    <ConfirmSheet open title={t('exchange.ui.circulate')} confirmLabel={t('exchange.ui.do.circulate')} busy={act.busy} disabled={posts.length === 0} error={act.error} onConfirm={() => void run()} onClose={onClose}>
      <Field required label={t('exchange.ui.readers')}>
        {(control) => <PostPicker {...control} multiple withinUnitId={receipt.organId} value={posts} onChange={setPosts} except={receipt.readers.map((reader) => reader.postId)} />}
      </Field>
      <Field label={t('exchange.ui.purpose')} hint={t('exchange.ui.purpose-hint')}>
        {(control) => <Input {...control} maxLength={200} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
