import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

/** Builds the interface into dist/web. The `source` condition reads our packages from their TypeScript, so no build of
 * shared/ has to come first. */
export default defineConfig({
  plugins: [react()],
  root: import.meta.dirname,
  base: '/',
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
