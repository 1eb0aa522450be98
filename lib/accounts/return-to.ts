const HOME = '/home'

/** A path on this site to go to after signing in; anything else, such as `//elsewhere` or `https:`, becomes the dashboard. */
export function safeReturnTo(path: string | null | undefined): string {
  if (!path || path.length > 500 || !/^\/(?![/\\])[^\s\\]*$/.test(path)) return HOME
  return path
}

/** Where the mail's link leads. The token stays in the fragment: no server sees it, and a mail scanner burns nothing. */
export const confirmUrl = (appUrl: string, token: string, returnTo: string): string =>
  `${appUrl}/sign-in/confirm#${new URLSearchParams({ token, to: safeReturnTo(returnTo) })}`
