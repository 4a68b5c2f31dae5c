import { describe, expect, test } from 'vitest'
import { parseServerAddress, webSocketOrigin } from './server-address.ts'

const read = (text: string, allowPlainHttp = false): string => {
  const result = parseServerAddress(text, allowPlainHttp)
  return result.ok ? result.value : result.refusal.code
}

describe('the address of the office’s server', () => {
  test.each([
    ['oa.example.gov.cn', 'https://oa.example.gov.cn'],
    ['  https://oa.example.gov.cn/  ', 'https://oa.example.gov.cn'],
    ['https://10.1.2.3:7443', 'https://10.1.2.3:7443'],
    ['http://127.0.0.1:7080', 'http://127.0.0.1:7080'],
    ['http://localhost:7080', 'http://localhost:7080'],
    ['http://[::1]:7080', 'http://[::1]:7080'],
  ])('%s is read as %s', (text, origin) => {
    expect(read(text)).toBe(origin)
  })

  test.each([
    '',
    ' ',
    'https://',
    'https://a b',
    'https://u:p@host',
    'https://host/path',
    'https://host/?q',
    'https://host#x',
    'ftp://host',
    'https:\\\\host',
  ])('“%s” is no address', (text) => {
    expect(read(text)).toBe('desktop.address-malformed')
  })

  test.each([
    'http://oa.example.gov.cn',
    'http://10.1.2.3',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
  ])('without encryption %s is refused', (text) => {
    expect(read(text)).toBe('desktop.address-needs-https')
  })

  test('a trial may use plain addresses of private networks, and only those', () => {
    expect(read('http://10.1.2.3:7080', true)).toBe('http://10.1.2.3:7080')
    expect(read('http://172.20.0.5', true)).toBe('http://172.20.0.5')
    expect(read('http://172.32.0.5', true)).toBe('desktop.address-needs-https')
    expect(read('http://10.evil.example', true)).toBe('desktop.address-needs-https')
  })

  test('sockets go to the same host under the matching scheme', () => {
    expect(webSocketOrigin('https://oa.example.gov.cn')).toBe('wss://oa.example.gov.cn')
    expect(webSocketOrigin('http://127.0.0.1:7080')).toBe('ws://127.0.0.1:7080')
  })
})
