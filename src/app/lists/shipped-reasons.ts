import type { Reason } from '../../model/success-plan-api.ts'

const both = ['blocker', 'seats'] as const
const reason = (id: string, uses: Reason['uses'], en: string, pt: string): Reason => ({ id, uses, text: { en, 'pt-BR': pt } })

/**
 * The list of reasons before an installation changes it: version 0. No vendor and no product is named. An id keeps its meaning for good;
 * a reason that is no longer wanted is retired, never taken out.
 */
export const SHIPPED_REASONS: readonly Reason[] = [
  reason('no-sponsor', both, 'No sponsor with the authority to decide', 'Sem patrocinador com poder de decisão'),
  reason('competing-priorities', both, 'Other projects come first', 'Outros projetos têm prioridade'),
  reason('budget', both, 'No budget for the work', 'Sem orçamento para o trabalho'),
  reason('contract', both, 'Contract or renewal under discussion', 'Contrato ou renovação em negociação'),
  reason('reorganisation', both, 'Reorganisation, merger or sale', 'Reorganização, fusão ou venda'),
  reason('no-people', both, 'Nobody has the time', 'Sem pessoas disponíveis'),
  reason('skills', both, 'Skills are missing', 'Faltam conhecimentos'),
  reason('training', both, 'People have not been trained', 'As pessoas não foram treinadas'),
  reason('awareness', both, 'People do not know it or see no use for it', 'As pessoas não conhecem ou não veem utilidade'),
  reason('no-scenario', both, 'No scenario of use was found', 'Nenhum cenário de uso foi identificado'),
  reason('migration', both, 'Content must be migrated first', 'É preciso migrar conteúdo antes'),
  reason('other-product', both, 'Another product does this', 'Outro produto já faz isso'),
  reason('missing-feature', both, 'A feature is missing', 'Falta um recurso'),
  reason('quality', both, 'It does not work as it should', 'Não funciona como deveria'),
  reason('identity', both, 'Sign-in or identities are not ready', 'Autenticação ou identidades não estão prontas'),
  reason('network', both, 'Network or bandwidth', 'Rede ou largura de banda'),
  reason('devices', both, 'Devices or operating systems are too old', 'Dispositivos ou sistemas operacionais antigos'),
  reason('integration', both, 'Must work with other systems first', 'Depende de integração com outros sistemas'),
  reason('security-review', both, 'Security review not finished', 'Avaliação de segurança não concluída'),
  reason('compliance', both, 'Legal, privacy or records rules', 'Regras legais, de privacidade ou de guarda'),
  reason('works-council', both, 'Employee representatives must agree', 'Representantes dos empregados precisam concordar'),
  reason('waiting-for-vendor', ['blocker'], 'Waiting for the vendor', 'Aguardando o fornecedor'),
  reason('waiting-for-partner', ['blocker'], 'Waiting for a partner', 'Aguardando um parceiro'),
  reason('waiting-for-customer', ['blocker'], 'Waiting for the customer', 'Aguardando o cliente'),
  reason('frontline', ['seats'], 'For people without a device of their own', 'Para pessoas sem dispositivo próprio'),
  reason('spare', ['seats'], 'Bought as a reserve', 'Compradas como reserva'),
  reason('bundled', ['seats'], 'Came with a bundle, never wanted', 'Vieram em um pacote, sem interesse'),
  reason('leavers', ['seats'], 'Seats of people who left', 'Licenças de pessoas que saíram'),
  reason('second-account', ['seats'], 'A second account of the same person', 'Segunda conta da mesma pessoa'),
  reason('other', both, 'Other', 'Outro'),
]
