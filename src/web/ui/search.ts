/**
 * What the address of a screen says after its question mark. Read by hand and not with a schema, because every screen's address is
 * known from the start and the schema library is a tenth of what is loaded until then.
 */
type Reader<Value> = (written: unknown) => Value | undefined
type Readers = Readonly<Record<string, Reader<unknown>>>

/**
 * A screen's parameters. What has no meaning, or none any more, is undefined: an old or mistyped link still opens. It is said and not left
 * out, because the router puts what is said here over what stands in the address: what is left out would come through as it was written.
 */
export const searchOf =
  <Known extends Readers>(known: Known) =>
  (search: Readonly<Record<string, unknown>>) => {
    const read = Object.entries(known).map(([name, reader]) => [name, reader(search[name])])
    // Each value is what the reader of the same name gave.
    return Object.fromEntries(read) as { [Name in keyof Known]?: ReturnType<Known[Name]> | undefined }
  }

export const text: Reader<string> = written => (typeof written === 'string' ? written : undefined)

export const flag: Reader<true> = written => (written === true ? true : undefined)

export const oneOf =
  <const Word extends string>(words: readonly Word[]): Reader<Word> =>
  written =>
    words.find(word => word === written)
