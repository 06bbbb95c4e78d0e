import type { AccessRight } from '../../model/api.ts'

/** Everybody in the demo is invented and says so in the name. */
export type DemoPerson = Readonly<{ id: string; name: string; email: string; right: AccessRight }>

const person = (id: string, name: string, right: AccessRight): DemoPerson => ({
  id: `demo-${id}`,
  name: `${name} (demo)`,
  email: `${id}@demo.example`,
  right,
})

export const DEMO_MANAGERS: readonly DemoPerson[] = [
  person('rita', 'Rita Velmoor', 'fasttrack-manager'),
  person('tomasz', 'Tomasz Orrelund', 'fasttrack-manager'),
  person('ines', 'Inês Barrocal-Quint', 'fasttrack-manager'),
  person('kofi', 'Kofi Aldenray', 'fasttrack-manager'),
]

export const DEMO_CSMS: readonly DemoPerson[] = [
  person('ana', 'Ana Larquist', 'customer-success-manager'),
  person('bram', 'Bram Ossewijk', 'customer-success-manager'),
  person('leila', 'Leila Farnoush-Tarr', 'customer-success-manager'),
]

/** With the managers and the customer success managers: somebody for every access right. */
export const DEMO_OTHERS: readonly DemoPerson[] = [
  person('admin', 'Noor Ashgrove', 'administrator'),
  person('lead', 'Paulo Merivane', 'lead'),
  person('engineer', 'Sven Holtkamper', 'engineer'),
  person('expert', 'Mei Taranqui', 'subject-matter-expert'),
  person('author', 'Clara Vasquilho', 'author'),
  person('reader', 'Jonas Pell', 'reader'),
]

export const DEMO_PEOPLE: readonly DemoPerson[] = [...DEMO_OTHERS, ...DEMO_MANAGERS, ...DEMO_CSMS]
