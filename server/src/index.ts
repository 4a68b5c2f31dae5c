/** Door of the server package for tools and tests: starting it, talking to it, and the demonstration. */
export { ApiClient, type DownloadedFile, RefusedByServer } from './app/api-client.ts'
export { buildDirectory, type SignInTokens } from './app/demonstration/build-directory.ts'
export { demoPeople, demoUnits } from './app/demonstration/office.ts'
export { verifyAuditOffline } from './app/cli/audit-verify.ts'
export { runCli } from './app/cli/main.ts'
export { type RunningServer, startServer, type StartOptions } from './app/start-server.ts'
export type { Clock } from './platform/clock/clock.ts'
export { type Config, readConfig } from './platform/config/config.ts'
