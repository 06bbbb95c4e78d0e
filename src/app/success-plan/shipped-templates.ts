import type { Text } from '../../model/words.ts'

type ShippedMetric = Readonly<{
  name: Text
  kind: 'usage' | 'own'
  service: string | null
  unit: Text | null
  target: number
  direction: 'up' | 'down' | null
  days: number | null
}>

export type ShippedTemplate = Readonly<{
  id: string
  title: Text
  description: Text
  objectives: readonly Readonly<{ title: Text; description: Text; metrics: readonly ShippedMetric[] }>[]
}>

const say = (en: string, pt: string): Text => ({ en, 'pt-BR': pt })
const PERCENT = say('%', '%')

/** Active usage of a service, to reach a percent in so many days. */
const usage = (service: string, name: Text, target: number, days: number): ShippedMetric => ({
  name,
  kind: 'usage',
  service,
  unit: PERCENT,
  target,
  direction: 'up',
  days,
})
const own = (name: Text, target: number, direction: 'up' | 'down', days: number, unit: Text | null = PERCENT): ShippedMetric => ({
  name,
  kind: 'own',
  service: null,
  unit,
  target,
  direction,
  days,
})

/**
 * Success plans to begin with; targets and days are places to start from. 10 % is the threshold of the playbook (mission, E5); 40 % the
 * usual second milestone.
 */
export const SHIPPED_TEMPLATES: readonly ShippedTemplate[] = [
  {
    id: 'first-adoption',
    title: say('First adoption of new services', 'Primeira adoção de novos serviços'),
    description: say('Bring mail, meetings and files into daily use.', 'Levar e-mail, reuniões e arquivos ao uso diário.'),
    objectives: [
      {
        title: say('People work with the new services', 'As pessoas trabalham com os novos serviços'),
        description: say('Each service passes the threshold for the review.', 'Cada serviço passa do limiar para a revisão.'),
        metrics: [
          usage('teams', say('Active usage of Teams', 'Uso ativo do Teams'), 10, 90),
          usage('exchange', say('Active usage of Exchange', 'Uso ativo do Exchange'), 10, 90),
          usage('onedrive', say('Active usage of OneDrive', 'Uso ativo do OneDrive'), 10, 120),
        ],
      },
      {
        title: say('People know how', 'As pessoas sabem como'),
        description: say('Training reaches those it is for.', 'O treinamento chega a quem precisa.'),
        metrics: [own(say('People trained', 'Pessoas treinadas'), 50, 'up', 90)],
      },
    ],
  },
  {
    id: 'meetings-and-calls',
    title: say('Meetings and calls in one place', 'Reuniões e chamadas em um só lugar'),
    description: say('Fewer trips and fewer tools for talking to each other.', 'Menos viagens e menos ferramentas para conversar.'),
    objectives: [
      {
        title: say('Meetings are held online', 'As reuniões acontecem on-line'),
        description: say('Teams is where people meet.', 'O Teams é onde as pessoas se reúnem.'),
        metrics: [
          usage('teams', say('Active usage of Teams', 'Uso ativo do Teams'), 40, 180),
          own(say('Meetings held without travel', 'Reuniões sem viagem'), 60, 'up', 180),
        ],
      },
      {
        title: say('Less is spent on travel', 'Gasta-se menos com viagens'),
        description: say('Against the year before.', 'Em comparação com o ano anterior.'),
        metrics: [own(say('Travel cost, share of the year before', 'Custo de viagens, parcela do ano anterior'), 70, 'down', 365)],
      },
    ],
  },
  {
    id: 'files-and-teamwork',
    title: say('Files that people share safely', 'Arquivos compartilhados com segurança'),
    description: say(
      'Move from shared drives and attachments to shared files.',
      'Trocar unidades de rede e anexos por arquivos compartilhados.',
    ),
    objectives: [
      {
        title: say('Files live in the cloud', 'Os arquivos ficam na nuvem'),
        description: say('Personal and team files.', 'Arquivos pessoais e da equipe.'),
        metrics: [
          usage('onedrive', say('Active usage of OneDrive', 'Uso ativo do OneDrive'), 40, 180),
          usage('sharepoint', say('Active usage of SharePoint', 'Uso ativo do SharePoint'), 40, 180),
        ],
      },
      {
        title: say('Shared drives are retired', 'As unidades de rede são desativadas'),
        description: say('One after the other, the owners agreeing.', 'Uma após a outra, com acordo dos donos.'),
        metrics: [own(say('Shared drives left', 'Unidades de rede restantes'), 0, 'down', 270, null)],
      },
    ],
  },
  {
    id: 'service-desk',
    title: say('Relief for the service desk', 'Alívio para o suporte'),
    description: say('People help themselves and each other.', 'As pessoas resolvem sozinhas e entre si.'),
    objectives: [
      {
        title: say('Fewer tickets, solved sooner', 'Menos chamados, resolvidos antes'),
        description: say('Measured by the customer’s own service desk.', 'Medido pelo suporte do próprio cliente.'),
        metrics: [
          own(say('Tickets solved by self-service', 'Chamados resolvidos por autoatendimento'), 40, 'up', 180),
          own(say('Days to solve a ticket', 'Dias para resolver um chamado'), 2, 'down', 180, say('days', 'dias')),
        ],
      },
    ],
  },
  {
    id: 'frontline',
    title: say('Frontline people reached', 'Pessoas da linha de frente alcançadas'),
    description: say('News, shifts and forms for people without a desk.', 'Notícias, escalas e formulários para quem não tem mesa.'),
    objectives: [
      {
        title: say('Frontline people take part', 'A linha de frente participa'),
        description: say('On a device of their own or a shared one.', 'Em dispositivo próprio ou compartilhado.'),
        metrics: [
          own(say('Frontline people who signed in this month', 'Pessoas da linha de frente que entraram no mês'), 50, 'up', 180),
          own(say('Paper forms replaced', 'Formulários em papel substituídos'), 5, 'up', 180, say('forms', 'formulários')),
        ],
      },
    ],
  },
]
