/** What this computer holds that the server has not: acts and texts done without a network. */
export { type ActStanding, openOutbox, type Outbox, type OutboxDeps, type OutboxEntry, type QueuedAct, type SendOutcome } from './outbox.ts'
export { currentUnsent, onUnsentChange, queueAct, removeAct, retryAct, setTextUploader, setUnsentTexts, startOutbox, type Unsent } from './page-outbox.ts'
