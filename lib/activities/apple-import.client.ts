import { createListeners } from '@/lib/platform/listeners'
import { type AppleImportView, BEGUN, isOver } from './apple-import'

export type AppleImport = { readonly view: AppleImportView; subscribe(listener: () => void): () => void; stop(): void }

/** Brings an export in a worker of its own; its view changes as it goes. What was saved before a stop stays saved. */
export function startAppleImport(file: File): AppleImport {
  const listeners = createListeners()
  let view = BEGUN
  const show = (next: AppleImportView) => {
    view = next
    if (isOver(view)) worker.terminate()
    listeners.tell()
  }
  const worker = new Worker(new URL('./apple-import-worker.client.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<AppleImportView>) => show(data))
  worker.addEventListener('error', () => show({ ...view, phase: 'failed' }))
  worker.postMessage(file)
  return {
    get view() {
      return view
    },
    subscribe: listeners.add,
    stop: () => {
      if (!isOver(view)) show({ ...view, phase: 'stopped' })
    },
  }
}
