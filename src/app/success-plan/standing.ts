import type { Standing } from '../../model/success-plan-api.ts'
import type { Day, Text } from '../../model/words.ts'

export type Measured = Readonly<{
  baseline: number | null
  /** From this day on progress is expected; null: it is not known. */
  startsOn: Day | null
  target: number
  direction: 'up' | 'down'
  targetDate: Day | null
  /** The newest reading; null: there is none, or it is not known. */
  reading: Readonly<{ value: number; asOf: Day }> | null
  /** A reading that is older says nothing any more. */
  maxAgeDays: number
}>

/** Which way a metric should go: as it says, else from the baseline to the target, else up. */
export const directionOf = (metric: Readonly<{ direction: 'up' | 'down' | null; baseline: number | null; target: number }>) =>
  metric.direction ?? (metric.baseline !== null && metric.baseline > metric.target ? 'down' : 'up')

/**
 * How a metric stands, by this rule (docs/success-plan.md):
 *
 * 1. Without a reading, with one of a day to come, or with one that is too old it is unknown.
 * 2. A reading that reaches the target (inclusive) is met.
 * 3. After the target date what is not met is behind.
 * 4. Progress is how much of the way from baseline to target is done; without a baseline, or with one that is already past the target, it is
 *    unknown.
 * 5. Expected is the same share of the days from the day of the baseline to the target date, on the day of the reading: never more than all
 *    of them. Less progress than that is behind.
 * 6. Otherwise no progress is not started. Progress without a target date, or without a day from which it counts, is unknown: nothing says
 *    how much is enough. With them it is on track.
 */
export function standingOf(metric: Measured, today: Day): Standing {
  const { reading, target, direction, targetDate } = metric
  if (reading === null) return unknown(say('There is no reading yet', 'Ainda não há leitura'))
  if (reading.asOf > today)
    return unknown(say(`The reading is dated ${reading.asOf}, in the future`, `A leitura tem data futura, ${reading.asOf}`))
  const age = daysBetween(reading.asOf, today)
  if (age > metric.maxAgeDays) {
    return unknown(
      say(
        `The reading is of ${reading.asOf}, ${age} days old; more than ${metric.maxAgeDays} days say nothing`,
        `A leitura é de ${reading.asOf}, há ${age} dias; acima de ${metric.maxAgeDays} dias não vale mais`,
      ),
    )
  }
  const isMet = direction === 'up' ? reading.value >= target : reading.value <= target
  if (isMet) return { state: 'met', progress: 1, expected: null, because: say('The target is reached', 'A meta foi atingida') }
  const progress = progressOf(metric)
  if (targetDate !== null && today > targetDate) {
    const because = say(`The target date, ${targetDate}, has passed`, `A data da meta, ${targetDate}, já passou`)
    return { state: 'behind', progress, expected: 1, because }
  }
  if (progress === null) return unknown(withoutBaseline(metric))
  return standingOnTheWay(metric, progress, reading.asOf)
}

function standingOnTheWay({ startsOn, targetDate }: Measured, progress: number, asOf: Day): Standing {
  const expected = startsOn === null || targetDate === null ? null : expectedShare(startsOn, targetDate, asOf)
  const [done, due] = [percent(progress), expected === null ? null : percent(expected)]
  if (expected !== null && progress < expected) {
    return {
      state: 'behind',
      progress,
      expected,
      because: say(
        `${done} % of the way is done; by ${asOf} it should be ${due} %`,
        `${done} % do caminho feito; em ${asOf} deveria ser ${due} %`,
      ),
    }
  }
  if (progress === 0) {
    const because = say('There is no progress from the baseline yet', 'Ainda não há progresso em relação ao valor inicial')
    return { state: 'not-started', progress, expected, because }
  }
  if (expected === null) {
    return {
      ...unknown(
        targetDate === null
          ? say(
              `${done} % of the way is done; without a target date nothing says whether that is enough`,
              `${done} % do caminho feito; sem data da meta não se sabe se é suficiente`,
            )
          : say(`${done} % of the way is done; it is not known since when`, `${done} % do caminho feito; não se sabe desde quando`),
      ),
      progress,
    }
  }
  return {
    state: 'on-track',
    progress,
    expected,
    because: say(`${done} % of the way is done, ${due} % expected by ${asOf}`, `${done} % do caminho feito, ${due} % esperados em ${asOf}`),
  }
}

/** Of the way from baseline to target, 0 to 1; null when there is no such way. */
function progressOf({ baseline, target, direction, reading }: Measured): number | null {
  if (reading === null || baseline === null || baseline === target || baseline < target !== (direction === 'up')) return null
  return Math.min(1, Math.max(0, (reading.value - baseline) / (target - baseline)))
}

/** Of the days from the start to the target date, 0 to 1. */
function expectedShare(startsOn: Day, targetDate: Day, on: Day): number {
  const days = daysBetween(startsOn, targetDate)
  if (days <= 0) return on < targetDate ? 0 : 1
  return Math.min(1, Math.max(0, daysBetween(startsOn, on) / days))
}

const withoutBaseline = ({ baseline }: Measured): Text =>
  baseline === null
    ? say('Not reached; without a baseline progress cannot be told', 'Não atingida; sem valor inicial não se sabe o progresso')
    : say(
        'Not reached; the baseline is already past the target, so progress cannot be told',
        'Não atingida; o valor inicial já passa da meta, e o progresso não pode ser calculado',
      )

/**
 * How an objective stands: one metric that is behind makes it behind; else one that is unknown makes it unknown; met when all are; not
 * started when none has moved; else on track. Without metrics it is unknown. Progress is the mean, where each is known.
 */
export function standingOfAll(standings: readonly Standing[]): Standing {
  if (standings.length === 0) return unknown(say('There are no metrics to tell by', 'Não há métricas para avaliar'))
  const count = (state: Standing['state']) => standings.filter(each => each.state === state).length
  const all = standings.length
  const known = standings.flatMap(each => each.progress ?? [])
  const progress = known.length === all ? known.reduce((sum, each) => sum + each, 0) / all : null
  const of = (state: Standing['state'], because: Text): Standing => ({ state, progress, expected: null, because })
  const [behind, gaps, met] = [count('behind'), count('unknown'), count('met')]
  if (behind > 0) return of('behind', say(`${behind} of ${all} metrics behind`, `${behind} de ${all} métricas atrasadas`))
  if (gaps > 0) return of('unknown', say(`${gaps} of ${all} metrics unknown`, `${gaps} de ${all} métricas desconhecidas`))
  if (met === all) return of('met', say(`All metrics met (${all})`, `Todas as métricas atingidas (${all})`))
  if (count('not-started') === all) return of('not-started', say('No metric has moved yet', 'Nenhuma métrica avançou ainda'))
  return of('on-track', say(`${met} of ${all} metrics met, none behind`, `${met} de ${all} métricas atingidas, nenhuma atrasada`))
}

const unknown = (because: Text): Standing => ({ state: 'unknown', progress: null, expected: null, because })
const say = (en: string, pt: string): Text => ({ en, 'pt-BR': pt })
/** Rounded down, so that what is not whole never looks whole. */
const percent = (share: number): number => Math.floor(share * 100)
const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
