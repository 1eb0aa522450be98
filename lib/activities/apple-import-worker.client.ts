import { bringAppleExport } from './bring-apple-export.client'

/** The worker's side: gigabytes are read off the page's own thread. One file, once; to stop it, the page ends the worker. */
addEventListener('message', ({ data: file }: MessageEvent<File>) => {
  void bringAppleExport(file, (view) => postMessage(view), new AbortController().signal)
})
