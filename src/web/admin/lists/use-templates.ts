import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TemplatesView } from '../../../model/success-plan-api.ts'
import { failureText } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { showToast } from '../../ui/toasts.tsx'
import { pathOf, urlOf } from '../queries.ts'
import { type Template, type TemplateKind, templatesQuery } from './queries.ts'

export type Content = Readonly<{ title: string; language: string; body: string }>
export type TemplateWrite = Readonly<{ id: string; content: Content; version: number }>

/** Writes and removes templates of one kind; the answer is what stands then. */
export function useTemplates(kind: TemplateKind) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const show = (view: TemplatesView) => {
    client.setQueryData(templatesQuery(kind).queryKey, view)
    // What one chooses from elsewhere, and the versions.
    for (const queryKey of [['note-templates'], ['customer'], ['lists', 'templates', kind]]) void client.invalidateQueries({ queryKey })
    return view
  }
  const put = ({ id, content, version }: TemplateWrite) =>
    send<TemplatesView>('PUT', urlOf('lists', 'templates', kind, id), { ...content, version }).then(show)
  const failed = (error: unknown) => showToast({ intent: 'error', title: t('lists.notSaved'), body: failureText(error, t, formats) })
  const said = (title: string, back?: TemplateWrite) =>
    showToast({
      intent: 'success',
      title,
      ...(back && {
        action: {
          label: t('plan.undo'),
          run: () => void put(back).then(() => showToast({ intent: 'success', title: t('plan.undone') }), failed),
        },
      }),
    })
  const save = useMutation({ mutationFn: put })
  const removal = useMutation({
    mutationFn: ({ id, version }: Template) =>
      send<TemplatesView>('DELETE', apiUrl(pathOf('lists', 'templates', kind, id), { version })).then(show),
    onSuccess: (_, { id, title, language, body }) =>
      said(t('lists.removed', { what: title }), { id, content: { title, language, body }, version: 0 }),
    onError: error => {
      failed(error)
      void client.invalidateQueries({ queryKey: templatesQuery(kind).queryKey })
    },
  })
  return {
    save,
    said,
    /** What stands now, after somebody else was faster. */
    refresh: () => client.fetchQuery({ ...templatesQuery(kind), staleTime: 0 }),
    remove: (template: Template, onDone: () => void) => removal.mutate(template, { onSuccess: onDone }),
  }
}
