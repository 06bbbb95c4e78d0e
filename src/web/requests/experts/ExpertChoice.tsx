import { Button, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExpertMatches } from '../../../model/expert-request-api.ts'
import { type Formats, useFormats } from '../../ui/format.ts'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { personName } from '../../ui/person-name.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { expertsQuery, type WantedExpert } from './queries.ts'
import { wordsIn } from './words.ts'

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: '4px' },
  quiet: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  more: { alignSelf: 'flex-start' },
})

type Expert = ExpertMatches['experts'][number]
/** More than one compares; the best are first. */
const FIRST_SHOWN = 6

type ExpertChoiceProps = {
  wanted: WantedExpert
  /** Null: every matching one. */
  chosen: string | null
  onChoose: (expert: string | null) => void
  /** Who has it now and so is no choice; undefined: nobody, null: the queue. */
  present?: string | null | undefined
  fault?: string | undefined
}

/** Every matching expert, or one of them: the best match first, with what speaks for and against each. */
export function ExpertChoice({ wanted, chosen, onChoose, present, fault }: ExpertChoiceProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const id = useId()
  const [isWhole, setWhole] = useState(false)
  const { data, error, refetch } = useQuery(expertsQuery(wanted))
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[32, 44, 44]} />
  const experts = data.experts.filter(each => each.person.id !== present)
  const shown = isWhole ? experts : experts.filter((each, at) => at < FIRST_SHOWN || each.person.id === chosen)
  const rest = experts.length - shown.length
  return (
    <div className={styles.group}>
      <span id={id}>{t('experts.whom')}</span>
      <RadioGroup aria-labelledby={id} value={chosen ?? ''} onChange={(_, { value }) => onChoose(value === '' ? null : value)}>
        {present !== null && <Radio value="" label={t('experts.queue', { count: data.inQueue, number: formats.number(data.inQueue) })} />}
        {shown.map(each => (
          <Radio
            key={each.person.id}
            value={each.person.id}
            label={
              <>
                {personName(each.person.name, t)}
                <span className={styles.quiet}>{reasonsFor(each, wanted, t, formats)}</span>
              </>
            }
          />
        ))}
      </RadioGroup>
      {fault && <span role="alert">{fault}</span>}
      {rest > 0 && (
        <Button className={styles.more} size="small" appearance="subtle" onClick={() => setWhole(true)}>
          {t('experts.moreExperts', { count: rest, number: formats.number(rest) })}
        </Button>
      )}
    </div>
  )
}

/** "knows Security, knows Teams, speaks Portuguese, 2 of 5 open" */
function reasonsFor({ fits, open, atOnce, isFree, nextFree }: Expert, wanted: WantedExpert, t: TFunction, formats: Formats): string {
  const words = wordsIn(formats)
  const number = formats.number(open)
  const load =
    atOnce === null ? t('experts.load.unsaid', { count: open, number }) : t('experts.load.of', { number, most: formats.number(atOnce) })
  return [
    t(`experts.fit.knows.${fits.skill}`, { what: words.skill(wanted.skill) }),
    fits.service && wanted.service && t(`experts.fit.knows.${fits.service}`, { what: words.service(wanted.service) }),
    fits.language && wanted.language && t(`experts.fit.speaks.${fits.language}`, { what: words.language(wanted.language) }),
    fits.region && wanted.region && t(`experts.fit.region.${fits.region}`, { what: words.region(wanted.region) }),
    load,
    isFree === false && (nextFree ? t('experts.load.freeFrom', { day: formats.day(nextFree) }) : t('experts.load.full')),
  ]
    .filter(Boolean)
    .join(', ')
}
