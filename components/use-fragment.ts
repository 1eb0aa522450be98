'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** What stands behind the # of this page's address when it is opened; no server sees it. '' on the server. */
export const useFragment = (longest: number): string =>
  useSyncExternalStore(
    never,
    () => window.location.hash.slice(1, longest + 1),
    () => '',
  )
