/** The secret of an `otpauth://` address, in groups of four as people type it. Empty when there is none. */
export const secretOfUri = (uri: string): string =>
  (URL.canParse(uri) ? (new URL(uri).searchParams.get('secret') ?? '') : '').replace(/(.{4})(?=.)/g, '$1 ')
