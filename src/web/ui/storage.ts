/** What this browser remembers. Storage may be refused (private windows, policies): then nothing is remembered and nothing breaks. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`impulso.${key}`)
  } catch {
    return null
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`impulso.${key}`)
    else localStorage.setItem(`impulso.${key}`, value)
  } catch {
    // Nothing to do: see above.
  }
}
