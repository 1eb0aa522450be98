import { readForUpload } from './import-file'

// The body of a Web Worker: one file in, what it holds out, in the order they came.
addEventListener('message', ({ data }: MessageEvent<{ id: number; file: File }>) => {
  void data.file.arrayBuffer().then(
    async (buffer) => postMessage({ id: data.id, ...(await readForUpload(new Uint8Array(buffer), data.file.name)) }),
    // The file is gone from the disk, or may not be read any more.
    () => postMessage({ id: data.id, outcome: 'refused', reason: 'unreadable' }),
  )
})
