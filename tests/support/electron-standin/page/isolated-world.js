// Runs in an isolated world of its own, as Electron's preload does: same DOM, other globals. Offers the preload what a
// sandboxed preload has (contextBridge, ipcRenderer, a little of process) and carries IPC over one CDP binding.
;(function isolatedWorld(token, host, preload) {
  if (window !== window.top) return // Electron gives subframes no preload unless asked to, and our guards forbid asking
  const send = (message) => globalThis[`${token}ipc`](JSON.stringify(message))
  const dispatch = (kind, detail) => window.dispatchEvent(new CustomEvent(token + kind, { detail }))
  const exposed = new Map()
  const listeners = new Map()
  const invocations = new Map()
  let promises = 0
  let invoked = 0

  const encode = (value) =>
    JSON.parse(JSON.stringify(value ?? null, (_key, item) => (item instanceof Uint8Array ? { standinBytes: Array.from(item) } : item)))
  const decode = (value) => {
    if (typeof value !== 'object' || value === null) return value
    if (value.standinBytes) return Uint8Array.from(value.standinBytes)
    if (Array.isArray(value)) return value.map(decode)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]))
  }

  function pack(value) {
    const functions = []
    const walk = (item, path) => {
      if (typeof item === 'function') {
        exposed.set(exposed.size + 1, item)
        functions.push([path, exposed.size])
        return null
      }
      if (Array.isArray(item)) return item.map((entry, index) => walk(entry, [...path, index]))
      if (typeof item !== 'object' || item === null || ArrayBuffer.isView(item)) return item
      return Object.fromEntries(Object.keys(item).map((key) => [key, walk(item[key], [...path, key])]))
    }
    return { value: walk(value, []), functions }
  }

  function call({ id, args }) {
    const unflatten = (arg) =>
      arg?.standinCallback ? (...given) => dispatch('callback', { id: arg.standinCallback, args: given }) : arg
    const result = exposed.get(id)(...args.map(unflatten))
    if (typeof result?.then !== 'function') return { result: pack(result) }
    const promise = (promises += 1)
    result.then(
      (value) => dispatch('settle', { promise, result: pack(value) }),
      (cause) => dispatch('settle', { promise, error: String(cause?.message ?? cause) }),
    )
    return { promise }
  }

  window.addEventListener(`${token}call`, ({ detail }) => {
    try {
      dispatch('reply', call(detail))
    } catch (cause) {
      dispatch('reply', { error: String(cause?.message ?? cause) })
    }
  })

  globalThis[`${token}deliver`] = (message) => {
    if (message.kind === 'event') {
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({}, ...message.args.map(decode))
      return
    }
    const { resolve, reject } = invocations.get(message.id)
    invocations.delete(message.id)
    if (message.error === undefined) resolve(decode(message.value))
    else reject(new Error(`Error invoking remote method '${message.channel}': ${message.error}`))
  }

  const on = (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
  const off = (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? []).filter((known) => known !== listener))
  const ipcRenderer = {
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = (invoked += 1)
        invocations.set(id, { resolve, reject })
        send({ kind: 'invoke', id, channel, args: args.map(encode) })
      }),
    send: (channel, ...args) => send({ kind: 'send', channel, args: args.map(encode) }),
    on,
    off,
  }
  const contextBridge = { exposeInMainWorld: (key, api) => dispatch('expose', { key, api: pack(api) }) }
  const require = (name) => {
    if (name === 'electron') return { ipcRenderer, contextBridge }
    throw new Error(`module not found: ${name} (a sandboxed preload may only require electron)`)
  }
  const process = { platform: host.platform, versions: {}, env: {}, argv: host.argv, type: 'renderer', sandboxed: true, contextIsolated: true }
  const shownAddress = new URL(window.location.href.replace(host.pageOrigin, host.appOrigin))
  const location = { href: shownAddress.href, protocol: shownAddress.protocol, host: shownAddress.host, pathname: shownAddress.pathname }
  const module = { exports: {} }
  preload.call(globalThis, require, process, module, module.exports, location)
})
