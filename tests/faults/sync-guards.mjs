// Requirement → guard → test. Taking the guard away as `from` → `to` says must turn that test red: `npm run prove:sync -- guards [id]`.
const realtime = 'server/src/platform/realtime'
const tests = {
  admission: `${realtime}/admission.test.ts`,
  rights: `${realtime}/rights.test.ts`,
  clients: `${realtime}/client-ids.test.ts`,
  crowd: `${realtime}/crowd.test.ts`,
  hostile: `${realtime}/hostile.test.ts`,
  scan: `${realtime}/scan-update.test.ts`,
  frames: `${realtime}/log-frames.test.ts`,
  durability: `${realtime}/durability.test.ts`,
  converge: 'tests/convergence/convergence.test.ts',
  states: 'tests/convergence/session-states.test.ts',
  kill: 'tests/faults/sync-kill.test.ts',
  failpoints: 'tests/faults/sync-failpoints.test.ts',
  fsync: 'tests/faults/sync-fsync.test.ts',
  nodes: 'tests/faults/nodes.test.ts',
  servers: 'tests/faults/two-servers.test.ts',
}

/** `built`: the test runs the built server, so it is built again without the guard. */
export const guards = [
  { id: 'Y01', what: 'only pages of our own origin connect', file: `${realtime}/admission.ts`, from: 'if (!isOwnOrigin(request)) return 403', to: '', test: tests.admission, name: 'origin' },
  { id: 'Y02a', what: 'a ticket opens its own document only', file: `${realtime}/admission.ts`, from: 'grant === null || grant.documentId !== target.documentId', to: 'grant === null', test: tests.admission, name: 'foreign one' },
  { id: 'Y02b', what: 'a ticket is used once', file: `${realtime}/ticket-office.ts`, from: '      issued.delete(ticket)\n      return found', to: '      return found', test: tests.admission, name: 'ticket' },
  { id: 'Y02c', what: 'a ticket expires', file: `${realtime}/ticket-office.ts`, from: 'return found.expiresAt > clock.now() ? found.grant : null', to: 'return found.grant', test: tests.admission, name: 'expired' },
  { id: 'Y03', what: 'a document has one spelling', file: `${realtime}/sync-target.ts`, from: '  if (!idPattern.test(documentId)) return null\n  const tickets', to: '  documentId = decodeURIComponent(documentId).toLowerCase().slice(0, 26)\n  const tickets', test: tests.admission, name: 'spelling' },
  { id: 'Y04', what: 'an ended session loses its sockets', file: `${realtime}/realtime.ts`, from: '        connection.close(reason)\n      })\n', to: '      })\n', test: tests.rights, name: 'ended session' },
  { id: 'Y05', what: 'a lowered right takes hold while the socket lives', file: `${realtime}/realtime.ts`, from: "setInterval(() => void watch.poll(), limits.rightsEveryMs)", to: 'setInterval(() => undefined, limits.rightsEveryMs)', test: tests.rights, name: 'lowered right' },
  { id: 'Y06', what: 'a reader changes nothing', file: `${realtime}/update-intake.ts`, from: "    if (!mayWrite(this.#writer.rights())) return this.#notAccepted(frame, 'read-only')\n", to: '', test: tests.rights, name: 'a reader gets the text' },
  { id: 'Y07a', what: 'nobody writes under a client id that stands in the document', file: `${realtime}/ledger.ts`, from: 'owner !== undefined && owner !== personId', to: 'owner === undefined && owner === personId', test: tests.rights, name: 'client id of another' },
  { id: 'Y07b', what: 'nobody takes an id that was issued or shown', file: `${realtime}/client-ids.ts`, from: 'ledger.authors.get(client) ?? held.get(client)', to: 'ledger.authors.get(client)', test: tests.clients, name: '' },
  { id: 'Y08', what: 'a client counts as complete only with the whole content', file: `${realtime}/room.ts`, from: '  return [...first, ...(tail.length === 0 ? [] : [tail.frames()]), emptyStep2]', to: '  return [emptyStep2, ...first, ...(tail.length === 0 ? [] : [tail.frames()])]', test: tests.crowd, name: 'fifty' },
  { id: 'Y09', what: 'whoever comes late is given the tail (R18)', file: `${realtime}/rooms.ts`, from: '      room.tail.append(seq, runs.map((run) => run.wire))\n', to: '', test: tests.converge, name: 'seed 1' },
  { id: 'Y10', what: 'stored bytes are checked when they are read (R09)', file: `${realtime}/log-frames.ts`, from: "  if (stored !== checksum(documentId, kind, payload)) throw new DamagedFrame('checksum')\n", to: '', test: tests.frames, name: 'flipped bit' },
  { id: 'Y11a', what: 'a frame has a largest size', file: `${realtime}/web-socket-frames.ts`, from: '    if (size + this.#piecesBytes > this.#maxBytes) throw new Broken(1009)\n', to: '', test: tests.hostile, name: 'one mebibyte' },
  { id: 'Y11b', what: 'a document has a largest size', file: `${realtime}/update-intake.ts`, from: "    if (roomBytes(room) + body.length > this.#deps.limits.maxDocumentBytes) return void this.#writer.close('too-large')\n", to: '', test: tests.crowd, name: 'at its limit' },
  { id: 'Y11c', what: 'edits have a rate', file: `${realtime}/connection.ts`, from: "        if (!this.#updates.take(now)) return void this.close('too-many-frames')\n", to: '', test: tests.crowd, name: 'ten thousand edits' },
  { id: 'R01', what: 'acknowledged after the commit, never before (R19)', file: `${realtime}/rooms.ts`, from: '      batch.items.push(accepted)\n', to: '      batch.items.push(accepted)\n      const early = author.member?.acknowledge(room.seq, accepted.frame) ?? null\n      if (early !== null) author.member?.send([early])\n', test: tests.kill, name: 'SQLite', built: true },
  { id: 'R02', what: 'what was acknowledged was durable at every point of the way', file: `${realtime}/rooms.ts`, from: '      batch.items.push(accepted)\n', to: '      batch.items.push(accepted)\n      const early = author.member?.acknowledge(room.seq, accepted.frame) ?? null\n      if (early !== null) author.member?.send([early])\n', test: tests.failpoints, name: '', built: true },
  { id: 'R03', what: 'a commit is on the disk before it counts', file: 'server/src/platform/database/sqlite-connection.ts', from: 'synchronous = FULL', to: 'synchronous = OFF', test: tests.fsync, name: 'SQLite: each', built: true },
  { id: 'R03b', what: 'on PostgreSQL too', file: 'server/src/platform/database/postgres-writer.ts', from: 'SET synchronous_commit = on', to: 'SET synchronous_commit = off', test: tests.fsync, name: 'PostgreSQL: each', built: true },
  { id: 'R04', what: 'a failed commit sends its editors away to try again (R05)', file: `${realtime}/rooms.ts`, from: "      for (const room of affected) kill(room, 'try-later')\n", to: '', test: tests.durability, name: 'when the log fails' },
  { id: 'R08', what: 'the loop does not wait for the disk: readers join while a commit runs', file: `${realtime}/connection.ts`, from: '    const answer = frameJoin(room, state)\n', to: '    if (room.pending > 0) return void this.#deps.rooms.settled(room).then(() => this.#join(room, state))\n    const answer = frameJoin(room, state)\n', test: tests.fsync, name: 'a second for each sync', built: true },
  { id: 'R12', what: 'a malformed frame closes its own socket with a reason', file: `${realtime}/connection.ts`, from: "    if (cause instanceof Malformed) return this.close('malformed')\n", to: '', test: tests.hostile, name: 'close their own socket' },
  { id: 'R13a', what: 'updates with gaps are counted and end', file: `${realtime}/update-intake.ts`, from: "    if (this.#gaps > this.#deps.limits.maxGaps) return void this.#writer.close('gap-flood')\n", to: '', test: tests.hostile, name: 'flood of updates with gaps' },
  { id: 'R13b', what: 'a socket brings in few client ids', file: `${realtime}/update-intake.ts`, from: "    if (this.#newClients > this.#deps.limits.maxNewClients) return void this.#writer.close('too-large')\n", to: '', test: tests.hostile, name: 'client ids without end' },
  { id: 'R14a', what: 'presences have a rate', file: `${realtime}/connection.ts`, from: '    if (!this.#presences.take(this.#deps.clock.now())) return\n', to: '', test: tests.crowd, name: 'invented people' },
  { id: 'R14b', what: 'an awareness message has few entries', file: `${realtime}/presence.ts`, from: "  if (count > maxEntries) throw new Malformed('presence entries')\n", to: '', test: tests.crowd, name: 'invented people' },
  { id: 'R14c', what: 'identity in presence comes from the server', file: `${realtime}/presence.ts`, from: '  return { ...Object.fromEntries(kept), user }', to: '  return { user, ...state }', test: tests.rights, name: 'presence' },
  { id: 'R15', what: 'headers that never end are cut off', file: 'server/src/platform/http/server.ts', from: /headersTimeout[^,\n]*,?/, to: '', test: 'tests/faults/requests.test.ts', name: 'never end' },
  { id: 'R16', what: 'clients come back spread over time', file: 'desktop/src/platform/sync/backoff.ts', from: 'Math.floor(random * Math', to: 'Math.floor(1 * Math', test: 'desktop/src/platform/sync/sync-rules.test.ts', name: 'waiting spreads' },
  { id: 'R17', what: 'a reader that does not read is dropped', file: `${realtime}/connection.ts`, from: "    if (unsent > this.#deps.limits.maxUnsentBytes + this.#joinAllowance) return this.close('slow-reader')\n", to: '', test: tests.hostile, name: 'does not read' },
  { id: 'R18', what: 'a client sends again what was not acknowledged', file: 'desktop/src/platform/sync/sync-session.ts', from: '        return sendSync(encodeStep2(Y.encodeStateAsUpdate(doc, message.stateVector)))', to: '        return', test: tests.states, name: 'two offline editors' },
  { id: 'R21a', what: 'an append checks the fencing number in its own transaction', file: 'server/src/documents/update-log.ts', from: '  await fence?.(db, [...new Set(rows.map((row) => row.documentId))])\n', to: '', test: tests.nodes, name: 'the log itself refuses' },
  { id: 'R21b', what: 'a snapshot does too', file: 'server/src/documents/update-log.ts', from: '      await fence?.(db, [documentId])\n', to: '', test: tests.nodes, name: 'the log itself refuses' },
  { id: 'R21c', what: 'a document is served where its lease is', file: `${realtime}/realtime.ts`, from: 'return await inTime(owners.find(documentId))', to: "return 'here'", test: tests.nodes, name: 'people on three nodes', built: true },
  { id: 'R21d', what: 'a reaction asks again inside its transaction whether another node has delivered the fact', file: 'server/src/platform/outbox/reactions.ts', from: '          if (await hasPassed(ctx, reaction.name, fact.seq)) return\n          await reaction', to: '          await reaction', test: tests.servers, name: 'delivered by both' },
]

/** Named in the requirements and not here: why. */
export const without = [
  { id: 'R05', why: 'a failed fdatasync is tested for every command in tests/faults/disk.test.ts; live texts share its writer' },
]
