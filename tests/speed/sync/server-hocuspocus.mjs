// Hocuspocus with its database extension over SQLite, everything else at its defaults. Storing is what its own SQLite extension
// does (one row per document, replaced as a whole); that extension's native module has to be compiled, ours is there already.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import sqlite3 from 'sqlite3'
import { answerParent } from './answer-parent.mjs'
import { text } from './grammar.mjs'

const peers = createRequire(process.env.XIEWEN_PEERS)
const load = (name) => import(pathToFileURL(peers.resolve(name).replace('.cjs', '.esm.js')))
const [{ Server }, { Database }] = await Promise.all([load('@hocuspocus/server'), load('@hocuspocus/extension-database')])
const db = new sqlite3.Database(join(process.env.XIEWEN_BENCH_DIR, 'hocuspocus.db'))
const run = (sql, values = []) => new Promise((resolve, reject) => db.run(sql, values, (error) => (error ? reject(error) : resolve())))
const get = (sql, values) => new Promise((resolve, reject) => db.get(sql, values, (error, row) => (error ? reject(error) : resolve(row))))
await run('CREATE TABLE IF NOT EXISTS "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))')
const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => (await get('SELECT data FROM "documents" WHERE name = ?', [documentName]))?.data ?? null,
      store: ({ documentName, state }) =>
        run('INSERT INTO "documents" ("name", "data") VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data', [documentName, state]),
    }),
  ],
})
await server.listen()
const openings = (names) =>
  names.map((name) => {
    const prefix = text(name)
    return { path: '/', prefix, first: [...prefix, 2, 0, ...text('token')] }
  })
answerParent({ port: server.httpServer.address().port }, { openings })
