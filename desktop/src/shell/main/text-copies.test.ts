import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTextCopies, type TextCopies } from './text-copies.ts'
import type { Vault } from './vault.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'xiewen-copies-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

function aVault(storage: Vault['storage'] = 'encrypted'): Vault {
  const kept = new Map<string, string>()
  return { storage, put: async (name, text) => void kept.set(name, text), find: async (name) => kept.get(name) ?? null, wipe: async () => kept.clear() }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const told: string[] = []
const open = (vault: Vault): Promise<TextCopies> => openTextCopies(vault, directory, (what) => told.push(what))

describe('local copies of texts', () => {
  test('come back whole after a restart, with the newest number, and nothing of them is readable on the disk', async () => {
    const vault = aVault()
    const copies = await open(vault)
    await copies.append('text/p/d', { updates: [bytes('关于开展检查的通知')], unsaved: 1 })
    await copies.append('text/p/d', { updates: [bytes('二'), bytes('三')], unsaved: 3 })

    const later = await open(vault)
    const found = await later.read('text/p/d')
    expect([found.updates.map((each) => new TextDecoder().decode(each)), found.unsaved]).toEqual([['关于开展检查的通知', '二', '三'], 3])
    expect(await later.list('text/p/')).toEqual([{ name: 'text/p/d', unsaved: 3 }])
    expect(await later.list('text/q/')).toEqual([])
    for (const file of await readdir(directory)) expect((await readFile(join(directory, file))).includes(Buffer.from(bytes('通知')))).toBe(false)
  })

  test('are replaced in one step and erased', async () => {
    const copies = await open(aVault())
    await copies.append('text/p/d', { updates: [bytes('一')], unsaved: 1 })
    await copies.replace('text/p/d', { updates: [bytes('合')], unsaved: 0 })
    expect((await copies.read('text/p/d')).updates).toHaveLength(1)
    await copies.erase('text/p/d')
    expect(await copies.read('text/p/d')).toEqual({ updates: [], unsaved: 0 })
  })

  test('cut short by a power cut keep everything before; changed ones are put aside, never written over', async () => {
    const vault = aVault()
    const copies = await open(vault)
    await copies.append('text/p/d', { updates: [bytes('一')], unsaved: 1 })
    const [name = ''] = await readdir(directory)
    await appendFile(join(directory, name), Buffer.from([200, 0, 0, 0, 1, 2, 3]))
    expect((await (await open(vault)).read('text/p/d')).updates).toHaveLength(1)

    const whole = await readFile(join(directory, name))
    whole[whole.length - 12] = (whole.at(-12) ?? 0) ^ 1
    whole[30] = (whole[30] ?? 0) ^ 1
    await writeFile(join(directory, name), whole)
    expect((await copies.read('text/p/d')).updates).toEqual([])
    expect(await readdir(directory)).toEqual([`${name}.unreadable`])
    expect(told).toHaveLength(1)
  })

  test('written after a record cut short are kept, whatever was cut', async () => {
    const vault = aVault()
    await (await open(vault)).append('text/p/d', { updates: [bytes('一')], unsaved: 1 })
    const [name = ''] = await readdir(directory)
    await appendFile(join(directory, name), Buffer.from([90, 0, 0, 0, 1, 2, 3]))
    const copies = await open(vault)
    for (const word of ['二', '三', '四']) await copies.append('text/p/d', { updates: [bytes(word)], unsaved: 2 })
    expect((await (await open(vault)).read('text/p/d')).updates).toHaveLength(4)
    expect(await readdir(directory)).toEqual([name])
  })

  test('that cannot be read are not taken for none', async () => {
    const copies = await open(aVault())
    await copies.append('text/p/d', { updates: [bytes('一')], unsaved: 1 })
    const [name = ''] = await readdir(directory)
    await rm(join(directory, name))
    await mkdir(join(directory, name))
    await expect(copies.read('text/p/d')).rejects.toThrow('EISDIR')
  })

  test('are not kept at all where the computer has no keyring', async () => {
    const copies = await open(aVault('memory-only'))
    expect(copies.isOpen).toBe(false)
    await expect(copies.append('text/p/d', { updates: [bytes('一')], unsaved: 1 })).rejects.toThrow('keyring')
    expect(await readdir(directory)).toEqual([])
  })
})
