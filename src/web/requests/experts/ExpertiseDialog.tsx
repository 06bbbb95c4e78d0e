import { Checkbox, Field, Input, makeStyles } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Expertise, SetExpertise } from '../../../model/expert-request-api.ts'
import { EXPERT_LANGUAGES, REGION_IDS, SKILL_IDS } from '../../../model/expert-skills.ts'
import { BoxGroup } from '../../ui/BoxGroup.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { personName } from '../../ui/person-name.ts'
import { showToast } from '../../ui/toasts.tsx'
import { expertisePath, expertiseQuery } from './queries.ts'
import { wordsIn } from './words.ts'

const useStyles = makeStyles({ boxes: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 210px), 1fr))' } })

type Lists = Pick<Expertise, 'skills' | 'services' | 'languages' | 'regions'>
type ExpertiseDialogProps = {
  expertise: Expertise
  /** Null: one's own. */
  person: string | null
  onClose: () => void
}

/** What somebody knows, and how many requests they take at once. What is left empty is not said, which is no "no". */
export default function ExpertiseDialog({ expertise: first, person, onClose }: ExpertiseDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const words = wordsIn(formats)
  const client = useQueryClient()
  const [base, setBase] = useState(first)
  const [lists, setLists] = useState<Lists>(first)
  const [isExpert, setExpert] = useState(first.isExpert)
  const [atOnce, setAtOnce] = useState(first.atOnce === null ? '' : String(first.atOnce))
  const [tried, setTried] = useState(false)
  const query = expertiseQuery(person)
  const save = useMutation({
    mutationFn: (input: SetExpertise) => send<Expertise>('PUT', apiUrl(expertisePath(person)), input),
    onSuccess: answer => {
      client.setQueryData(query.queryKey, answer)
      void client.invalidateQueries({ queryKey: ['experts'] })
      void client.invalidateQueries({ queryKey: ['expert-requests'] })
      onClose()
      showToast({ intent: 'success', title: t('experts.expertise.saved') })
    },
    // What the other one saved is kept beside, and this one says whether theirs goes over it.
    onError: async error => {
      if (isLostUpdate(error)) setBase(await client.fetchQuery({ ...query, staleTime: 0 }).catch(() => base))
    },
  })
  const isLate = isLostUpdate(save.error)
  const fault = /^([1-9]\d?)?$/.test(atOnce.trim()) ? undefined : t('experts.expertise.atOnceFault')
  const run = () => {
    setTried(true)
    if (fault) return
    const { skills, services, languages, regions } = lists
    // The boxes hold nothing but what the schema lists, beside what it listed once and is sent as it came.
    const input = {
      isExpert,
      skills,
      services,
      languages,
      regions,
      atOnce: atOnce.trim() === '' ? null : Number(atOnce),
      version: base.version,
    }
    save.mutate(input as SetExpertise)
  }
  const boxes = (name: keyof Lists, values: readonly string[], nameOf: (id: string) => string) => (
    <BoxGroup label={t(`experts.expertise.${name}`)} className={styles.boxes}>
      {values.map(value => (
        <Checkbox
          key={value}
          label={nameOf(value)}
          checked={lists[name].includes(value)}
          onChange={(_, { checked }) =>
            setLists({ ...lists, [name]: checked === true ? [...lists[name], value] : lists[name].filter(each => each !== value) })
          }
        />
      ))}
    </BoxGroup>
  )
  return (
    <FormDialog
      title={t('experts.expertise.dialog', { name: personName(first.person.name, t) })}
      onClose={onClose}
      submit={{ label: t(isLate ? 'experts.mineToo' : 'save'), run, isBusy: save.isPending }}
      error={isLate ? undefined : save.error}
    >
      <p style={{ margin: 0 }}>{t('experts.expertise.help')}</p>
      {!first.isByRight && (
        <Checkbox label={t('experts.expertise.isExpert')} checked={isExpert} onChange={(_, { checked }) => setExpert(checked === true)} />
      )}
      {boxes('skills', SKILL_IDS, words.skill)}
      {boxes('services', first.known, words.service)}
      {boxes('languages', EXPERT_LANGUAGES, words.language)}
      {boxes('regions', REGION_IDS, words.region)}
      <Field label={t('experts.atOnce')} hint={t('experts.expertise.atOnceHint')} {...(tried && fault ? { validationMessage: fault } : {})}>
        <Input inputMode="numeric" value={atOnce} onChange={(_, { value }) => setAtOnce(value)} />
      </Field>
      {isLate && (
        <p role="alert" style={{ margin: 0 }}>
          {t('experts.expertise.theirs', { what: base.skills.map(words.skill).join(', ') || t('experts.unsaid') })}
        </p>
      )}
    </FormDialog>
  )
}
