/**
 * Whether a path can be the address of something: its characters decode, and none is a control character, which no slug or id has and
 * PostgreSQL refuses to look for.
 */
export function isNameablePath(path: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(path))
  } catch {
    return false
  }
}
