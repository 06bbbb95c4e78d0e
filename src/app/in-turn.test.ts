import { expect, test } from 'vitest'
import { inTurn } from './in-turn.ts'

test('no more than so many run at once, all in the order they came, and one that fails gives its place on', async () => {
  const turn = inTurn(2)
  let running = 0
  let most = 0
  const begun: number[] = []
  const answers = await Promise.allSettled(
    Array.from({ length: 9 }, (_, index) =>
      turn(async () => {
        begun.push(index)
        most = Math.max(most, ++running)
        await new Promise(resolve => setImmediate(resolve))
        running--
        if (index % 3 === 0) throw new Error(`${index}`)
        return index
      }),
    ),
  )
  expect([most, running, begun]).toEqual([2, 0, [0, 1, 2, 3, 4, 5, 6, 7, 8]])
  expect(answers.map(each => each.status === 'fulfilled')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map(index => index % 3 !== 0))
})
