import type { LiveNode, NodeFigures } from '@xiewen/shared/base'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { type Column, DataTable, Lamp, Notice } from '../../platform/kit/index.ts'

/** What each node has to do: figures of the one there is, a line for each where there are several. */
export function LiveNodes({ nodes }: { readonly nodes: readonly LiveNode[] }) {
  const speech = useWords()
  const { t } = speech
  const [only] = nodes
  if (only !== undefined && only.figures !== null && nodes.length === 1) return <OneNode figures={only.figures} />
  const silent = nodes.filter((node) => node.figures === null)
  return (
    <div className="live-totals">
      {silent.length === 0 ? null : <Notice kind="error">{t('directory.ui.live.silent', { nodes: silent.map((node) => node.name).join(t('ui.list-comma')) })}</Notice>}
      <DataTable caption={t('directory.ui.live.nodes')} columns={columnsFor(speech)} rows={nodes} rowKey={(node) => node.name} empty={null} />
    </div>
  )
}

function OneNode({ figures }: { readonly figures: NodeFigures }) {
  const speech = useWords()
  const { t } = speech
  return (
    <dl className="facts live-totals">
      <dt>{t('directory.ui.live.connections')}</dt>
      <dd className="figures">{figures.connections}</dd>
      <dt>{t('directory.ui.live.documents')}</dt>
      <dd className="figures">{figures.documents}</dd>
      <dt>{t('directory.ui.live.pace')}</dt>
      <dd className="figures">{paceText(figures, speech)}</dd>
      <dt>{t('directory.ui.live.commit')}</dt>
      <dd className="figures">{t('directory.ui.live.commit-ms', { p50: figures.commitP50Ms.toFixed(1), p95: figures.commitP95Ms.toFixed(1) })}</dd>
      <dt>{t('directory.ui.live.memory')}</dt>
      <dd className="figures">{memoryText(figures, speech)}</dd>
      <dt>{t('directory.ui.live.closed')}</dt>
      <dd className="figures">{closedText(figures.closed, speech)}</dd>
    </dl>
  )
}

function paceText({ updatesPerSecond, commandsPerSecond }: NodeFigures, { t }: Speech): string {
  return t('directory.ui.live.pace-of', { updates: updatesPerSecond.toFixed(1), commands: commandsPerSecond.toFixed(1) })
}

function memoryText({ documentBytes, processBytes }: NodeFigures, { t, format }: Speech): string {
  return t('directory.ui.live.memory-of', { documents: format.size(documentBytes), process: format.size(processBytes) })
}

/** Reasons as the protocol names them, for the one person who looks them up there. */
function closedText(closed: Readonly<Record<string, number>>, { t }: Speech): string {
  const parts = Object.entries(closed).map(([reason, count]) => `${reason} ${count}`)
  return parts.length === 0 ? t('directory.ui.live.closed-none') : parts.join(' · ')
}

function columnsFor(speech: Speech): readonly Column<LiveNode>[] {
  const { t } = speech
  const figure = (key: string, title: string, text: (figures: NodeFigures) => string | number, more: Partial<Column<LiveNode>> = {}): Column<LiveNode> => ({
    key, title, fit: 'tight', render: ({ figures }) => <span className="figures">{figures === null ? '—' : text(figures)}</span>, ...more,
  })
  return [
    { key: 'name', title: t('directory.ui.live.node'), role: 'main', fit: 'tight', render: (node) => <span className="figures">{node.isThis ? t('directory.ui.live.this-node', { name: node.name }) : node.name}</span> },
    { key: 'state', title: t('directory.ui.live.node-state'), fit: 'tight', render: ({ figures }) => <Lamp tone={figures === null ? 'red' : 'green'} label={t(figures === null ? 'directory.ui.live.node-silent' : 'directory.ui.live.node-well')} /> },
    figure('connections', t('directory.ui.live.connections'), ({ connections, relayed }) => t('directory.ui.live.connections-of', { connections, relayed })),
    figure('documents', t('directory.ui.live.documents'), ({ documents }) => t('directory.ui.live.documents-of', { count: documents })),
    figure('pace', t('directory.ui.live.pace'), (figures) => paceText(figures, speech)),
    figure('commit', t('directory.ui.live.commit'), ({ commitP50Ms, commitP95Ms }) => t('directory.ui.live.commit-ms', { p50: commitP50Ms.toFixed(1), p95: commitP95Ms.toFixed(1) }), { role: 'wide-only' }),
    figure('memory', t('directory.ui.live.memory'), (figures) => memoryText(figures, speech), { role: 'wide-only' }),
    figure('closed', t('directory.ui.live.closed'), ({ closed }) => closedText(closed, speech), { role: 'wide-only', fit: 'clip' }),
  ]
}
