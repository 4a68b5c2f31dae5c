import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/index.ts'
import { useDisplay } from './display.ts'
import { themeFor } from './theme.ts'
import { useMedia } from './use-media.ts'

/** Gives antd the language, the display in use and whether things may move. */
export function KitProvider({ children }: { readonly children: ReactNode }) {
  const { locale } = useWords()
  const display = useDisplay()
  const still = useMedia('(prefers-reduced-motion: reduce)')
  return (
    <ConfigProvider locale={locale === 'en' ? enUS : zhCN} theme={themeFor(display, !still)} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      {children}
    </ConfigProvider>
  )
}
