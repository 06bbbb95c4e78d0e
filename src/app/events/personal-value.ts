/** A value about a person, to be sealed when it is recorded: readable as long as the person's key is there. */
export class PersonalValue {
  readonly personId: string
  readonly value: unknown
  /** `month`: kept only as long as addresses are. */
  readonly kept: 'lasting' | 'month'
  constructor(personId: string, value: unknown, kept: 'lasting' | 'month') {
    this.personId = personId
    this.value = value
    this.kept = kept
  }
}

/** Marks part of an event's data as being about a person: names, addresses and free text never stand in an event otherwise. */
export const personal = (personId: string, value: unknown, kept: 'lasting' | 'month' = 'lasting'): PersonalValue =>
  new PersonalValue(personId, value, kept)
