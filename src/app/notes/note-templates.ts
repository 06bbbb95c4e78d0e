import type { NoteTemplates } from '../../model/note-api.ts'
import { findNoteTemplates } from '../../store/notes.ts'
import type { Context } from '../context.ts'
import { type Actor, authorize } from '../policy.ts'

/** What comes with the program: a call, a first meeting, a hand-over. An id of its own in each language, so that each can be replaced. */
export const STARTERS: NoteTemplates['templates'] = [
  {
    id: 'check-in',
    language: 'en',
    title: 'Check-in call',
    body: '## Who was there\n\n- \n\n## What changed since last time\n\n\n\n## What stands in the way\n\n- \n\n## Agreed next\n\n- [ ] \n',
  },
  {
    id: 'check-in-pt-br',
    language: 'pt-BR',
    title: 'Conversa de acompanhamento',
    body: '## Quem participou\n\n- \n\n## O que mudou desde a última vez\n\n\n\n## O que está impedindo\n\n- \n\n## Próximos passos combinados\n\n- [ ] \n',
  },
  {
    id: 'kick-off',
    language: 'en',
    title: 'Kick-off',
    body: '## What the customer wants to achieve\n\n\n\n## Services and dates\n\n| Service | Date | Owner |\n| --- | --- | --- |\n|  |  |  |\n\n## How success is measured\n\n- \n\n## Risks\n\n- \n',
  },
  {
    id: 'kick-off-pt-br',
    language: 'pt-BR',
    title: 'Reunião inicial',
    body: '## O que o cliente quer alcançar\n\n\n\n## Serviços e datas\n\n| Serviço | Data | Responsável |\n| --- | --- | --- |\n|  |  |  |\n\n## Como o sucesso é medido\n\n- \n\n## Riscos\n\n- \n',
  },
  {
    id: 'hand-over',
    language: 'en',
    title: 'Hand-over',
    body: '## Where the customer stands\n\n\n\n## People to know\n\n- \n\n## Open promises\n\n- [ ] \n\n## What to be careful with\n\n- \n',
  },
  {
    id: 'hand-over-pt-br',
    language: 'pt-BR',
    title: 'Passagem de responsabilidade',
    body: '## Situação atual do cliente\n\n\n\n## Pessoas importantes\n\n- \n\n## Promessas em aberto\n\n- [ ] \n\n## O que exige cuidado\n\n- \n',
  },
]

/** Templates to begin a note with; one that people saved under a starter's id stands in its place. */
export async function getNoteTemplates(context: Pick<Context, 'db'>, actor: Actor): Promise<NoteTemplates> {
  authorize(actor, 'see-customer')
  const own = await findNoteTemplates(context.db)
  const isReplaced = (starter: (typeof STARTERS)[number]) => own.some(each => each.id === starter.id)
  return { templates: [...STARTERS.filter(each => !isReplaced(each)), ...own] }
}
