// Medians over rounds, and the table of targets as ratios against the other servers of the same run.

/** Medians of the same figure over rounds, keeping the shape. */
export function medians(samples) {
  if (samples.length === 0) return {}
  return Object.fromEntries(Object.keys(samples[0]).map((key) => [key, median(samples.map((sample) => sample[key]))]))
}

function median(values) {
  if (typeof values[0] === 'object' && values[0] !== null) return medians(values)
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

/** One row: what was measured against its target. A row without its peer is left out. */
function row(measure, value, target, isMet) {
  return value === null || Number.isNaN(value) ? [] : [{ measure, value: Number(value.toPrecision(3)), target, met: isMet(value) }]
}

const atMost = (limit) => (value) => value <= limit
const atLeast = (limit) => (value) => value >= limit

/** Rows in which every delivery is a write of its own: what bare sockets take for them is what a server can at best come to. */
export const carried = ['fanOut', 'crowd']

/** Processor time of each server as a multiple of bare sockets that only pass frames on. */
export function overBare(measured) {
  const { bare, ...servers } = measured
  const times = (row, figures) => Number((figures[row].cpuUsPerDelivery / bare[row].cpuUsPerDelivery).toPrecision(3))
  const rows = bare === undefined ? [] : carried.filter((row) => bare[row] !== undefined)
  return Object.fromEntries(
    rows.map((row) => [row, { bareUsPerDelivery: bare[row].cpuUsPerDelivery, ...Object.fromEntries(Object.entries(servers).filter(([, figures]) => figures[row]).map(([name, figures]) => [name, times(row, figures)])) }]),
  )
}

/** The table. */
export function judge(measured, editors) {
  const { xiewen: ours, yws, hocuspocus } = measured
  if (ours === undefined) return { table: [] }
  const of = (target, path) => path.split('.').reduce((value, key) => value?.[key], target) ?? Number.NaN
  const share = (path, peer) => of(ours, path) / of(peer, path)
  const bestShare = (path) => {
    const peers = [of(yws, path), of(hocuspocus, path)].filter((value) => !Number.isNaN(value))
    return peers.length === 0 ? Number.NaN : of(ours, path) / Math.min(...peers)
  }
  const table = [
    ...row('saturated: CPU per delivery, share of @y/websocket-server', share('saturated.cpuUsPerDelivery', yws), '≤ 1/12', atMost(1 / 12)),
    ...row('saturated: CPU per delivery, share of Hocuspocus 4', share('saturated.cpuUsPerDelivery', hocuspocus), '≤ 1/5', atMost(1 / 5)),
    ...row('saturated: µs of CPU per delivery', of(ours, 'saturated.cpuUsPerDelivery'), 'aim 0.4', atMost(0.4)),
    ...row('saturated: deliveries per core second, times @y/websocket-server', share('saturated.perCoreSecond', yws), '≥ 10', atLeast(10)),
    ...row('saturated: deliveries per core second, times Hocuspocus 4', share('saturated.perCoreSecond', hocuspocus), '≥ 4', atLeast(4)),
    ...row('200 people in one document, 100 keys/s: CPU per delivery, share of the best peer', bestShare('crowd.cpuUsPerDelivery'), '≤ 0.6', atMost(0.6)),
    ...row('200 people in one document: p99, share of the best peer', bestShare('crowd.latencyMs.p99'), '≤ 1', atMost(1)),
    ...row('100 cursors at 5 Hz: CPU per delivery, share of the best peer', bestShare('cursors.cpuUsPerDelivery'), '≤ 1/5', atMost(1 / 5)),
    ...row('fan-out at 4,500 deliveries/s: p50 ms', of(ours, 'fanOut.latencyMs.p50'), '≤ 2', atMost(2)),
    ...row('fan-out at 4,500 deliveries/s: p95 ms', of(ours, 'fanOut.latencyMs.p95'), '≤ 4', atMost(4)),
    ...row('fan-out: CPU per delivery, share of @y/websocket-server', share('fanOut.cpuUsPerDelivery', yws), '≤ 1', atMost(1)),
    ...row('reopening 100,000 edits, warm: times faster than Hocuspocus 4', 1 / share('history.warm.allMs', hocuspocus), '≥ 8', atLeast(8)),
    ...row('reopening 100,000 edits, running but cold: times faster than Hocuspocus 4', 1 / share('history.cold.allMs', hocuspocus), '≥ 4', atLeast(4)),
    ...row('200 empty clients after a restart: times faster than Hocuspocus 4', 1 / share('history.crowd.allMs', hocuspocus), '≥ 8', atLeast(8)),
    ...row('2,000 clients back after a restart: p95 s', of(ours, 'history.returning.p95Ms') / 1000, '≤ 10', atMost(10)),
    ...row('intake of long typing: CPU per stored edit, share of Hocuspocus 4', share('history.intakeCpuUsPerEdit', hocuspocus), '≤ 1/5', atMost(1 / 5)),
    ...row('memory per idle connection, kB', of(ours, 'memory.perConnectionKb'), '≤ 8', atMost(8)),
    ...row('memory per small open document with its connection, kB', of(ours, 'memory.perDocumentKb'), '≤ 8 + connection', atMost(8 + of(ours, 'memory.perConnectionKb'))),
    ...(editors === null ? [] : row('ten editors: keystroke to peer, p95 ms', editors.keystrokeToPeerMs.p95, '≤ 50', atMost(50))),
  ]
  return { met: table.filter((each) => each.met).length, of: table.length, table, overBare: overBare(measured) }
}
