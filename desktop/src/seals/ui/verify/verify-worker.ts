/** 验章 beside the page: the verifier of crypto/ with its WebAssembly core, in a worker of its own so that the page stays alive. */
import { fromBase64, parseCertificate, parseRevocationList, prepareSmCore, readAnyCertificate, summarizeReport, verifyFile } from '@xiewen/crypto'
import type { WorkerAnswer, WorkerTask } from './local-verify.ts'

addEventListener('message', (event: MessageEvent<WorkerTask>) => {
  void answer(event.data).then((result) => postMessage(result))
})

async function answer({ bytes, trust }: WorkerTask): Promise<WorkerAnswer> {
  try {
    const core = await prepareSmCore()
    const report = await verifyFile(bytes, {
      trust: trust.certificates.map((each) => parseCertificate(fromBase64(each))),
      classicTrust: trust.classic.flatMap((each) => {
        const read = readAnyCertificate(fromBase64(each))
        return read?.kind === 'classic' ? [read.certificate] : []
      }),
      registerOf: trust.registerOf.map(fromBase64),
      revoked: trust.revoked.map(({ issuer, ...rest }) => ({ ...rest, issuer: fromBase64(issuer) })),
      revocationLists: trust.lists.map((each) => parseRevocationList(fromBase64(each))),
      at: trust.at,
    })
    return { ok: true, core, report: summarizeReport(report) }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
