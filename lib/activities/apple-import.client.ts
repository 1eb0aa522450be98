import { type AppleImportView, BEGUN, isOver } from './apple-import'

export type AppleImport = { readonly view: AppleImportView; subscribe(listener: () => void): () => void; stop(): void }

/** Brings an export in a worker of its own; its view changes as it goes. What was saved before a stop stays saved. */
export function startAppleImport(file: File): AppleImport {
  const listeners = new Set<() => void>()
  let view = BEGUN
  const show = (next: AppleImportView) => {
    view = next
    if (isOver(view)) worker.terminate()
    for (const listener of [...listeners]) listener()
  }
  const worker = new Worker(new URL('./apple-import-worker.client.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<AppleImportView>) => show(data))
  worker.addEventListener('error', () => show({ ...view, phase: 'failed' }))
  worker.postMessage(file)
  return {
    get view() {
      return view
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    stop: () => {
      if (!isOver(view)) show({ ...view, phase: 'stopped' })
    },
  }
}
