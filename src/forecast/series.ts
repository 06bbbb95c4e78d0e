import type { Day } from '../model/words.ts'

/** Active users over the 28 days up to a day, and the seats they are a share of; `seats` null: not known that day. */
export type SeatPoint = Readonly<{ day: Day; users: number; seats: number | null }>

/** A point of which a share can be told. */
export type KnownPoint = Readonly<{ day: Day; users: number; seats: number }>

/** Those of which a share can be told; nothing of no seats is not zero percent. */
export const knownPoints = (points: readonly SeatPoint[]): readonly KnownPoint[] =>
  points.flatMap(({ day, users, seats }) => (seats !== null && seats > 0 ? [{ day, users, seats }] : []))

/** Whether the figure stands at a percent or above. Counted in whole tenths, so that 28.999… is no reason to say no. */
export const isAt = ({ users, seats }: KnownPoint, percent: number): boolean => users * 1000 >= Math.round(percent * 10) * seats

/** As shown: rounded down to one decimal. */
export const percentOf = ({ users, seats }: KnownPoint): number => Math.floor((users * 1000) / seats) / 10
