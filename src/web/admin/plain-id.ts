const LONGEST = 50

/** The id of something new: its name in plain letters, with a number where that is taken. `unnamed`: for names without such letters. */
export function plainIdOf(name: string, taken: readonly string[], unnamed: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')
  const base = plain || unnamed
  if (!taken.includes(base)) return base
  let count = 2
  while (taken.includes(`${base}-${count}`)) count++
  return `${base}-${count}`
}
