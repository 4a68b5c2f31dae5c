import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/index.ts'
import { useDisplay } from './display.ts'
import { themeFor } from './theme.ts'

/** Gives antd the language and the display in use. */
export function KitProvider({ children }: { readonly children: ReactNode }) {
  const { locale } = useWords()
  const display = useDisplay()
  return (
    <ConfigProvider locale={locale === 'en' ? enUS : zhCN} theme={themeFor(display)} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      {children}
    </ConfigProvider>
  )
}
