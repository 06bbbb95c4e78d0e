import type { NotificationKind, TellWay } from '../../model/notification-kinds.ts'
import type { Text } from '../../model/words.ts'

/** What each kind is called, and how people are told of it who chose nothing: what waits for them at once, what is news in the digest. */
export const KINDS: Readonly<Record<NotificationKind, Readonly<{ title: Text; usual: TellWay }>>> = {
  assigned: { title: { en: 'You were assigned to a customer', 'pt-BR': 'Você foi atribuído a um cliente' }, usual: 'at-once' },
  mention: { title: { en: 'You were mentioned in a note', 'pt-BR': 'Você foi mencionado em uma nota' }, usual: 'at-once' },
  'item-assigned': { title: { en: 'A task was assigned to you', 'pt-BR': 'Uma tarefa foi atribuída a você' }, usual: 'at-once' },
  'item-due': { title: { en: 'A mandatory task is due', 'pt-BR': 'Uma tarefa obrigatória está no prazo' }, usual: 'digest' },
  'item-regressed': { title: { en: 'A finished task fell back', 'pt-BR': 'Uma tarefa concluída retrocedeu' }, usual: 'digest' },
  'gate-opened': { title: { en: 'A gate opened', 'pt-BR': 'Uma condição foi atendida' }, usual: 'digest' },
  'gate-fell': { title: { en: 'A customer in maintenance fell back', 'pt-BR': 'Um cliente em manutenção recuou' }, usual: 'at-once' },
  'usage-crossed': { title: { en: 'Usage crossed a mark', 'pt-BR': 'O uso cruzou uma marca' }, usual: 'digest' },
  'handshake-offered': { title: { en: 'A handshake was offered to you', 'pt-BR': 'Um handshake foi oferecido a você' }, usual: 'at-once' },
  'handshake-answered': { title: { en: 'A handshake was answered', 'pt-BR': 'Um handshake foi respondido' }, usual: 'at-once' },
  'handshake-waiting': { title: { en: 'A handshake still waits', 'pt-BR': 'Um handshake ainda espera' }, usual: 'at-once' },
  'expert-requested': { title: { en: 'An expert is asked for', 'pt-BR': 'Um especialista foi pedido' }, usual: 'at-once' },
  'expert-answered': {
    title: { en: 'A request for an expert was answered', 'pt-BR': 'Um pedido de especialista foi respondido' },
    usual: 'at-once',
  },
  'expert-waiting': {
    title: { en: 'A request for an expert still waits', 'pt-BR': 'Um pedido de especialista ainda espera' },
    usual: 'at-once',
  },
  'blocker-due': { title: { en: 'A blocker has an action due', 'pt-BR': 'Um bloqueio tem uma ação no prazo' }, usual: 'digest' },
  'blocker-escalated': { title: { en: 'A blocker was escalated', 'pt-BR': 'Um bloqueio foi escalado' }, usual: 'at-once' },
  'meeting-changed': { title: { en: 'A meeting changed', 'pt-BR': 'Uma reunião mudou' }, usual: 'at-once' },
  'meeting-answered': { title: { en: 'An invitation was answered', 'pt-BR': 'Um convite foi respondido' }, usual: 'portal' },
  'meeting-soon': { title: { en: 'A meeting is near', 'pt-BR': 'Uma reunião está próxima' }, usual: 'at-once' },
  'contact-overdue': { title: { en: 'A contact is overdue', 'pt-BR': 'Um contato está atrasado' }, usual: 'digest' },
  'survey-low': {
    title: { en: 'A survey came back with a low answer', 'pt-BR': 'Uma pesquisa voltou com resposta baixa' },
    usual: 'at-once',
  },
  'mail-bounced': { title: { en: 'A mail came back', 'pt-BR': 'Um e-mail voltou' }, usual: 'at-once' },
}
