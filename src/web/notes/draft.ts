/** What is being written, kept in this tab until it is saved: a reload or a lost connection takes nothing away. */

/** `note`: the id of one that is changed, what a new one is about, or null. */
const keyOf = (customer: string, note: string | null) => `impulso.note.${customer}.${note ?? 'new'}`

export function draftOf(customer: string, note: string | null): string | null {
  try {
    return sessionStorage.getItem(keyOf(customer, note))
  } catch {
    // Storage may be refused: then nothing is kept and nothing breaks.
    return null
  }
}

export function keepDraft(customer: string, note: string | null, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(keyOf(customer, note))
    else sessionStorage.setItem(keyOf(customer, note), text)
  } catch {
    // See above.
  }
}
