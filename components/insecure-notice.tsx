'use client'
import { useDevice } from './browser-facts'
import { words } from './strings'
import { Notice } from './ui-notice'

/** Over plain http from elsewhere nothing of a class works: says which address to open. `secureUrl` is null where there is none. */
export const InsecureNotice = ({ secureUrl }: { secureUrl: string | null }) => {
  if (useDevice()?.strap !== 'insecure') return null
  return (
    <Notice tone="warning" title={words.classLink.insecureTitle} live className="mb-6">
      {secureUrl ? (
        <>
          <p>{words.classLink.insecureText}</p>
          <p>
            <a className="font-semibold break-all underline underline-offset-4" href={secureUrl}>
              {secureUrl}
            </a>
          </p>
        </>
      ) : (
        <p>{words.classLink.insecureNone}</p>
      )}
    </Notice>
  )
}
