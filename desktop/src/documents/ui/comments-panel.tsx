import { type CommentView, documentsContract, longestComment, type ThreadView } from '@xiewen/shared/documents'
import { Button, Input, Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, RefusalNotice, Tag } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { locateThread } from './editor/comment-marks.ts'
import type { Comments } from './use-comments.ts'
import type { Desk } from './workbench-model.ts'

/** 批注: threads on the text, answers, settling. Who, which post, which step and when come from the server. */
export function CommentsPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const { comments } = desk
  const [shown, setShown] = useState<'open' | 'all'>('open')
  const mayComment = desk.opened.abilities.comment?.allowed === true
  return (
    <>
      <div className="row">
        {mayComment ? <Button onClick={comments.begin}>{t('documents.ui.comments.begin')}</Button> : null}
        <Segmented aria-label={t('documents.ui.comments.shown')} value={shown} onChange={setShown} options={(['open', 'all'] as const).map((value) => ({ value, label: t(`documents.ui.comments.${value}`) }))} />
      </div>
      {comments.composing === null ? null : <Composer desk={desk} />}
      <Answer of={comments.answer}>
        {({ threads }) => {
          const wanted = inOrder(desk, threads.filter((thread) => shown === 'all' || thread.resolved === null || thread.id === comments.active))
          if (wanted.length === 0 && comments.composing !== null) return null
          if (wanted.length === 0) return <EmptyState title={t(threads.length === 0 ? 'documents.ui.comments.none' : 'documents.ui.comments.all-settled')} hint={t('documents.ui.comments.none-hint')} />
          return (
            <ol className="plain-list threads">
              {wanted.map((thread) => (
                <Thread key={thread.id} desk={desk} thread={thread} mayComment={mayComment} />
              ))}
            </ol>
          )
        }}
      </Answer>
    </>
  )
}

/** In the order of the text; what has no place any more comes last. */
function inOrder(desk: Desk, threads: readonly ThreadView[]): readonly ThreadView[] {
  const { editor } = desk
  if (editor === null || editor.isDestroyed) return threads
  const places = new Map(threads.map((thread) => [thread.id, locateThread(editor.state, thread)?.from ?? Number.MAX_SAFE_INTEGER]))
  return threads.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
}

function Composer({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const { composing, stopComposing, pick } = desk.comments
  const [body, setBody] = useState('')
  const comment = useCommand(documentsContract.comment)
  if (composing === null) return null
  const send = async () => {
    // The words commented on must be on the server before the comment is.
    if (composing.from !== '' && desk.opened.right !== 'read' && !(await desk.settle())) return
    const made = await comment.run({ documentId: desk.opened.document.id, ...composing, body })
    if (!made) return
    stopComposing()
    pick(made.threadId)
    desk.comments.answer.reload()
  }
  return (
    <section className="thread active" aria-label={t('documents.ui.comments.begin')}>
      <blockquote>{composing.quote === '' ? t('documents.ui.comments.whole') : composing.quote}</blockquote>
      <Writing value={body} onChange={setBody} onSend={() => void send()} onCancel={stopComposing} busy={comment.busy} label={t('documents.ui.comments.words')} act={t('documents.ui.comments.send')} />
      <RefusalNotice error={comment.error} />
    </section>
  )
}

interface WritingProps {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onSend: () => void
  readonly onCancel: () => void
  readonly busy: boolean
  readonly label: string
  readonly act: string
}

/** A box to write in; Ctrl+Enter sends, Escape leaves. */
function Writing({ value, onChange, onSend, onCancel, busy, label, act }: WritingProps) {
  const { t } = useWords()
  const isBlank = value.trim() === ''
  return (
    <>
      <Input.TextArea
        autoFocus
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={longestComment}
        autoSize={{ minRows: 2, maxRows: 8 }}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isBlank) onSend()
          if (event.key === 'Escape') onCancel()
        }}
      />
      <div className="row">
        <Button size="small" type="primary" disabled={isBlank} loading={busy} onClick={onSend}>
          {act}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
      </div>
    </>
  )
}

function Thread({ desk, thread, mayComment }: { readonly desk: Desk; readonly thread: ThreadView; readonly mayComment: boolean }) {
  const { t, format } = useWords()
  const { comments } = desk
  const isActive = comments.active === thread.id
  const item = useRef<HTMLLIElement>(null)
  const [isGone, setIsGone] = useState(false)
  useEffect(() => {
    if (isActive) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    <li ref={item} className={`thread${isActive ? ' active' : ''}${thread.resolved ? ' resolved' : ''}`}>
      <button type="button" className="plain quote" onClick={() => setIsGone(!comments.goTo(thread) && thread.quote !== '')}>
        {thread.quote === '' ? t('documents.ui.comments.whole') : thread.quote}
      </button>
      {isGone ? <p className="soft small">{t('documents.ui.comments.gone')}</p> : null}
      <ol className="plain-list">
        {thread.comments.map((comment) => (
          <Comment key={comment.id} desk={desk} comment={comment} />
        ))}
      </ol>
      {thread.resolved ? (
        <Tag tone="green">{thread.resolved.name === '' ? t('documents.ui.comments.resolved-in-word') : t('documents.ui.comments.resolved', { name: thread.resolved.name, at: format.moment(thread.resolved.at) })}</Tag>
      ) : null}
      {mayComment ? <ThreadActs comments={comments} desk={desk} thread={thread} /> : null}
    </li>
  )
}

function ThreadActs({ desk, comments, thread }: { readonly desk: Desk; readonly comments: Comments; readonly thread: ThreadView }) {
  const { t } = useWords()
  const [answer, setAnswer] = useState<string | null>(null)
  const reply = useCommand(documentsContract.reply)
  const resolve = useCommand(documentsContract.resolveThread)
  const ids = { documentId: desk.opened.document.id, threadId: thread.id }
  const send = async () => {
    if (answer === null || !(await reply.run({ ...ids, body: answer }))) return
    setAnswer(null)
    comments.answer.reload()
  }
  const settle = async () => {
    if (!(await resolve.run({ ...ids, resolved: thread.resolved === null }))) return
    if (thread.resolved === null) comments.pick(null)
    comments.answer.reload()
  }
  return (
    <>
      {answer === null ? (
        <div className="row">
          <Button size="small" onClick={() => setAnswer('')}>
            {t('documents.ui.comments.reply')}
          </Button>
          {thread.mayResolve ? (
            <Button size="small" loading={resolve.busy} onClick={() => void settle()}>
              {t(thread.resolved === null ? 'documents.ui.comments.resolve' : 'documents.ui.comments.reopen')}
            </Button>
          ) : null}
        </div>
      ) : (
        <Writing value={answer} onChange={setAnswer} onSend={() => void send()} onCancel={() => setAnswer(null)} busy={reply.busy} label={t('documents.ui.comments.reply')} act={t('documents.ui.comments.send')} />
      )}
      <RefusalNotice error={reply.error ?? resolve.error} />
    </>
  )
}

/** Whom a Word file names: its own words, marked as such, so that nobody takes them for a colleague’s. */
function FromFile({ foreign }: { readonly foreign: NonNullable<CommentView['foreign']> }) {
  const { t } = useWords()
  const author = foreign.author === '' ? t('documents.ui.revision.word-nobody') : foreign.author
  const at = foreign.saidAt.slice(0, 16).replace('T', ' ')
  return (
    <div title={t('documents.ui.comments.from-word-hint')}>
      <Tag>Word</Tag> <span className="soft">{t('documents.ui.revision.from-word', { author })}</span>
      {at === '' ? null : <span className="soft small"> · {at}</span>}
    </div>
  )
}

function Comment({ desk, comment }: { readonly desk: Desk; readonly comment: CommentView }) {
  const { t, format } = useWords()
  const session = useSession()
  const withdraw = useCommand(documentsContract.withdrawComment)
  const takeBack = async () => {
    if (await withdraw.run({ documentId: desk.opened.document.id, commentId: comment.id })) desk.comments.answer.reload()
  }
  return (
    <li className="comment">
      {comment.foreign === null ? (
        <div>
          <span className="strong">{comment.name}</span> <span className="soft small">{comment.post}</span>
        </div>
      ) : (
        <FromFile foreign={comment.foreign} />
      )}
      <div className="soft small">
        {comment.foreign === null ? '' : `${t('documents.ui.comments.imported-by', { name: comment.name })} · `}
        {comment.step === '' ? '' : `${t(comment.step)} · `}
        {format.moment(comment.at)}
        {comment.personId === session.personId && !comment.withdrawn && desk.opened.abilities.comment?.allowed === true ? (
          <button type="button" className="plain small" disabled={withdraw.busy} onClick={() => void takeBack()}>
            {t('documents.ui.comments.withdraw')}
          </button>
        ) : null}
      </div>
      <p>{comment.withdrawn ? <i className="soft">{t('documents.ui.comments.withdrawn')}</i> : comment.body}</p>
      <RefusalNotice error={withdraw.error} />
    </li>
  )
}
