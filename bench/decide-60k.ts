import { fileURLToPath } from 'node:url'
import { compilePaths } from '../src/app/playbooks/files.ts'
import { decide } from '../src/engine/decide.ts'
import { gateTruths } from '../src/engine/gates.ts'
import { type Customer, completeCustomers, TODAY } from './customers.ts'
import { type Bench, compared, interleave, round } from './measure.ts'
import { peerEngine, peerFacts } from './rules-engine.ts'

const CUSTOMERS = 60_000
const RUNS = 5
/** A full plan is a thousand times the work of a gate; a tenth of the customers says as much. */
const PLANNED = 6000

/** The gates of many customers on one core, against json-rules-engine on the same conditions; then whole plans with their reasons. */
export const bench: Bench = async () => {
  const { playbook } = compilePaths([fileURLToPath(new URL('../playbooks/microsoft-365-success', import.meta.url))])
  const customers = completeCustomers(CUSTOMERS)
  const prepared = customers.map(peerFacts)
  const peers = { conditions: peerEngine('conditions'), operators: peerEngine('operators') }
  const answersOf = ({ facts, history }: Customer) => gateTruths(playbook, facts, history, TODAY)

  let met = 0
  for (const [index, customer] of customers.entries()) {
    const ours = answersOf(customer).join()
    for (const ask of Object.values(peers)) {
      const theirs = (await ask(prepared[index]!)).join()
      if (ours !== theirs) throw new Error(`${customer.facts.customer.id}: ${ours} here, ${theirs} there`)
    }
    if (ours.endsWith('yes')) met++
  }
  if (met === 0 || met === CUSTOMERS) throw new Error('all customers have the same answer: nothing was compared')

  const askPeer = async (count: number, ask = peers.conditions) => {
    for (let index = 0; index < count; index++) await ask(prepared[index]!)
  }
  const answerAll = () => {
    for (const customer of customers) answersOf(customer)
  }
  const gates = await interleave(RUNS, answerAll, () => askPeer(CUSTOMERS))
  const operators = await interleave(RUNS, answerAll, () => askPeer(CUSTOMERS, peers.operators))
  const plans = await interleave(
    RUNS,
    () => {
      for (const { facts, history } of customers.slice(0, PLANNED)) decide(playbook, facts, history, TODAY)
    },
    () => askPeer(PLANNED),
  )
  const items = customers.slice(0, PLANNED).reduce((sum, customer) => sum + itemCount(customer), 0)
  const perSecond = (count: number, ms: number) => `${round((count / ms) * 1000, 0).toLocaleString('en')} customers/s on one core`

  function itemCount({ facts, history }: Customer): number {
    const plan = decide(playbook, facts, history, TODAY, { proofs: false })
    return plan.processes.reduce((sum, process) => sum + process.steps.reduce((count, step) => count + step.items.length, 0), 0)
  }
  return [
    compared({
      name: 'decide-60k',
      ...gates,
      unit: 'ms',
      against: 'json-rules-engine, the same 3 gates, equal answers',
      kind: 'peer',
      size: `${CUSTOMERS.toLocaleString('en')} customers, ${met.toLocaleString('en')} with the review open; ${perSecond(CUSTOMERS, gates.ours)}`,
      runs: RUNS,
    }),
    compared({
      name: 'decide-60k-operators',
      ...operators,
      unit: 'ms',
      against: 'json-rules-engine with “every service” and “every metric” as JavaScript operators',
      kind: 'peer',
      size: `${CUSTOMERS.toLocaleString('en')} customers`,
      runs: RUNS,
    }),
    compared({
      name: 'decide-60k-full-plan',
      ...plans,
      unit: 'ms',
      against: 'json-rules-engine, only the 3 gates, without reasons',
      kind: 'peer',
      size: `${PLANNED.toLocaleString('en')} customers, ${items.toLocaleString('en')} items with reasons and proofs; ${perSecond(PLANNED, plans.ours)}`,
      runs: RUNS,
    }),
  ]
}
