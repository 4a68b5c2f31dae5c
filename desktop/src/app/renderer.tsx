/** Entry of the interface, in the browser and in the desktop client. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startShell } from '../shell/ui/start.ts'
import { Shell } from '../shell/ui/shell.tsx'
import '../platform/kit/tokens.css'
import '../platform/kit/base.css'
import '../platform/kit/kit.css'
import '../shell/ui/shell.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
await startShell()
createRoot(root).render(
  <StrictMode>
    <Shell />
  </StrictMode>,
)
