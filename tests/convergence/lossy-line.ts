/** A line between one client and the server that delays, cuts in the middle of a frame, and swallows what was on its way. */
import { connect, createServer, type Socket } from 'node:net'

/** A TCP relay on a port of its own. */
export interface LossyLine {
  /** `ws://127.0.0.1:port` */
  readonly url: string
  /** While down, nothing connects and what was connected is cut. */
  setDown(isDown: boolean): void
  /** From now on nothing is cut or delayed. */
  heal(): void
  readonly cuts: () => number
  close(): Promise<void>
}

/** Opens a line to `targetUrl`. `random` drives every misfortune; `cutChance` is per chunk and direction. */
export async function openLossyLine(targetUrl: string, random: () => number, cutChance: number): Promise<LossyLine> {
  const port = Number(new URL(targetUrl).port)
  const ends = new Set<Socket>()
  let isDown = false
  let isHealed = false
  let cuts = 0

  const server = createServer((near) => {
    if (isDown) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    const cut = (): void => {
      near.destroy()
      far.destroy()
    }
    for (const end of [near, far]) {
      ends.add(end)
      end.on('error', cut)
      end.on('close', () => {
        ends.delete(end)
        cut()
      })
    }
    relay(near, far, cut)
    relay(far, near, cut)
  })

  function relay(from: Socket, to: Socket, cut: () => void): void {
    let line = Promise.resolve()
    from.on('data', (chunk: Buffer) => {
      const isLost = !isHealed && random() < cutChance
      const delayMs = isHealed ? 0 : random() * 8
      line = line.then(async () => {
        if (delayMs > 1) await new Promise((resolve) => setTimeout(resolve, delayMs))
        if (!isLost) return void to.write(chunk)
        cuts += 1
        to.write(chunk.subarray(0, Math.floor(random() * chunk.length)))
        cut()
      })
    })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    setDown(next) {
      isDown = next
      if (isDown) for (const end of ends) end.destroy()
    },
    heal() {
      isHealed = true
      isDown = false
    },
    cuts: () => cuts,
    async close() {
      for (const end of ends) end.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
