/** Builds main, preload and the address set-up into `outDir`/app and `outDir`/setup (default desktop/dist). */
export function buildApp(outDir?: string): Promise<void>
/** Builds the interface into `outDir`/web. */
export function buildInterface(outDir?: string): Promise<void>
