import { Button, Field, Input, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ChangeDeckBrand, type DeckBrandView, LOGO_BYTES } from '../../../model/deck-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, get, send, upload } from '../../ui/http.ts'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { useRefusal } from '../permission.ts'
import { useWrite } from '../use-write.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '720px', marginTop: '32px' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
  short: { maxWidth: '320px' },
  line: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
})

export const brandQuery = queryOptions({
  queryKey: ['settings', 'deck'],
  queryFn: ({ signal }) => get<DeckBrandView>('/settings/deck', {}, signal),
})

/** Name, colour and logo on every review deck. */
export function BrandForm() {
  const { data, error, refetch } = useQuery(brandQuery)
  if (data) return <Form brand={data} />
  return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[60, 60]} />
}

function Form({ brand }: { brand: DeckBrandView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const client = useQueryClient()
  const refusal = useRefusal()('change-settings')
  // That the person looks at: a newer answer does not change the form under their hands.
  const [seen, setSeen] = useState(brand)
  const [name, setName] = useState(brand.name ?? '')
  const [colour, setColour] = useState(brand.colour ?? '')
  const keep = (fresh: DeckBrandView) => {
    client.setQueryData(brandQuery.queryKey, fresh)
    setSeen(fresh)
  }
  const show = (fresh: DeckBrandView) => {
    keep(fresh)
    setName(fresh.name ?? '')
    setColour(fresh.colour ?? '')
  }
  const save = useWrite({
    write: (change: ChangeDeckBrand) => send<DeckBrandView>('PUT', apiUrl('/settings/deck'), change),
    changes: [],
    done: t('deck-brand.saved'),
    onDone: show,
    onFailed: error => isLostUpdate(error) && client.invalidateQueries({ queryKey: brandQuery.queryKey }),
    isForm: true,
  })
  const chosen = { name: name.trim() || null, colour: colour.trim().toLowerCase() || null }
  const isFaulty = chosen.colour !== null && !/^#[0-9a-f]{6}$/.test(chosen.colour)
  const isChanged = chosen.name !== seen.name || chosen.colour !== seen.colour
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (refusal === undefined && !isFaulty && isChanged && !save.isPending) save.mutate({ ...chosen, version: seen.version })
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-labelledby="deck-brand">
      <Subtitle2 as="h3" id="deck-brand">
        {t('deck-brand.title')}
      </Subtitle2>
      <p className={styles.quiet}>{refusal ?? t('deck-brand.help')}</p>
      <Field label={t('deck-brand.name')} className={styles.short}>
        <Input value={name} maxLength={200} disabled={refusal !== undefined} onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field
        label={t('deck-brand.colour')}
        className={styles.short}
        hint={t('deck-brand.colourHelp')}
        {...(isFaulty ? { validationMessage: t('deck-brand.colourNeeded') } : {})}
      >
        <Input value={colour} maxLength={7} disabled={refusal !== undefined} onChange={(_, { value }) => setColour(value)} />
      </Field>
      <FailureBar error={save.error} />
      <div className={styles.line}>
        <ActionButton type="submit" appearance="primary" refusal={refusal} disabledFocusable={!isChanged || isFaulty || save.isPending}>
          {t('deck-brand.save')}
        </ActionButton>
      </div>
      <Logo brand={seen} refusal={refusal} onChanged={keep} />
    </form>
  )
}

function Logo({
  brand,
  refusal,
  onChanged,
}: Readonly<{ brand: DeckBrandView; refusal: string | undefined; onChanged: (fresh: DeckBrandView) => void }>) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const picker = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string>()
  const put = useWrite({
    write: (file: File) =>
      upload<DeckBrandView>({ url: apiUrl('/settings/deck/logo'), body: file, onProgress: () => {}, signal: new AbortController().signal }),
    changes: [],
    done: t('deck-brand.logoSaved'),
    onDone: onChanged,
    isForm: true,
  })
  const remove = useWrite({
    write: () => send<DeckBrandView>('DELETE', apiUrl('/settings/deck/logo')),
    changes: [],
    done: t('deck-brand.logoRemoved'),
    onDone: onChanged,
  })
  const pick = (file: File | undefined) => {
    if (!file) return
    const isTooLarge = file.size > LOGO_BYTES
    setFault(isTooLarge ? t('deck-brand.tooLarge') : undefined)
    if (!isTooLarge) put.mutate(file)
  }
  const { logo } = brand
  return (
    <>
      <p className={styles.quiet}>
        {logo
          ? t('deck-brand.logo', { type: logo.type === 'image/png' ? 'PNG' : 'JPEG', size: formats.number(Math.ceil(logo.bytes / 1024)) })
          : t('deck-brand.noLogo')}
      </p>
      <div className={styles.line}>
        <input
          ref={picker}
          type="file"
          accept="image/png,image/jpeg"
          hidden
          aria-label={t('deck-brand.chooseLogo')}
          onChange={event => {
            pick(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <ActionButton refusal={refusal} disabledFocusable={put.isPending} onClick={() => picker.current?.click()}>
          {t('deck-brand.chooseLogo')}
        </ActionButton>
        {logo && (
          <Button disabledFocusable={refusal !== undefined || remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t('deck-brand.removeLogo')}
          </Button>
        )}
      </div>
      {fault && <p role="alert">{fault}</p>}
      <FailureBar error={put.error} />
    </>
  )
}
