// Runs in the page's own world before any of its scripts. Receives what the preload exposes and builds it there: functions
// call into the isolated world, promises and callbacks cross. The token is known to the two worlds only.
;(function mainWorld(token) {
  const dispatch = window.dispatchEvent.bind(window)
  const listen = window.addEventListener.bind(window)
  const waiting = new Map()
  const callbackIds = new WeakMap()
  const callbacks = new Map()
  let lastReply

  function build({ value, functions }) {
    let root = value
    for (const [path, id] of functions) {
      const crossing = (...args) => call(id, args)
      if (path.length === 0) root = crossing
      else path.slice(0, -1).reduce((node, key) => node[key], root)[path.at(-1)] = crossing
    }
    return root
  }

  function call(id, args) {
    dispatch(new CustomEvent(`${token}call`, { detail: { id, args: args.map(flatten) } }))
    const reply = lastReply
    lastReply = undefined
    if (reply === undefined) throw new Error('the preload is gone')
    if (reply.error !== undefined) throw new Error(reply.error)
    if (reply.promise === undefined) return build(reply.result)
    return new Promise((resolve, reject) => waiting.set(reply.promise, { resolve, reject }))
  }

  function flatten(arg) {
    if (typeof arg !== 'function') return arg
    if (!callbackIds.has(arg)) {
      callbackIds.set(arg, callbacks.size + 1)
      callbacks.set(callbacks.size + 1, arg)
    }
    return { standinCallback: callbackIds.get(arg) }
  }

  function freeze(value) {
    if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      Object.values(value).forEach(freeze)
      Object.freeze(value)
    }
    return value
  }

  listen(`${token}expose`, ({ detail }) => {
    const value = freeze(build(detail.api))
    Object.defineProperty(window, detail.key, { value, configurable: false, writable: false, enumerable: true })
  })
  listen(`${token}reply`, ({ detail }) => (lastReply = detail))
  listen(`${token}settle`, ({ detail }) => {
    const { resolve, reject } = waiting.get(detail.promise)
    waiting.delete(detail.promise)
    if (detail.error === undefined) resolve(build(detail.result))
    else reject(new Error(detail.error))
  })
  listen(`${token}callback`, ({ detail }) => callbacks.get(detail.id)?.(...detail.args))
})
