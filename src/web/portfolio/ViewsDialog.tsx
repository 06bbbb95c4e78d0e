import { Badge, Button, Checkbox, Field, Input, makeStyles } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedView, SavedViews } from '../../model/portfolio-api.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { apiUrl, send } from '../ui/http.ts'
import type { PortfolioSearch } from './search.ts'
import { kept, viewsQuery } from './views.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '6px', alignItems: 'center' },
  name: { flex: '1 1 140px', minWidth: 0, overflowWrap: 'anywhere' },
})

type ViewsDialogProps = { search: PortfolioSearch; onOpen: (view: SavedView) => void; onClose: () => void }

/** Views that were kept: open one, choose the one to begin with, keep what is seen now. */
export default function ViewsDialog({ search, onOpen, onClose }: ViewsDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const client = useQueryClient()
  const { data, error } = useQuery(viewsQuery)
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const write = useMutation({
    mutationFn: ({ method, path, body }: { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown }) =>
      send<SavedViews>(method, apiUrl(path), body),
    onSuccess: views => client.setQueryData(viewsQuery.queryKey, views),
  })
  const save = () => {
    setAsked(true)
    if (!name.trim()) return
    const body = { screen: 'portfolio', name, shared: isShared, search: kept(search) }
    write.mutate({ method: 'POST', path: '/saved-views', body }, { onSuccess: () => setName('') })
  }
  const choose = (view: string | null) => write.mutate({ method: 'PUT', path: '/saved-views/default', body: { screen: 'portfolio', view } })
  return (
    <FormDialog
      title={t('list.views.title')}
      onClose={onClose}
      submit={{ label: t('list.views.save'), run: save, isBusy: write.isPending }}
      error={write.error ?? error}
    >
      {data && data.views.length === 0 && <p>{t('list.views.none')}</p>}
      <ul className={styles.list}>
        {data?.views.map(view => (
          <li key={view.id} className={styles.row}>
            <span className={styles.name}>
              {view.name} {view.by !== null && `(${view.by})`}{' '}
              {view.by === null && view.shared && <Badge appearance="outline">{t('list.views.shared')}</Badge>}
            </span>
            <Button size="small" onClick={() => onOpen(view)}>
              {t('list.views.open', { name: view.name })}
            </Button>
            <Button size="small" aria-pressed={data.default === view.id} onClick={() => choose(data.default === view.id ? null : view.id)}>
              {t(data.default === view.id ? 'list.views.isDefault' : 'list.views.makeDefault', { name: view.name })}
            </Button>
            {view.by === null && (
              <Button size="small" onClick={() => write.mutate({ method: 'DELETE', path: `/saved-views/${view.id}` })}>
                {t('list.views.remove', { name: view.name })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Field label={t('list.views.name')} {...(isAsked && !name.trim() ? { validationMessage: t('list.views.nameNeeded') } : {})}>
        <Input value={name} maxLength={80} onChange={(_, { value }) => setName(value)} />
      </Field>
      <Checkbox label={t('list.views.share')} checked={isShared} onChange={(_, { checked }) => setShared(checked === true)} />
    </FormDialog>
  )
}
