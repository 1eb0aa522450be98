/** What is typed before an account is deleted: the word, or the account's own address. */
export const confirmsDeletion = (typed: string, email: string): boolean => {
  const said = typed.trim()
  return said === 'DELETE' || said.toLowerCase() === email.toLowerCase()
}
