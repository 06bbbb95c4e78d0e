/** What figures and days are written with, and nothing that a name or an address could be. */
const PLAIN = /^[\d\s:./,+%-]{1,40}$/
/** What stands in such cells by mistake and is nobody. */
const WORDS = new Set(['true', 'false', 'yes', 'no', 'infinity', 'nan', 'null', 'none', 'n/a', 'never', 'unknown'])

/**
 * A faulty cell as a sentence may name it: as it stands when it is of digits and signs or a word that is no name, else only how long it is.
 * Columns that have slipped put names of people where a day is expected, and what is said of a row is kept and shown.
 */
export const shownCell = (cell: string): string =>
  PLAIN.test(cell) || WORDS.has(cell.trim().toLowerCase()) ? JSON.stringify(cell) : `a text of ${cell.length} characters`
