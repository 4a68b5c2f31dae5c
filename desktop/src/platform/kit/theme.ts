/** The antd theme of each display. Colours repeat `tokens.css`, because antd computes shades from them. */
import type { ThemeConfig } from 'antd'
import type { Display } from './display.ts'

/** The family stands in `tokens.css` alone: it differs between the languages. */
const font = 'var(--font)'
const sizes = { standard: { fontSize: 14, controlHeight: 34 }, large: { fontSize: 19, controlHeight: 48 }, contrast: { fontSize: 16, controlHeight: 44 } } as const

/** The theme for a display. Where motion is not wanted, antd shows and hides at once instead of waiting for the end of an
 * animation, which on a slow machine may come late or never. */
export function themeFor(display: Display, motion: boolean): ThemeConfig {
  const sharp = display === 'contrast'
  const ink = sharp ? '#000000' : '#1b2129'
  return {
    token: {
      ...sizes[display],
      fontFamily: font,
      borderRadius: 4,
      colorPrimary: sharp ? '#00318a' : '#1c57b3',
      colorLink: sharp ? '#00318a' : '#1c57b3',
      colorInfo: '#1c57b3',
      colorError: sharp ? '#990000' : '#b3191f',
      colorWarning: '#8a5200',
      colorSuccess: '#1b6b3a',
      colorText: ink,
      colorTextSecondary: sharp ? '#000000' : '#4a5462',
      colorTextTertiary: sharp ? '#1a1a1a' : '#616c7a',
      colorTextPlaceholder: sharp ? '#333333' : '#616c7a',
      colorBorder: sharp ? '#000000' : '#8b95a3',
      motion,
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.15s',
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', contentFontSize: sizes[display].fontSize },
      // Grey on grey does not tell what is chosen where contrast was asked for.
      ...(sharp ? { Segmented: { trackBg: '#ffffff', itemColor: '#000000', itemSelectedBg: '#00318a', itemSelectedColor: '#ffffff' } } : {}),
    },
  }
}
