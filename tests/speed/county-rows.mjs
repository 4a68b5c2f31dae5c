// A county's office made of rows, the same for the same seed: 360 organisations, 7,500 accounts, 200,000 documents with registers,
// inboxes and a supervision ledger. Only benches may write rows; everything else goes through commands.
import { createHash } from 'node:crypto'
import sqlite3 from 'sqlite3'

const day = 86_400_000
const now = Date.now()
const areas = ['教育', '卫生健康', '自然资源', '农业农村', '交通运输', '应急管理', '生态环境', '民政', '财政', '水务', '文化旅游', '市场监管']
const acts = ['进一步加强', '做好', '扎实推进', '全面规范', '持续优化', '统筹开展']
const matters = ['安全生产隐患排查', '乡村振兴示范建设', '防汛抗旱应急准备', '政务服务事项清理', '义务教育均衡发展', '基层卫生服务能力', '高标准农田建设', '营商环境专项整治', '水污染防治攻坚', '老旧小区改造', '国有资产清查', '森林防火宣传']
const kinds = ['通知', '意见', '报告', '请示', '函', '通报', '批复', '纪要']
const states = ['draft', 'in-review', 'signed', 'numbered', 'issued', 'issued', 'issued', 'issued']
const clauses = ['各乡镇人民政府、县直各单位要高度重视，落实主体责任', '要建立台账、挂图作战，明确时间表和路线图', '对工作推进不力的予以通报批评并限期整改', '请于每月二十五日前将进展情况报送县政府办公室', '坚持问题导向和目标导向相统一，统筹发展和安全', '经费由县财政按规定予以保障，专款专用', '各有关部门要密切配合，形成工作合力', '严格执行请示报告制度，重大事项及时上报']
const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华'

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Fills a migrated database. `indexTokens` is the product's own way to make words for the full-text index; `reactions` are the names of
 * everything that would act on the facts: to them the whole history has happened.
 *
 * @returns people to measure as: session tokens by part
 */
export async function fillCounty(file, { seed, scale, indexTokens, reactions }) {
  const random = randomOf(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const db = await openRaw(file)
  const county = makeDirectory(random, pick, scale)
  for (const [table, rows] of Object.entries(county.tables)) await insert(db, table, rows)
  const documents = Math.round(200_000 * scale)
  const serials = new Map()
  for (let from = 0; from < documents; from += 2000) {
    const batch = { document: [], document_grant: [], document_text: [], document_search: [], number_register: [], inbox_entry: [], exchange_dispatch: [], exchange_receipt: [], fact: [] }
    for (let n = from; n < Math.min(documents, from + 2000); n += 1) addDocument(batch, n, { random, pick, county, documents, serials, indexTokens })
    for (const [table, rows] of Object.entries(batch)) await insert(db, table, rows)
  }
  const assignments = Math.round(20_000 * scale)
  for (let from = 0; from < assignments; from += 2000) {
    const batch = { assignment: [], assignment_part: [] }
    for (let n = from; n < Math.min(assignments, from + 2000); n += 1) addAssignment(batch, n, { random, pick, county })
    for (const [table, rows] of Object.entries(batch)) await insert(db, table, rows)
  }
  const days = Math.round(60 * scale) + 1
  const booked = { meeting_room: [], meeting_booking: [], meeting: [], meeting_attendee: [] }
  addMeetings(booked, days, { random, pick, county })
  for (const [table, rows] of Object.entries(booked)) await insert(db, table, rows)
  await exec(db, 'DELETE FROM reaction_cursor')
  await insert(db, 'reaction_cursor', reactions.map((name) => ({ name, seq: 10_000_000 })))
  await exec(db, 'PRAGMA wal_checkpoint(TRUNCATE)')
  await new Promise((resolve) => db.close(resolve))
  return { tokens: county.tokens, documents, assignments, people: county.posts.length, organs: county.organs.length }
}

function makeDirectory(random, pick, scale) {
  const tables = { unit: [], person: [], post: [], post_duty: [], session: [] }
  const root = { id: id('w', 0), path: `0001.${id('w', 0)}/` }
  tables.unit.push({ id: root.id, parent_id: null, kind: 'region', name: '云山县', short_name: '云山县', codes: '[]', place: 1, path: root.path })
  const organs = Array.from({ length: Math.max(10, Math.round(360 * scale)) }, (_, n) => {
    const organ = { id: id('g', n), name: `云山县${areas[n % areas.length]}${n === 0 ? '政府办公室' : `第${n}局`}`, code: `云${areas[n % areas.length].slice(0, 1)}${n}发` }
    const path = `${root.path}${String(n).padStart(4, '0')}.${organ.id}/`
    tables.unit.push({ id: organ.id, parent_id: root.id, kind: 'organ', name: organ.name, short_name: organ.name, codes: JSON.stringify([organ.code]), place: n, path })
    organ.sections = ['办公室', '业务股', '综合股'].map((name, place) => {
      const section = id('s', n * 3 + place)
      tables.unit.push({ id: section, parent_id: organ.id, kind: 'section', name: `${organ.name}${name}`, short_name: name, codes: '[]', place, path: `${path}${String(place).padStart(4, '0')}.${section}/` })
      return section
    })
    return organ
  })
  const posts = Array.from({ length: Math.max(200, Math.round(7500 * scale)) }, (_, n) => {
    const organ = organs[n % organs.length]
    const rank = Math.floor(n / organs.length)
    const person = { personId: id('p', n), id: id('t', n), name: `${pick([...surnames])}${pick([...given])}${pick([...given])}`, organ, unitId: organ.sections[rank % 3] }
    const duties = [['supervisor', 'drafter'], ['registrar', 'receiver'], ['office-director'], ['principal-leader'], ['section-head'], ['drafter'], ['audit-admin']][rank] ?? ['drafter']
    tables.person.push({ id: person.personId, name: person.name, login: `p${n}`, login_key: `p${n}`, initials: 'abc', phone: '', state: 'active', locale: 'zh-CN', display: 'standard' })
    tables.post.push({ id: person.id, person_id: person.personId, unit_id: person.unitId, title: duties[0], is_primary: 1, ended_at: null })
    for (const duty of duties) tables.post_duty.push({ post_id: person.id, duty })
    return person
  })
  const measured = { supervisor: 0, registrar: organs.length, director: 2 * organs.length, leader: 3 * organs.length, drafter: 5 * organs.length, auditor: 6 * organs.length }
  const tokens = {}
  for (const [part, n] of Object.entries(measured)) {
    const person = posts[Math.min(n, posts.length - 1)]
    tokens[part] = `bench-${part}`
    tables.session.push({ id: id('x', n), token_hash: createHash('sha256').update(tokens[part]).digest('hex'), person_id: person.personId, started_at: now, seen_at: now + day / 2, expires_at: now + day, proven_until: null, address: '', ended_at: null })
  }
  return { tables, organs, posts, tokens }
}

function addDocument(batch, n, { random, pick, county, documents, serials, indexTokens }) {
  // The first office of the county writes a fifth of everything: it is the one with long lists.
  const owners = county.posts
  const owner = random() < 0.2 ? owners[Math.floor(random() * Math.floor(owners.length / county.organs.length)) * county.organs.length] : pick(owners)
  const { organ } = owner
  const state = pick(states)
  const kind = pick(kinds)
  const matter = pick(matters)
  const title = `${organ.name}关于${pick(acts)}${pick(areas)}领域${matter}工作的${kind}`
  const at = now - Math.floor(((documents - n) / documents) * 1500 * day)
  const documentId = id('d', n)
  const numbered = state === 'issued' || state === 'numbered'
  const year = new Date(at).getUTCFullYear()
  const key = `${organ.code}${year}`
  if (numbered) serials.set(key, (serials.get(key) ?? 0) + 1)
  const serial = numbered ? serials.get(key) : null
  batch.document.push({ id: documentId, serial: n + 1, origin: n % 5 === 0 ? 'incoming' : 'draft', state, title, kind, urgency: n % 9 === 0 ? 'urgent' : 'none', owner_person_id: owner.personId, owner_name: owner.name, owner_post_id: owner.id, unit_id: owner.unitId, unit_name: '业务股', organ_id: organ.id, organ_name: organ.name, created_at: at, changed_at: at, version: 1, is_stale: 0, was_submitted: 1, frozen_version_id: null, frozen_digest: null, number_code: numbered ? organ.code : null, number_year: numbered ? year : null, number_serial: serial })
  const other = pick(county.organs)
  const holders = [`person:${owner.personId}`, `registry:${organ.id}`, `unit:${owner.unitId}`, ...(state === 'issued' ? [`unit:${county.organs[0].id}`, ...(other.id === county.organs[0].id ? [] : [`unit:${other.id}`])] : [])]
  for (const [place, holder] of holders.entries()) batch.document_grant.push({ document_id: documentId, holder, source: place === 0 ? 'owner' : 'case', access: 'read' })
  const number = numbered ? `${organ.code}〔${year}〕${serial}号` : ''
  const receivers = other.id === county.organs[0].id ? [other] : [county.organs[0], other]
  addJourney(batch, n, { organ, owner, state, title, at, documentId, number, receivers, pick })
  const body = [title, ...Array.from({ length: 6 }, () => pick(clauses)), `${pick(areas)}${pick(matters)}第${n}项`].join('。')
  batch.document_text.push({ document_id: documentId, body })
  batch.document_search.push({ rowid: n + 1, tokens: indexTokens(`${body}\n${owner.name}\n${number}`) })
  if (numbered) batch.number_register.push({ code: organ.code, year, serial, organ_id: organ.id, state: 'allocated', document_id: documentId, title, at, person_id: owner.personId, person_name: owner.name, void_reason: '', voided_at: null, voided_by: '' })
  const reader = random() < 0.1 ? county.posts[Math.floor(random() * 6) * county.organs.length] : pick(county.posts)
  const isOpen = random() < 0.15
  batch.inbox_entry.push({ id: id('e', n), kind: n % 3 === 0 ? 'to-read' : 'todo', room: n % 4 === 0 ? 'exchange' : 'workflow', task_id: id('k', n), post_id: reader.id, subject_kind: 'document', subject_id: documentId, title, detail: organ.name, step: '核稿', from_name: owner.name, urgency: 'none', due_at: n % 2 === 0 ? at + 5 * day : null, created_at: at, done_at: isOpen ? null : at + day, read_at: null })
}

/** Every issued document was sent to two organs; every document left a fact. */
function addJourney(batch, n, { organ, owner, state, title, at, documentId, number, receivers, pick }) {
  batch.fact.push({ seq: 1_000_000 + n, id: id('f', n), at, kind: pick(['workflow.signed', 'workflow.task-done', 'documents.created', 'exchange.sent', 'inbox.opened']), subject_kind: 'document', subject_id: documentId, person_id: owner.personId, record: JSON.stringify({ v: 1, seq: 1_000_000 + n, id: id('f', n), at, kind: 'documents.created', subject: { kind: 'document', id: documentId }, actor: { personId: owner.personId, personName: owner.name, postId: owner.id, unitName: organ.name }, origin: { sessionId: null, address: '10.0.0.1', requestId: null }, result: 'done', data: { title } }), leaf: '' })
  if (state !== 'issued') return
  batch.exchange_dispatch.push({ id: id('h', n), document_id: documentId, organ_id: organ.id, organ_name: organ.name, title, number, urgency: 'none', blob: '', pages: 2, note: '', sent_at: at, person_id: owner.personId, person_name: owner.name, envelope: '{}', signature: '', public_key: '' })
  for (const [place, receiver] of receivers.entries()) {
    const progress = n % 40 === 0 ? 'sent' : n % 40 === 1 ? 'signed-for' : n % 40 < 5 ? 'in-handling' : 'finished'
    const registered = progress === 'in-handling' || progress === 'finished'
    batch.exchange_receipt.push({ id: id('r', n * 2 + place), dispatch_id: id('h', n), document_id: documentId, from_organ_id: organ.id, from_organ_name: organ.name, organ_id: receiver.id, organ_name: receiver.name, title, number, urgency: 'none', role: 'main', copies: 1, state: progress, sent_at: at, sign_by: at + day, signed_at: progress === 'sent' ? null : at + day / 2, signed_person_id: null, signed_name: null, signed_for: null, acknowledgement: null, signature: null, public_key: null, ended_at: null, ended_name: null, ended_reason: '', ended_noted: 0, urged_at: null, urge_count: 0, register_year: registered ? 2026 : null, register_serial: registered ? n + 1 : null, registered_at: registered ? at + day : null, registered_name: registered ? '收文员' : null, registered_for: null, handling: registered ? (n % 3 === 0 ? 'read' : 'handle') : null, due_at: registered ? at + 10 * day : null, copy_id: null, finished_at: progress === 'finished' ? at + 9 * day : null })
  }
}

/** Forty rooms with eight bookings a day; every booking is a meeting of an organ with four invited. */
function addMeetings(rows, days, { random, pick, county }) {
  for (let room = 0; room < 40; room += 1) rows.meeting_room.push({ id: id('m', room), name: `第${room + 1}会议室`, floor: String((room % 8) + 1), capacity: 30, equipment: '[]', buffer_minutes: 0, retired: 0, touched: 0 })
  const today = Math.floor((now + 8 * 3_600_000) / day) * day - 8 * 3_600_000
  for (let n = 0; n < days * 320; n += 1) {
    const from = today - (days - 2 - Math.floor(n / 320)) * day + (8 + (n % 8)) * 3_600_000
    const owner = pick(county.posts)
    const { organ } = owner
    const title = `${pick(areas)}${pick(matters)}推进会`
    rows.meeting_booking.push({ id: id('q', n), room_id: id('m', Math.floor(n / 8) % 40), from_at: from, to_at: from + 3_000_000, title, post_id: owner.id, person_id: owner.personId, person_name: owner.name, unit_name: organ.name, organ_id: organ.id, meeting_id: id('y', n), created_at: from - day })
    rows.meeting.push({ id: id('y', n), title, kind: 'special', state: from < now ? 'ended' : 'notified', from_at: from, to_at: from + 3_000_000, room_id: id('m', Math.floor(n / 8) % 40), booking_id: id('q', n), place: '', host_post_id: null, host_name: owner.name, post_id: owner.id, person_name: owner.name, unit_id: owner.unitId, unit_name: organ.name, organ_id: organ.id, organ_name: organ.name, notes: '', contact: '', reply_by: null, round: 1, change_note: '', minutes_id: null, code_key: '', created_at: from - day })
    for (let place = 0; place < 4; place += 1) {
      const guest = random() < 0.05 ? county.posts[place * county.organs.length] : pick(county.posts)
      rows.meeting_attendee.push({ id: id('z', n * 4 + place), meeting_id: id('y', n), place, kind: 'post', role: 'attend', post_id: guest.id, unit_id: guest.unitId, unit_name: guest.organ.name, person_name: guest.name, person_title: '', reply: 'attend', decision: null, reason: '', comes_name: '', comes_title: '', comes_post_id: null, replied_at: from - day, signed_in_at: null, signed_in_name: '' })
    }
  }
}

function addAssignment(batch, n, { random, pick, county }) {
  // A third belongs to the county government's own office, which supervises everybody.
  const organ = random() < 0.33 ? county.organs[0] : pick(county.organs)
  const state = pick(['assigned', 'accepted', 'reporting', 'returned', 'closed', 'closed', 'closed', 'proposed'])
  const ended = state === 'closed'
  const civil = (at) => new Date(at).toISOString().slice(0, 10)
  const assignedAt = now - Math.floor(random() * 700) * day
  const [assignedOn, dueOn] = [civil(assignedAt), civil(assignedAt + 60 * day)]
  const [lead, support] = [pick(county.organs), pick(county.organs)]
  const parts = [{ unit: lead, role: 'lead' }, ...(support === lead ? [] : [{ unit: support, role: 'support' }])]
  const part = ({ unit, role }) => ({ unitId: unit.id, unitName: unit.name, role, acceptedAt: null, acceptedBy: null })
  const title = `${pick(acts)}${pick(areas)}${pick(matters)}`
  const source = { kind: 'instruction', documentId: null, block: null, label: '政府工作报告', quote: '' }
  const body = { id: id('a', n), version: 1, state, resumesTo: null, number: state === 'proposed' ? null : { year: 2026, serial: n + 1 }, organId: organ.id, organName: organ.name, title, task: `${title}，${pick(clauses)}`, standard: '', urgency: 'none', source, leaderPostId: null, feedback: 'monthly', parts: parts.map(part), createdAt: assignedAt, createdBy: null, assignedAt, assignedOn, signBy: dueOn, dueOn, reports: [], extensions: [], urges: [], finishedOn: ended ? dueOn : null, remark: '', endedAt: ended ? assignedAt + 60 * day : null }
  const sortKey = state === 'proposed' ? `0.${assignedAt}` : ended ? `2.${9_999_999_999_999 - body.endedAt}` : `1.${dueOn}`
  batch.assignment.push({ id: body.id, organ_id: organ.id, state, number_year: body.number?.year ?? null, number_serial: body.number?.serial ?? null, source_kind: source.kind, source_id: null, source_block: null, source_title: '', leader_post_id: null, lead_unit_id: lead.id, assigned_on: assignedOn, due_on: dueOn, finished_on: body.finishedOn, yellow_on: dueOn, red_on: dueOn, sort_key: sortKey, search: `${title}\n${lead.name}`, body: JSON.stringify(body), created_at: assignedAt, changed_at: assignedAt })
  if (state !== 'proposed') for (const { unit, role } of parts) batch.assignment_part.push({ assignment_id: body.id, unit_id: unit.id, role })
}

/** 26 characters of our alphabet, like every id of ours. */
function id(letter, n) {
  return `01${letter}${String(n).padStart(23, '0')}`
}

function openRaw(file) {
  return new Promise((resolve, reject) => {
    const db = new sqlite3.Database(file, (error) => (error ? reject(error) : db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000', () => resolve(db))))
  })
}

function exec(db, sql) {
  return new Promise((resolve, reject) => db.exec(sql, (error) => (error ? reject(error) : resolve())))
}

/** One statement for a whole batch: the rows travel as JSON. */
function insert(db, table, rows) {
  if (rows.length === 0) return Promise.resolve()
  const columns = Object.keys(rows[0])
  const values = JSON.stringify(rows.map((row) => columns.map((column) => row[column])))
  const picked = columns.map((_, n) => `json_extract(value, '$[${n}]')`)
  const sql = `insert into ${table} (${columns.join(', ')}) select ${picked.join(', ')} from json_each(?)`
  return new Promise((resolve, reject) => db.run(sql, [values], (error) => (error ? reject(new Error(`${table}: ${error.message}`)) : resolve())))
}
