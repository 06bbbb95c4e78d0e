import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** For tests and journeys: the texts as they lie in the files. */

const folder = import.meta.dirname

type Texts = { readonly [key: string]: string | Texts }

/** A language is a folder, a part of its texts is a file in it. */
export const tags = (): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(each => (each.isDirectory() ? each.name : []))
export const partsOf = (tag: string): readonly string[] => readdirSync(join(folder, tag)).map(file => file.slice(0, -'.json'.length))

/** The texts of one language by their whole key: of the given parts, or of all. */
export const textsOf = (tag: string, ...parts: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    (parts.length > 0 ? parts : partsOf(tag)).flatMap(part => flatten(JSON.parse(readFileSync(join(folder, tag, `${part}.json`), 'utf8')))),
  )

const flatten = (texts: Texts, prefix = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, each]): [string, string][] =>
    typeof each === 'string' ? [[prefix + key, each]] : flatten(each, `${prefix}${key}.`),
  )

const PLURAL = /_(zero|one|two|few|many|other)$/
/** The key that a screen asks for, which may stand in the file once per plural form. */
export const baseOf = (key: string) => key.replace(PLURAL, '')
