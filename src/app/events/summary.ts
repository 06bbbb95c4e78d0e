import { ERASED_NAME } from '../../model/admin-api.ts'
import { skillName } from '../../model/expert-skills.ts'
import type { Playbook } from '../../model/playbook.ts'
import { MOMENTUM_NAMES, USUAL_MOMENTUM } from '../../model/review-record.ts'
import type { Text } from '../../model/words.ts'

type Words = Readonly<{ en: string; 'pt-BR': string }>

/** What each kind of event says; braces name parts of its data. */
const SENTENCES: Readonly<Record<string, Words>> = {
  'demo-loaded': { en: 'Demo customer made up', 'pt-BR': 'Cliente de demonstração inventado' },
  'customer-added': { en: 'Customer added', 'pt-BR': 'Cliente adicionado' },
  'item-status-set': { en: '{item}: {status}', 'pt-BR': '{item}: {status}' },
  'item-status-cleared': { en: '{item}: status cleared', 'pt-BR': '{item}: status removido' },
  'item-assigned': { en: '{item}: assigned to {assigned}', 'pt-BR': '{item}: atribuído a {assigned}' },
  'item-due-set': { en: '{item}: due {due}', 'pt-BR': '{item}: prazo {due}' },
  'item-regressed-confirmed': { en: '{item}: confirmed as still done', 'pt-BR': '{item}: confirmado que continua concluído' },
  'cadence-added': { en: 'Series of meetings arranged: {title}', 'pt-BR': 'Série de reuniões marcada: {title}' },
  'cadence-changed': { en: 'Series of meetings changed: {title}', 'pt-BR': 'Série de reuniões alterada: {title}' },
  'cadence-ended': { en: 'Series of meetings ended: {title}', 'pt-BR': 'Série de reuniões encerrada: {title}' },
  'meeting-added': { en: 'Meeting arranged: {title}', 'pt-BR': 'Reunião marcada: {title}' },
  'deck-sent': {
    en: 'Review deck sent with the invitation: {title} (attendees: {count})',
    'pt-BR': 'Apresentação da revisão enviada com o convite: {title} (participantes: {count})',
  },
  'meeting-changed': { en: 'Meeting changed: {title}', 'pt-BR': 'Reunião alterada: {title}' },
  'meeting-cancelled': { en: 'Meeting cancelled: {title}', 'pt-BR': 'Reunião cancelada: {title}' },
  'meeting-held': { en: 'Meeting held: {title}', 'pt-BR': 'Reunião realizada: {title}' },
  'meeting-missed': { en: 'Meeting missed: {title}', 'pt-BR': 'Reunião não realizada: {title}' },
  'meeting-noted': { en: 'Agenda or notes of a meeting written: {title}', 'pt-BR': 'Pauta ou notas de uma reunião escritas: {title}' },
  'meeting-answered': { en: 'An invitation was answered: {answer}', 'pt-BR': 'Um convite foi respondido: {answer}' },
  'feed-made': { en: 'Calendar feed made', 'pt-BR': 'Calendário pessoal criado' },
  'feed-removed': { en: 'Calendar feed ended', 'pt-BR': 'Calendário pessoal encerrado' },
  'follow-up-added': { en: 'Follow-up added: {title}', 'pt-BR': 'Pendência adicionada: {title}' },
  'follow-up-changed': { en: 'Follow-up changed: {title}', 'pt-BR': 'Pendência alterada: {title}' },
  'follow-up-status-set': { en: 'Follow-up {title}: {status}', 'pt-BR': 'Pendência {title}: {status}' },
  'follow-up-assigned': { en: 'Follow-up {title}: assigned to {assigned}', 'pt-BR': 'Pendência {title}: atribuída a {assigned}' },
  'follow-up-due-set': { en: 'Follow-up {title}: due {due}', 'pt-BR': 'Pendência {title}: prazo {due}' },
  'note-written': { en: 'Note written: {text}', 'pt-BR': 'Nota escrita: {text}' },
  'note-changed': { en: 'Note changed: {text}', 'pt-BR': 'Nota alterada: {text}' },
  'note-removed': { en: 'Note removed: {text}', 'pt-BR': 'Nota removida: {text}' },
  'note-restored': { en: 'Note brought back: {text}', 'pt-BR': 'Nota trazida de volta: {text}' },
  'priority-set': {
    en: 'Priority set to {priority}, until {until}: {reason}',
    'pt-BR': 'Prioridade definida em {priority}, até {until}: {reason}',
  },
  'priority-cleared': { en: 'Priority as computed again', 'pt-BR': 'Prioridade volta a ser a calculada' },
  'fact-set': { en: '{fact} recorded', 'pt-BR': '{fact} registrado' },
  'report-imported': { en: 'Report {file} imported, as of {refreshDate}', 'pt-BR': 'Relatório {file} importado, de {refreshDate}' },
  'import-withdrawn': { en: 'Import of {file} taken back', 'pt-BR': 'Importação de {file} desfeita' },
  'denominator-set': { en: '{service}: what usage is a share of was set', 'pt-BR': '{service}: definido de que o uso é uma parcela' },
  'people-seen': {
    en: 'Champions and dormant seats of {service} seen, {count} people',
    'pt-BR': 'Campeões e licenças paradas de {service} vistos, {count} pessoas',
  },
  'assignment-added': { en: 'Assigned: {role}', 'pt-BR': 'Atribuição feita: {role}' },
  'assignment-changed': { en: 'Assignment changed: {role}', 'pt-BR': 'Atribuição alterada: {role}' },
  'assignment-removed': { en: 'Assignment removed: {role}', 'pt-BR': 'Atribuição removida: {role}' },
  'handshake-offered': { en: '{service} offered to {person}', 'pt-BR': '{service}: oferecido a {person}' },
  'handshake-asked': { en: 'Question about the handshake for {service}', 'pt-BR': 'Pergunta sobre o handshake de {service}' },
  'handshake-replied': { en: 'Answer about the handshake for {service}', 'pt-BR': 'Resposta sobre o handshake de {service}' },
  'handshake-accepted': { en: '{person} leads the adoption of {service}', 'pt-BR': '{person} conduz a adoção de {service}' },
  'handshake-declined': { en: 'Handshake for {service} declined', 'pt-BR': 'Handshake de {service} recusado' },
  'handshake-handed-back': { en: '{person} handed {service} back', 'pt-BR': '{person} devolveu {service}' },
  'handshake-withdrawn': { en: 'Handshake for {service} withdrawn', 'pt-BR': 'Handshake de {service} retirado' },
  'handshake-reminded': {
    en: '{person} reminded of the handshake for {service}',
    'pt-BR': 'Lembrete do handshake de {service} a {person}',
  },
  'handshake-escalated': {
    en: '{person} told of the handshake for {service}',
    'pt-BR': '{person} recebeu aviso do handshake de {service}',
  },
  'expert-requested': { en: 'Expert asked for: {skill}', 'pt-BR': 'Especialista pedido: {skill}' },
  'expert-acknowledged': { en: '{person} looks into the request: {skill}', 'pt-BR': '{person} está vendo o pedido: {skill}' },
  'expert-asked': { en: 'Question about the request for an expert: {skill}', 'pt-BR': 'Pergunta sobre o pedido de especialista: {skill}' },
  'expert-replied': { en: 'Answer about the request for an expert: {skill}', 'pt-BR': 'Resposta sobre o pedido de especialista: {skill}' },
  'expert-wrote': { en: 'Message about the request for an expert: {skill}', 'pt-BR': 'Mensagem sobre o pedido de especialista: {skill}' },
  'expert-accepted': { en: '{person} helps as expert: {skill}', 'pt-BR': '{person} ajuda como especialista: {skill}' },
  'expert-declined': { en: 'Request for an expert declined: {skill}', 'pt-BR': 'Pedido de especialista recusado: {skill}' },
  'expert-handed-on': { en: 'Request for an expert handed on: {skill}', 'pt-BR': 'Pedido de especialista repassado: {skill}' },
  'expert-done': { en: '{person} is done as expert: {skill}', 'pt-BR': '{person} concluiu como especialista: {skill}' },
  'expert-withdrawn': { en: 'Request for an expert withdrawn: {skill}', 'pt-BR': 'Pedido de especialista retirado: {skill}' },
  'expert-reminded': { en: 'Reminder of the request for an expert: {skill}', 'pt-BR': 'Lembrete do pedido de especialista: {skill}' },
  'expert-escalated': {
    en: '{person} told of the request for an expert: {skill}',
    'pt-BR': '{person} recebeu aviso do pedido de especialista: {skill}',
  },
  'expertise-set': { en: 'What {person} knows as an expert set', 'pt-BR': 'Definido o que {person} conhece como especialista' },
  'adoption-ended': { en: '{person} no longer leads the adoption of {service}', 'pt-BR': '{person} não conduz mais a adoção de {service}' },
  'team-set': { en: 'Team set: {after}', 'pt-BR': 'Equipe definida: {after}' },
  'export-made': { en: 'Export made: {what}, {count} rows', 'pt-BR': 'Exportação feita: {what}, {count} linhas' },
  'connection-set': { en: 'Tenant {tenant}: connection set', 'pt-BR': 'Locatário {tenant}: conexão definida' },
  'connection-removed': { en: 'Tenant {tenant}: connection removed', 'pt-BR': 'Locatário {tenant}: conexão removida' },
  'connection-tested': { en: 'Tenant {tenant}: connection tested', 'pt-BR': 'Locatário {tenant}: conexão testada' },
  'run-requested': { en: 'Tenant {tenant}: fetching of reports asked for', 'pt-BR': 'Locatário {tenant}: busca de relatórios pedida' },
  'run-stopped': { en: 'Tenant {tenant}: fetching of reports stopped', 'pt-BR': 'Locatário {tenant}: busca de relatórios interrompida' },
  'people-allowed': {
    en: 'Tenant {tenant}: people may be named',
    'pt-BR': 'Locatário {tenant}: pessoas podem ser identificadas',
  },
  'people-concealed': {
    en: 'Tenant {tenant}: people are no longer named',
    'pt-BR': 'Locatário {tenant}: pessoas não são mais identificadas',
  },
  'milestone-set': {
    en: 'Target set: {service}, {percent} %, by {targetDate}',
    'pt-BR': 'Meta definida: {service}, {percent} %, até {targetDate}',
  },
  'customer-changed': { en: 'Customer changed', 'pt-BR': 'Cliente alterado' },
  'customer-archived': { en: 'Customer archived', 'pt-BR': 'Cliente arquivado' },
  'customer-returned': { en: 'Customer brought back from the archive', 'pt-BR': 'Cliente trazido de volta do arquivo' },
  'customer-merged': { en: 'Customer {from} merged into this one', 'pt-BR': 'Cliente {from} unido a este' },
  'customer-merged-away': { en: 'Merged into {into}', 'pt-BR': 'Unido a {into}' },
  'customer-imported': { en: 'Changed by the portfolio file {file}', 'pt-BR': 'Alterado pelo arquivo de carteira {file}' },
  'import-undone': { en: 'Portfolio file {file} undone', 'pt-BR': 'Arquivo de carteira {file} desfeito' },
  'tenant-added': { en: 'Tenant added: {tenant}', 'pt-BR': 'Locatário adicionado: {tenant}' },
  'tenant-renamed': { en: 'Tenant renamed: {tenant}', 'pt-BR': 'Locatário renomeado: {tenant}' },
  'tenants-merged': { en: 'Tenant {from} merged into {into}', 'pt-BR': 'Locatário {from} unido a {into}' },
  'contact-added': { en: 'Contact added', 'pt-BR': 'Contato adicionado' },
  'contact-changed': { en: 'Contact changed', 'pt-BR': 'Contato alterado' },
  'contact-archived': { en: 'Contact put away', 'pt-BR': 'Contato arquivado' },
  'contact-returned': { en: 'Contact brought back', 'pt-BR': 'Contato trazido de volta' },
  'contact-erased': { en: 'Contact erased', 'pt-BR': 'Contato apagado' },
  'bulk-made': { en: 'Many customers changed at once: {count}', 'pt-BR': 'Vários clientes alterados de uma vez: {count}' },
  'bulk-undone': { en: 'Change of many customers undone: {count}', 'pt-BR': 'Alteração de vários clientes desfeita: {count}' },
  'survey-asked': { en: 'Contacts asked in a survey: {count}', 'pt-BR': 'Contatos consultados em uma pesquisa: {count}' },
  'survey-reminded': { en: 'Contacts reminded of a survey: {count}', 'pt-BR': 'Contatos lembrados de uma pesquisa: {count}' },
  'survey-answered': { en: 'A contact answered the survey', 'pt-BR': 'Um contato respondeu à pesquisa' },
  'survey-expired': { en: 'Surveys ended without an answer: {count}', 'pt-BR': 'Pesquisas encerradas sem resposta: {count}' },
  'survey-withdrawn': { en: 'A survey was withdrawn', 'pt-BR': 'Uma pesquisa foi retirada' },
  'survey-refused': { en: 'A contact asked not to be surveyed again', 'pt-BR': 'Um contato pediu para não ser mais consultado' },
  'deck-brand-changed': {
    en: 'Name, colour or logo of the review decks changed',
    'pt-BR': 'Nome, cor ou logotipo das apresentações alterado',
  },
  'deck-templates-changed': { en: 'Template slides of the review decks changed', 'pt-BR': 'Slides de modelo das apresentações alterados' },
  'survey-settings-changed': { en: 'Settings of the survey changed', 'pt-BR': 'Configurações da pesquisa alteradas' },
  'survey-copied': { en: 'Copy made of what surveys keep of a contact', 'pt-BR': 'Cópia feita do que as pesquisas guardam de um contato' },
  'blocker-opened': { en: 'Blocker opened: {title}', 'pt-BR': 'Bloqueio aberto: {title}' },
  'blocker-changed': { en: 'Blocker changed: {title}', 'pt-BR': 'Bloqueio alterado: {title}' },
  'blocker-resolved': { en: 'Blocker resolved: {title}', 'pt-BR': 'Bloqueio resolvido: {title}' },
  'blocker-reopened': { en: 'Blocker opened again: {title}', 'pt-BR': 'Bloqueio reaberto: {title}' },
  'blocker-reminded': { en: 'Reminded of a blocker due {day}', 'pt-BR': 'Lembrete de um bloqueio com prazo {day}' },
  'blocker-escalated': { en: 'Blocker due {day} escalated to the lead', 'pt-BR': 'Bloqueio com prazo {day} escalado à liderança' },
  'discussion-set': { en: 'Business value discussion recorded: {service}', 'pt-BR': 'Discussão de valor de negócio registrada: {service}' },
  'discussion-removed': {
    en: 'Business value discussion taken back: {service}',
    'pt-BR': 'Discussão de valor de negócio desfeita: {service}',
  },
  'discussion-usage-held': {
    en: 'Usage reports talked about on {day}',
    'pt-BR': 'Conversa sobre relatórios de uso em {day}',
  },
  'discussion-usage-removed': {
    en: 'Record of the talk about usage reports on {day} taken back',
    'pt-BR': 'Registro da conversa sobre relatórios de uso em {day} desfeito',
  },
  'decision-made': { en: '{proposal}: {decided}', 'pt-BR': '{proposal}: {decided}' },
  'decision-withdrawn': { en: '{proposal}: decision taken back', 'pt-BR': '{proposal}: decisão desfeita' },
  'check-confirmed': { en: 'Checklist line confirmed: {check}', 'pt-BR': 'Linha da lista confirmada: {check}' },
  'check-missed': { en: 'Checklist line found missing: {check}', 'pt-BR': 'Linha da lista considerada pendente: {check}' },
  'check-withdrawn': { en: 'Checklist line: word taken back: {check}', 'pt-BR': 'Linha da lista: confirmação desfeita: {check}' },
  'evidence-added': { en: 'Evidence added: {title}', 'pt-BR': 'Evidência anexada: {title}' },
  'evidence-removed': { en: 'Evidence taken away: {title}', 'pt-BR': 'Evidência retirada: {title}' },
  'transition-taken': { en: 'Step taken: {transition}', 'pt-BR': 'Passo dado: {transition}' },
  'transition-forced': {
    en: 'Step taken against its condition: {transition}',
    'pt-BR': 'Passo dado contra a sua condição: {transition}',
  },
  'transition-withdrawn': { en: 'Step taken back: {transition}', 'pt-BR': 'Passo desfeito: {transition}' },
  'deck-changed': { en: 'Review deck changed', 'pt-BR': 'Apresentação da revisão alterada' },
  'deck-data-taken': { en: 'Review deck: data of {date} taken', 'pt-BR': 'Apresentação da revisão: dados de {date} registrados' },
  'outcomes-recorded': { en: 'Review: outcome {outcomes}', 'pt-BR': 'Revisão: resultado {outcomes}' },
  'outcomes-corrected': { en: 'Review: outcome corrected to {after}', 'pt-BR': 'Revisão: resultado corrigido para {after}' },
  'engagement-cancelled': { en: 'Engagement cancelled: {reason}', 'pt-BR': 'Engajamento cancelado: {reason}' },
  'engagement-reopened': { en: 'Engagement open again: {reason}', 'pt-BR': 'Engajamento reaberto: {reason}' },
  'cycle-begun': { en: 'Cycle {cycle} begun: {services}', 'pt-BR': 'Ciclo {cycle} iniciado: {services}' },
  'objective-set': { en: 'Success plan: objective set', 'pt-BR': 'Plano de sucesso: objetivo definido' },
  'objective-removed': { en: 'Success plan: objective removed', 'pt-BR': 'Plano de sucesso: objetivo retirado' },
  'objectives-ordered': { en: 'Success plan: order of the objectives changed', 'pt-BR': 'Plano de sucesso: ordem dos objetivos alterada' },
  'metric-set': { en: 'Success plan: metric {name} set', 'pt-BR': 'Plano de sucesso: métrica {name} definida' },
  'metric-removed': { en: 'Success plan: metric {name} removed', 'pt-BR': 'Plano de sucesso: métrica {name} retirada' },
  'reading-set': { en: '{name}: {after} read on {day}', 'pt-BR': '{name}: {after} em {day}' },
  'reading-removed': { en: '{name}: reading of {day} removed', 'pt-BR': '{name}: leitura de {day} retirada' },
  'readings-imported': { en: 'Readings imported: {count}', 'pt-BR': 'Leituras importadas: {count}' },
  'readings-import-undone': { en: 'Import of readings undone: {count}', 'pt-BR': 'Importação de leituras desfeita: {count}' },
  'template-used': { en: 'Success plan: template {template} copied', 'pt-BR': 'Plano de sucesso: modelo {template} copiado' },
  'seats-split': { en: '{service}: seats split, {seats} in all', 'pt-BR': '{service}: licenças divididas, {seats} no total' },
  'kickoff-set': { en: 'Kick-off: stakeholders and plans recorded', 'pt-BR': 'Kick-off: partes interessadas e planos registrados' },
  'kickoff-service-set': { en: 'Kick-off: {service} recorded', 'pt-BR': 'Kick-off: {service} registrado' },
  'review-talk-set': {
    en: 'Success review: intent, achievements or scenarios recorded',
    'pt-BR': 'Revisão de sucesso: intenção, conquistas ou cenários registrados',
  },
  'review-expectations-set': { en: 'Success review: expectations recorded', 'pt-BR': 'Revisão de sucesso: expectativas registradas' },
  'review-gap-set': { en: 'Success review: gap {title}', 'pt-BR': 'Revisão de sucesso: lacuna {title}' },
  'review-gap-removed': { en: 'Success review: gap removed: {title}', 'pt-BR': 'Revisão de sucesso: lacuna retirada: {title}' },
  'review-prerequisite-set': { en: 'Success review: prerequisite {title}', 'pt-BR': 'Revisão de sucesso: pré-requisito {title}' },
  'review-prerequisite-removed': {
    en: 'Success review: prerequisite removed: {title}',
    'pt-BR': 'Revisão de sucesso: pré-requisito retirado: {title}',
  },
  'review-step-set': { en: 'Success review: next step {title}', 'pt-BR': 'Revisão de sucesso: próximo passo {title}' },
  'review-step-removed': {
    en: 'Success review: next step removed: {title}',
    'pt-BR': 'Revisão de sucesso: próximo passo retirado: {title}',
  },
  'review-momentum-set': { en: 'Momentum plan: {momentum}', 'pt-BR': 'Plano de continuidade: {momentum}' },
  'review-momentum-removed': { en: 'Momentum plan: removed: {momentum}', 'pt-BR': 'Plano de continuidade: retirado: {momentum}' },
  'review-momentum-proposed': {
    en: 'Momentum plan: usual parts added, {count}',
    'pt-BR': 'Plano de continuidade: partes usuais incluídas, {count}',
  },
  'review-momentum-carried': {
    en: 'Momentum plan taken over into the next engagement: {count}',
    'pt-BR': 'Plano de continuidade levado ao próximo engajamento: {count}',
  },
  'review-alignment-set': { en: 'Success review: internal team {title}', 'pt-BR': 'Revisão de sucesso: equipe interna {title}' },
  'review-alignment-removed': {
    en: 'Success review: internal team removed: {title}',
    'pt-BR': 'Revisão de sucesso: equipe interna retirada: {title}',
  },
  'review-summary-asked': {
    en: 'Success review: summary sent to contacts, {count}',
    'pt-BR': 'Revisão de sucesso: resumo enviado a contatos, {count}',
  },
  'entitlements-imported': { en: 'Entitled seats imported from {file}', 'pt-BR': 'Licenças contratadas importadas de {file}' },

  'reasons-changed': { en: 'List of reasons changed: version {version}', 'pt-BR': 'Lista de motivos alterada: versão {version}' },
  'template-saved': { en: 'Template saved: {id}', 'pt-BR': 'Modelo salvo: {id}' },
  'template-removed': { en: 'Template removed: {id}', 'pt-BR': 'Modelo retirado: {id}' },
  'set-up': { en: 'Installation set up', 'pt-BR': 'Instalação configurada' },
  'own-data-started': { en: 'Demo taken away, own data started', 'pt-BR': 'Demonstração retirada, início com dados próprios' },
  'settings-changed': { en: 'Settings changed', 'pt-BR': 'Configurações alteradas' },
  'calendar-connection-set': {
    en: 'Connection to the Outlook calendars set',
    'pt-BR': 'Conexão com os calendários do Outlook definida',
  },
  'calendar-connection-removed': {
    en: 'Connection to the Outlook calendars taken away',
    'pt-BR': 'Conexão com os calendários do Outlook retirada',
  },
  'calendar-connection-tested': {
    en: 'Connection to the Outlook calendars tested',
    'pt-BR': 'Conexão com os calendários do Outlook testada',
  },
  'team-saved': { en: 'Team saved: {team}', 'pt-BR': 'Equipe salva: {team}' },
  'team-calendar-set': { en: 'Working days set: {team}', 'pt-BR': 'Dias úteis definidos: {team}' },
  'team-removed': { en: 'Team removed: {team}', 'pt-BR': 'Equipe removida: {team}' },
  'cover-added': { en: 'Cover arranged', 'pt-BR': 'Substituição combinada' },
  'person-added': { en: 'Account made: {person}', 'pt-BR': 'Conta criada: {person}' },
  'person-invited': { en: 'Invited: {person}', 'pt-BR': 'Convite enviado: {person}' },
  invited: { en: 'Invited: {person}', 'pt-BR': 'Convite enviado: {person}' },
  'person-changed': { en: 'Account changed: {person}', 'pt-BR': 'Conta alterada: {person}' },
  'person-disabled': { en: 'Account disabled: {person}', 'pt-BR': 'Conta desativada: {person}' },
  'person-enabled': { en: 'Account enabled again: {person}', 'pt-BR': 'Conta reativada: {person}' },
  'person-erased': { en: 'Person erased: {person}', 'pt-BR': 'Pessoa apagada: {person}' },
  'signed-in': { en: 'Signed in', 'pt-BR': 'Entrou' },
  'sign-in-refused': { en: 'Sign-in refused', 'pt-BR': 'Entrada recusada' },
  'signed-out': { en: 'Signed out', 'pt-BR': 'Saiu' },
  'locked-out': { en: 'Locked out for a while', 'pt-BR': 'Bloqueio temporário' },
  'password-changed': { en: 'Password changed', 'pt-BR': 'Senha alterada' },
  'password-reset-asked': { en: 'New password asked for', 'pt-BR': 'Nova senha solicitada' },
  'passkey-added': { en: 'Passkey added', 'pt-BR': 'Chave de acesso adicionada' },
  'passkey-removed': { en: 'Passkey removed', 'pt-BR': 'Chave de acesso removida' },
  'two-factor-on': { en: 'One-time codes turned on', 'pt-BR': 'Códigos de uso único ativados' },
  'two-factor-off': { en: 'One-time codes turned off', 'pt-BR': 'Códigos de uso único desativados' },
  'backup-codes-made': { en: 'Backup codes made', 'pt-BR': 'Códigos de reserva gerados' },
  'key-made': { en: 'Personal key made', 'pt-BR': 'Chave pessoal criada' },
  'key-removed': { en: 'Personal key removed', 'pt-BR': 'Chave pessoal removida' },
  'session-ended': { en: 'A session ended', 'pt-BR': 'Uma sessão encerrada' },
  'sessions-ended': { en: 'Sessions ended: {person}', 'pt-BR': 'Sessões encerradas: {person}' },
  'session-revoked': { en: 'A session ended', 'pt-BR': 'Uma sessão encerrada' },
  'sessions-revoked': { en: 'Sessions ended: {person}', 'pt-BR': 'Sessões encerradas: {person}' },
  'invitation-accepted': { en: 'Invitation accepted', 'pt-BR': 'Convite aceito' },
  'mail-tested': { en: 'Test mail sent', 'pt-BR': 'E-mail de teste enviado' },
  'mail-sent-again': { en: 'Mail sent again', 'pt-BR': 'E-mail reenviado' },
  'mail-dismissed': { en: 'Mail given up', 'pt-BR': 'E-mail descartado' },
  'job-started': { en: 'Job started: {queue}', 'pt-BR': 'Tarefa iniciada: {queue}' },
  'job-retried': { en: 'Job run again: {queue}', 'pt-BR': 'Tarefa executada de novo: {queue}' },
  'retention-purged': { en: 'Deleted after its time: {what}, {count}', 'pt-BR': 'Excluído após o prazo: {what}, {count}' },
}

/** What was exported or deleted after its time. */
const WHAT: Readonly<Record<string, Words>> = {
  record: { en: 'record of the customer', 'pt-BR': 'registro do cliente' },
  forecasts: { en: 'forecasts', 'pt-BR': 'previsões' },
  portfolio: { en: 'portfolio', 'pt-BR': 'portfólio' },
  blockers: { en: 'blockers', 'pt-BR': 'bloqueios' },
  usage: { en: 'usage of the customer', 'pt-BR': 'uso do cliente' },
  person: { en: 'data about a person', 'pt-BR': 'dados sobre uma pessoa' },
  mail: { en: 'mails', 'pt-BR': 'e-mails' },
  'sign-in-addresses': { en: 'addresses people signed in from', 'pt-BR': 'endereços de onde as pessoas entraram' },
  'report-files': { en: 'files of usage reports', 'pt-BR': 'arquivos de relatórios de uso' },
  'ended-accounts': { en: 'accounts that had ended', 'pt-BR': 'contas encerradas' },
}
const ERASED: Words = { en: ERASED_NAME, 'pt-BR': 'Pessoa apagada' }

const STATUSES: Readonly<Record<string, Words>> = {
  'not-started': { en: 'not started', 'pt-BR': 'não iniciado' },
  'in-progress': { en: 'in progress', 'pt-BR': 'em andamento' },
  complete: { en: 'complete', 'pt-BR': 'concluído' },
  'not-required': { en: 'not required', 'pt-BR': 'não necessário' },
  paused: { en: 'paused', 'pt-BR': 'pausado' },
  deferred: { en: 'deferred', 'pt-BR': 'adiado' },
  warning: { en: 'at risk', 'pt-BR': 'em risco' },
  blocked: { en: 'blocked', 'pt-BR': 'bloqueado' },
  cancelled: { en: 'cancelled', 'pt-BR': 'cancelado' },
}

const ANSWERS: Readonly<Record<string, Words>> = {
  accepted: { en: 'accepted', 'pt-BR': 'aceito' },
  declined: { en: 'declined', 'pt-BR': 'recusado' },
  tentative: { en: 'maybe', 'pt-BR': 'talvez' },
}

const NOBODY_KNOWN: ReadonlyMap<string, string> = new Map()

/** One sentence per language about an event, in the words of the present playbook; `names` of people it speaks of by id. */
export function summaryOf(
  kind: string,
  data: Readonly<Record<string, unknown>>,
  playbook: Playbook,
  names: ReadonlyMap<string, string> = NOBODY_KNOWN,
): Text {
  const sentence = Object.hasOwn(SENTENCES, kind) ? SENTENCES[kind] : undefined
  const { en, 'pt-BR': pt } = sentence ?? { en: kind, 'pt-BR': kind }
  const say = (locale: keyof Words) =>
    (locale === 'en' ? en : pt).replace(/\{(\w+)\}/g, (_, part: string) =>
      part === 'person'
        ? personName(data.person, names, locale)
        : part === 'assigned'
          ? personName(assignedIn(data), names, locale)
          : partOf(part, data, playbook, locale),
    )
  return { en: say('en'), 'pt-BR': say('pt-BR') }
}

function personName(id: unknown, names: ReadonlyMap<string, string>, locale: keyof Words): string {
  const name = typeof id === 'string' ? (names.get(id) ?? id) : '–'
  return name === ERASED_NAME ? ERASED[locale] : name
}

/** Whom an item was given to: `{ after: { assignee: { person } } }`. */
function assignedIn({ after }: Readonly<Record<string, unknown>>): unknown {
  return (after as { assignee?: { person?: unknown } | null } | null)?.assignee?.person
}

function partOf(part: string, data: Readonly<Record<string, unknown>>, playbook: Playbook, locale: keyof Words): string {
  if (part === 'item') return itemName(String(data.item), playbook, locale)
  if (part === 'skill') return skillName(String(data.skill))[locale]
  if (part === 'status') {
    const status = String((data.after as { status?: unknown } | null)?.status ?? '')
    return STATUSES[status]?.[locale] ?? status
  }
  if (part === 'due') return String((data.after as { due?: unknown } | null)?.due ?? '–')
  if (part === 'answer') return ANSWERS[String(data.answer)]?.[locale] ?? String(data.answer)
  if (part === 'what') return WHAT[String(data.what)]?.[locale] ?? String(data.what)
  if (part === 'check') return checkName(String(data.check), playbook, locale)
  if (part === 'transition') return nameIn(playbook.transitions.find(each => each.to === data.transition)?.name, locale, data.transition)
  if (part === 'proposal') return proposalName(String(data.proposal), playbook, locale)
  if (part === 'decided') return DECIDED[String(data.decided)]?.[locale] ?? String(data.decided)
  if (part === 'role') return roleName(data, playbook, locale)
  if (part === 'momentum') return momentumName(data, locale)
  if (part === 'fact') return [data.fact, data.service].filter(each => typeof each === 'string').join(' · ')
  const value = data[part]
  // What was sealed for somebody who was erased is no text any more.
  return value === null || value === undefined || typeof value === 'object' ? '–' : String(value)
}

/** A usual part of a momentum plan by its name, one of the customer's own by its title. */
function momentumName({ momentum, title }: Readonly<Record<string, unknown>>, locale: keyof Words): string {
  const usual = USUAL_MOMENTUM.find(each => each === momentum)
  return usual ? MOMENTUM_NAMES[usual][locale] : typeof title === 'string' ? title : '–'
}

const DECIDED: Readonly<Record<string, Words>> = {
  offered: { en: 'offered', 'pt-BR': 'oferecido' },
  agreed: { en: 'agreed', 'pt-BR': 'aceito pelo cliente' },
  declined: { en: 'declined', 'pt-BR': 'recusado pelo cliente' },
  proposed: { en: 'proposed', 'pt-BR': 'proposto' },
  accepted: { en: 'accepted', 'pt-BR': 'aceito' },
  rejected: { en: 'rejected', 'pt-BR': 'rejeitado' },
}

const nameIn = (name: Text | undefined, locale: keyof Words, otherwise: unknown): string => name?.[locale] ?? name?.en ?? String(otherwise)

const checkName = (id: string, { processes }: Playbook, locale: keyof Words): string =>
  nameIn(processes.flatMap(each => each.checks).find(each => each.id === id)?.text, locale, id)

/** `accelerator:teams` as the title of the proposal, and the service. */
function proposalName(id: string, { proposals, services }: Playbook, locale: keyof Words): string {
  const definition = proposals.find(each => each.id === id || id.startsWith(`${each.id}:`))
  const service = definition && definition.id !== id ? id.slice(definition.id.length + 1) : undefined
  const title = nameIn(definition?.title, locale, id)
  return service === undefined ? title : `${title} (${nameIn(services.find(each => each.id === service)?.name, locale, service)})`
}

/** The role of an assignment, and the service where it is for one. */
function roleName({ before, after }: Readonly<Record<string, unknown>>, playbook: Playbook, locale: keyof Words): string {
  const { role, service } = (after ?? before ?? {}) as { role?: string; service?: string | null }
  const name = playbook.roles.find(each => each.id === role)?.name
  return [name?.[locale] ?? name?.en ?? role, service].filter(each => typeof each === 'string').join(' · ')
}

/** `process/step/task@service` as the title of the task or step, and the service. */
function itemName(id: string, playbook: Playbook, locale: keyof Words): string {
  const [path = '', serviceId] = id.split('@')
  const [processId, stepId, taskId] = path.split('/')
  const step = playbook.processes.find(each => each.id === processId)?.steps.find(each => each.id === stepId)
  const title = taskId === undefined ? step?.title : step?.tasks.find(each => each.id === taskId)?.title
  const service = playbook.services.find(each => each.id === serviceId)?.name
  const text = (of: Text | undefined, otherwise: string) => of?.[locale] ?? of?.en ?? Object.values(of ?? {})[0] ?? otherwise
  return serviceId === undefined ? text(title, id) : `${text(title, path)} (${text(service, serviceId)})`
}
