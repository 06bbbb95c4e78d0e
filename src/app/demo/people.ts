/** Everybody in the demo is invented and says so in the name. The accounts one signs in with are `auth/demo-accounts.ts`. */
export type DemoPerson = Readonly<{ id: string; name: string }>

const person = (id: string, name: string): DemoPerson => ({ id: `demo-${id}`, name: `${name} (demo)` })

/** The managers who own the customers. */
export const DEMO_MANAGERS: readonly DemoPerson[] = [
  person('rita', 'Rita Velmoor'),
  person('tomasz', 'Tomasz Orrelund'),
  person('ines', 'Inês Barrocal-Quint'),
  person('kofi', 'Kofi Aldenray'),
]

export const DEMO_CSMS: readonly DemoPerson[] = [
  person('ana', 'Ana Larquist'),
  person('bram', 'Bram Ossewijk'),
  person('leila', 'Leila Farnoush-Tarr'),
]

/** Whom the managers ask for help. */
export const DEMO_EXPERTS: readonly DemoPerson[] = [
  person('noor', 'Noor Halvestad'),
  person('emil', 'Emil Sandquarry'),
  person('thais', 'Thaís Monteverde-Lund'),
]

/** Who did what the demo says was done. */
export const DEMO_RECORDER: DemoPerson = { id: 'demo', name: 'Demo data' }

export const DEMO_PEOPLE: readonly DemoPerson[] = [DEMO_RECORDER, ...DEMO_MANAGERS, ...DEMO_CSMS, ...DEMO_EXPERTS]

export const DEMO_TEAMS = [
  { id: 'demo-north', name: 'North (demo)' },
  { id: 'demo-south', name: 'South (demo)' },
] as const

/** Two managers each. */
export const teamOf = (manager: DemoPerson): (typeof DEMO_TEAMS)[number] =>
  DEMO_MANAGERS.findIndex(each => each.id === manager.id) % 2 === 0 ? DEMO_TEAMS[0] : DEMO_TEAMS[1]
