/** The form in which login names are compared: width, case and spaces do not count. */
export function loginKey(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}
