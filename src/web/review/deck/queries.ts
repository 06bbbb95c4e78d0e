import { queryOptions } from '@tanstack/react-query'
import type { DeckView } from '../../../model/deck-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { get } from '../../ui/http.ts'

export const deckQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'deck'],
    queryFn: ({ signal }) => get<DeckView>(customerPath(id, 'review', 'deck'), {}, signal),
  })
