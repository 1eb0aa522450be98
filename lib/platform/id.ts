const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ' // Crockford base 32: no I, L, O, U, so it can be read aloud

/** `length` unguessable characters, 5 bits each. */
export function randomCode(length: number): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(length))
  let code = ''
  for (const byte of bytes) code += ALPHABET[byte & 31]
  return code
}

export type IdPrefix =
  | ('per' | 'ser' | 'cls' | 'par' | 'rec' | 'sum' | 'brr' | 'sic' | 'scr' | 'req' | 'evt')
  | ('tpl' | 'bkg' | 'msg' | 'psh' | 'act' | 'own' | 'con')
  | ('pay' | 'whd' | 'cer' | 'snd')

/** A public id such as `cls_7K…`: what it names, then 130 unguessable bits. */
export const newId = (prefix: IdPrefix): string => `${prefix}_${randomCode(26)}`
