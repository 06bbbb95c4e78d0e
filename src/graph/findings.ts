import type { ConnectionFinding } from '../model/usage-api.ts'
import type { Text } from '../model/words.ts'

type Words = Readonly<{ severity: ConnectionFinding['severity']; text: Text; remedy: Text | null }>
const words = (severity: Words['severity'], en: string, pt: string, remedy: readonly [en: string, pt: string] | null = null): Words => ({
  severity,
  text: { en, 'pt-BR': pt },
  remedy: remedy && { en: remedy[0], 'pt-BR': remedy[1] },
})

const NEW_SECRET = [
  'Make a new client secret in the app registration (Certificates & secrets), copy its value at once, and enter it here.',
  'Crie um novo segredo do cliente no registro do aplicativo (Certificados e segredos), copie o valor na hora e informe-o aqui.',
] as const
const NEW_CERTIFICATE = [
  'Make a new certificate, upload it in the app registration (Certificates & secrets › Certificates), and enter it here with its private key.',
  'Crie um novo certificado, carregue-o no registro do aplicativo (Certificados e segredos › Certificados) e informe-o aqui com a chave privada.',
] as const
const PKCS8 = [
  'Enter the private key as unencrypted PEM (PKCS#8, "BEGIN PRIVATE KEY"); Impulso encrypts it before it is stored.',
  'Informe a chave privada em PEM sem criptografia (PKCS#8, "BEGIN PRIVATE KEY"); o Impulso a criptografa antes de guardar.',
] as const
const ASK_LATER = [
  'Nothing needs to be done: it is asked again later. If it stays, look at the service health of Microsoft 365.',
  'Não é preciso fazer nada: uma nova tentativa é feita mais tarde. Se continuar, veja a integridade do serviço do Microsoft 365.',
] as const

/**
 * Everything a test or a run can find out, in words for who set the connection up. `{name}` is filled in. What the service writes itself
 * is not passed on: it names tenants and applications. Explained further in docs/microsoft-graph.md, which names every code.
 */
export const FINDINGS = {
  'signed-in': words('ok', 'The application signs in to the tenant.', 'O aplicativo entra no locatário.'),
  'secret-wrong': words('error', 'The client secret is not the right one.', 'O segredo do cliente não é o correto.', [
    'Enter the value of the secret, not its id. If the value is no longer known, make a new secret in the app registration (Certificates & secrets).',
    'Informe o valor do segredo, não o ID dele. Se o valor não é mais conhecido, crie um novo segredo no registro do aplicativo (Certificados e segredos).',
  ]),
  'secret-expired': words('error', 'The client secret has expired.', 'O segredo do cliente expirou.', NEW_SECRET),
  'certificate-unknown': words(
    'error',
    'The app registration does not know this certificate.',
    'O registro do aplicativo não conhece este certificado.',
    [
      'Upload the certificate in the app registration (Certificates & secrets › Certificates) and compare the thumbprint with the one shown here.',
      'Carregue o certificado no registro do aplicativo (Certificados e segredos › Certificados) e compare a impressão digital com a mostrada aqui.',
    ],
  ),
  'certificate-revoked': words('error', 'The certificate was revoked.', 'O certificado foi revogado.', NEW_CERTIFICATE),
  'certificate-expired': words('error', 'The certificate ended on {day}.', 'O certificado terminou em {day}.', NEW_CERTIFICATE),
  'certificate-ended': words(
    'error',
    'The certificate is outside its time of validity.',
    'O certificado está fora do prazo de validade.',
    NEW_CERTIFICATE,
  ),
  'certificate-ends': words(
    'warning',
    'The certificate ends on {day}, in {days} days.',
    'O certificado termina em {day}, em {days} dias.',
    NEW_CERTIFICATE,
  ),
  'certificate-unreadable': words('error', 'The certificate cannot be read.', 'O certificado não pode ser lido.', [
    'Enter it as PEM: the text from "BEGIN CERTIFICATE" to "END CERTIFICATE".',
    'Informe-o em PEM: o texto de "BEGIN CERTIFICATE" até "END CERTIFICATE".',
  ]),
  'key-unreadable': words('error', 'The private key cannot be read.', 'A chave privada não pode ser lida.', PKCS8),
  'key-encrypted': words(
    'error',
    'The private key is encrypted with a password.',
    'A chave privada está criptografada com uma senha.',
    PKCS8,
  ),
  'key-not-rsa': words(
    'error',
    'The private key is not an RSA key of at least 2,048 bits.',
    'A chave privada não é uma chave RSA de pelo menos 2.048 bits.',
    NEW_CERTIFICATE,
  ),
  'key-of-another': words('error', 'The private key does not belong to the certificate.', 'A chave privada não pertence ao certificado.', [
    'Enter the private key that the certificate was made with.',
    'Informe a chave privada com a qual o certificado foi criado.',
  ]),
  'clock-skew': words(
    'warning',
    'The clock of this server and that of the sign-in service differ by {seconds} seconds.',
    'O relógio deste servidor e o do serviço de entrada diferem em {seconds} segundos.',
    ['Set the clock of this server by NTP.', 'Acerte o relógio deste servidor por NTP.'],
  ),
  'clock-wrong': words(
    'error',
    'The sign-in service finds the signature outside its time: the clock of this server is wrong.',
    'O serviço de entrada considera a assinatura fora do prazo: o relógio deste servidor está errado.',
    ['Set the clock of this server by NTP.', 'Acerte o relógio deste servidor por NTP.'],
  ),
  'application-missing': words('error', 'The tenant does not know the application.', 'O locatário não conhece o aplicativo.', [
    'Check the application (client) id and the tenant. An application of several tenants needs the consent of an administrator of this one.',
    'Confira o ID do aplicativo (cliente) e o locatário. Um aplicativo de vários locatários precisa do consentimento de um administrador deste.',
  ]),
  'application-disabled': words('error', 'The application is disabled in the tenant.', 'O aplicativo está desabilitado no locatário.', [
    'An administrator of the tenant enables it under Enterprise applications › Properties.',
    'Um administrador do locatário o habilita em Aplicativos empresariais › Propriedades.',
  ]),
  'consent-missing': words(
    'error',
    'No administrator of the tenant has consented to the application yet.',
    'Nenhum administrador do locatário deu consentimento ao aplicativo ainda.',
    [
      'An administrator grants admin consent to the application permission Reports.Read.All. It can take some minutes to take effect.',
      'Um administrador concede o consentimento à permissão de aplicativo Reports.Read.All. Pode levar alguns minutos para valer.',
    ],
  ),
  'tenant-unknown': words('error', 'There is no such tenant.', 'Esse locatário não existe.', [
    'Enter the directory (tenant) id or a verified domain of the tenant, and check the cloud.',
    'Informe o ID do diretório (locatário) ou um domínio verificado do locatário e confira a nuvem.',
  ]),
  'wrong-cloud': words(
    'error',
    'The tenant or the application belongs to another cloud.',
    'O locatário ou o aplicativo pertence a outra nuvem.',
    [
      'Choose the cloud of the tenant: global (GCC too), GCC High, DoD or China. The application is registered in the same cloud.',
      'Escolha a nuvem do locatário: global (também GCC), GCC High, DoD ou China. O aplicativo é registrado na mesma nuvem.',
    ],
  ),
  'sign-in-blocked': words(
    'error',
    'A Conditional Access policy of the tenant blocks the application.',
    'Uma política de Acesso Condicional do locatário bloqueia o aplicativo.',
    [
      'An administrator lets the application through in the policy for workload identities, or adds the address of this server to the named locations.',
      'Um administrador libera o aplicativo na política de identidades de carga de trabalho ou inclui o endereço deste servidor nos locais nomeados.',
    ],
  ),
  'sign-in-refused': words(
    'error',
    'The sign-in service refuses the application ({code}).',
    'O serviço de entrada recusa o aplicativo ({code}).',
    [
      'Look the code up at login.microsoftonline.com/error and in the sign-in logs of the tenant (service principals).',
      'Consulte o código em login.microsoftonline.com/error e nos logs de entrada do locatário (entidades de serviço).',
    ],
  ),
  'sign-in-answer': words(
    'error',
    'What answers at the address of the sign-in service is not the sign-in service.',
    'O que responde no endereço do serviço de entrada não é o serviço de entrada.',
    ['Look for a proxy in between that answers itself.', 'Procure um proxy no caminho que responda por conta própria.'],
  ),
  'token-not-accepted': words(
    'error',
    'Microsoft Graph does not accept the application, not even after signing in anew.',
    'O Microsoft Graph não aceita o aplicativo, nem depois de uma nova entrada.',
    [
      'Check that the application is still among the enterprise applications of the tenant, and that the cloud is the right one; then consent anew.',
      'Confira se o aplicativo ainda está entre os aplicativos empresariais do locatário e se a nuvem é a correta; depois dê o consentimento de novo.',
    ],
  ),
  'reports-readable': words('ok', 'Usage reports can be read.', 'Os relatórios de uso podem ser lidos.'),
  'reports-permission-missing': words(
    'error',
    'The application may not read usage reports: it lacks the permission Reports.Read.All.',
    'O aplicativo não pode ler relatórios de uso: falta a permissão Reports.Read.All.',
    [
      'Add Reports.Read.All of Microsoft Graph as an application permission (not a delegated one: an administrator role of a person does not help) and grant admin consent. It can take some minutes.',
      'Adicione Reports.Read.All do Microsoft Graph como permissão de aplicativo (não delegada: uma função de administrador de uma pessoa não ajuda) e conceda o consentimento do administrador. Pode levar alguns minutos.',
    ],
  ),
  'not-ready': words(
    'info',
    'The reporting service has no data of this tenant yet.',
    'O serviço de relatórios ainda não tem dados deste locatário.',
    [
      'Wait: a new tenant takes some days. It is asked again every night.',
      'Aguarde: um locatário novo leva alguns dias. Uma nova tentativa é feita toda noite.',
    ],
  ),
  'not-offered': words('info', 'The cloud does not offer the report {report}.', 'A nuvem não oferece o relatório {report}.'),
  'day-out-of-range': words(
    'warning',
    'The report {report} does not reach back to {day}.',
    'O relatório {report} não alcança o dia {day}.',
    ['Reports of single days reach back 28 days.', 'Relatórios de um só dia alcançam 28 dias para trás.'],
  ),
  'request-refused': words(
    'error',
    'Microsoft Graph refuses the request {report} ({status} {code}).',
    'O Microsoft Graph recusa a solicitação {report} ({status} {code}).',
    ['If it stays, tell the support of Microsoft the request id.', 'Se continuar, informe o ID da solicitação ao suporte da Microsoft.'],
  ),
  'service-unavailable': words(
    'error',
    'The service did not answer properly, several times in a row (status {status}).',
    'O serviço não respondeu corretamente várias vezes seguidas (status {status}).',
    ASK_LATER,
  ),
  'service-unreachable': words('error', 'The service cannot be reached ({why}).', 'O serviço não pode ser alcançado ({why}).', [
    'Check that this server may reach {host} on port 443.',
    'Confira se este servidor pode alcançar {host} na porta 443.',
  ]),
  'outgoing-refused': words(
    'error',
    '{host} leads to an address that is not public, and is not asked.',
    '{host} leva a um endereço que não é público e não é consultado.',
    [
      'If that is intended, name the host in the setting IMPULSO_ALLOW_HOSTS.',
      'Se isso é intencional, inclua o host na configuração IMPULSO_ALLOW_HOSTS.',
    ],
  ),
  'download-elsewhere': words(
    'error',
    'Microsoft Graph sent us to {host} for the file, which is not a host of this cloud.',
    'O Microsoft Graph nos enviou a {host} para buscar o arquivo, e esse não é um host desta nuvem.',
    [
      'If the host is one of Microsoft, name it in the setting IMPULSO_GRAPH_DOWNLOAD_HOSTS; otherwise look for a proxy in between.',
      'Se o host é da Microsoft, inclua-o na configuração IMPULSO_GRAPH_DOWNLOAD_HOSTS; caso contrário, procure um proxy no caminho.',
    ],
  ),
  'download-failed': words(
    'error',
    'The link to the file did not work, several times in a row (status {status}).',
    'O link do arquivo não funcionou várias vezes seguidas (status {status}).',
    ASK_LATER,
  ),
  'download-truncated': words(
    'error',
    'The file arrived incomplete, several times in a row.',
    'O arquivo chegou incompleto várias vezes seguidas.',
    ASK_LATER,
  ),
  'download-not-csv': words(
    'error',
    'Instead of the report something else arrived, several times in a row.',
    'Em vez do relatório chegou outra coisa várias vezes seguidas.',
    [
      'Look for a proxy in between that answers itself; otherwise look at the service health of Microsoft 365.',
      'Procure um proxy no caminho que responda por conta própria; caso contrário, veja a integridade do serviço do Microsoft 365.',
    ],
  ),
  'download-too-large': words(
    'error',
    'The file is longer than {limit} bytes and was not kept.',
    'O arquivo tem mais de {limit} bytes e não foi guardado.',
  ),
  throttled: words('warning', 'The service asks us to wait until {time}.', 'O serviço pede para esperar até {time}.', [
    'Test again after that.',
    'Teste de novo depois disso.',
  ]),
  'budget-used-up': words(
    'warning',
    'The requests that the service allows are used up until {time}.',
    'As solicitações que o serviço permite estão esgotadas até {time}.',
    ['Test again after that.', 'Teste de novo depois disso.'],
  ),
  'names-visible': words('ok', 'The reports name people.', 'Os relatórios trazem os nomes das pessoas.'),
  'names-concealed': words(
    'info',
    'The reports conceal names. Figures, trends and forecasts are complete; people cannot be named.',
    'Os relatórios ocultam os nomes. Números, tendências e previsões estão completos; as pessoas não podem ser nomeadas.',
    [
      'If the customer wants names: Microsoft 365 admin center › Settings › Org settings › Reports, "Display concealed user, group, and site names in all reports". Impulso does not change it.',
      'Se o cliente quiser nomes: centro de administração do Microsoft 365 › Configurações › Configurações da organização › Relatórios, opção de nomes ocultos em todos os relatórios. O Impulso não a altera.',
    ],
  ),
  'concealment-unknown': words(
    'info',
    'Whether the reports conceal names may not be asked; the reports themselves will show it.',
    'Não é permitido perguntar se os relatórios ocultam nomes; os próprios relatórios vão mostrar.',
    [
      'To know it beforehand, grant the application permission ReportSettings.Read.All. It is not needed otherwise.',
      'Para saber antes, conceda a permissão de aplicativo ReportSettings.Read.All. Ela não é necessária para mais nada.',
    ],
  ),
  'concealment-not-told': words(
    'info',
    'Whether the reports conceal names could not be asked; the reports themselves will show it.',
    'Não foi possível perguntar se os relatórios ocultam nomes; os próprios relatórios vão mostrar.',
  ),
  'seats-readable': words('ok', 'Subscriptions and their seats can be read.', 'As assinaturas e suas licenças podem ser lidas.'),
  'licences-permission-missing': words(
    'warning',
    'The application may not read subscriptions: seats are unknown, and usage is a share of the people with a licence.',
    'O aplicativo não pode ler as assinaturas: as licenças compradas são desconhecidas, e o uso é uma parte das pessoas com licença.',
    [
      'Add the application permission LicenseAssignment.Read.All (or Organization.Read.All) of Microsoft Graph and grant admin consent.',
      'Adicione a permissão de aplicativo LicenseAssignment.Read.All (ou Organization.Read.All) do Microsoft Graph e conceda o consentimento do administrador.',
    ],
  ),
  'calendar-writable': words(
    'ok',
    'Meetings can be put into the calendar of your mailbox, and taken away.',
    'Reuniões podem ser colocadas no calendário da sua caixa de correio e retiradas.',
  ),
  'calendar-permission-missing': words(
    'error',
    'The application may not write to your calendar: it lacks the permission Calendars.ReadWrite, or a policy leaves your mailbox out.',
    'O aplicativo não pode escrever no seu calendário: falta a permissão Calendars.ReadWrite, ou uma política deixa de fora a sua caixa de correio.',
    [
      'Add Calendars.ReadWrite of Microsoft Graph as an application permission (not a delegated one) and grant admin consent. Where an application access policy limits the mailboxes, put yours into its group. Either can take half an hour.',
      'Adicione Calendars.ReadWrite do Microsoft Graph como permissão de aplicativo (não delegada) e conceda o consentimento do administrador. Onde uma política de acesso de aplicativo limita as caixas de correio, inclua a sua no grupo dela. Ambos podem levar meia hora.',
    ],
  ),
  'calendar-mailbox-missing': words(
    'warning',
    'The address with which you sign in here has no mailbox in this tenant, so that writing could not be tried.',
    'O endereço com que você entra aqui não tem caixa de correio neste locatário; não foi possível testar a escrita.',
    [
      'Test it as somebody with a mailbox there. People without one go on inviting by mail.',
      'Teste como alguém que tenha uma caixa de correio lá. Quem não tem continua convidando por e-mail.',
    ],
  ),
  'calendar-test-left': words(
    'warning',
    'The test entry "Impulso" could not be taken out of your calendar again.',
    'O compromisso de teste "Impulso" não pôde ser retirado do seu calendário.',
    ['Delete it yourself.', 'Exclua-o você mesmo.'],
  ),
  'calendar-limit-mailboxes': words(
    'info',
    'The permission reaches the calendars of all mailboxes of the tenant unless it is limited.',
    'A permissão alcança os calendários de todas as caixas de correio do locatário, a menos que seja limitada.',
    [
      'Limit it in Exchange Online to the mailboxes of the people who organize meetings here: role-based access control for applications, or an application access policy.',
      'Limite-a no Exchange Online às caixas de correio de quem organiza reuniões aqui: controle de acesso baseado em função para aplicativos, ou uma política de acesso de aplicativo.',
    ],
  ),
} as const satisfies Readonly<Record<string, Words>>
export type FindingCode = keyof typeof FINDINGS

type Particulars = Readonly<Record<string, string | number>>

/** The finding in words; `requestId` is that of the service, for its support. */
export function finding(code: FindingCode, particulars: Particulars = {}, requestId?: string): ConnectionFinding {
  const { severity, text, remedy } = FINDINGS[code]
  return {
    code,
    severity,
    text: fill(text, particulars),
    remedy: remedy && fill(remedy, particulars),
    ...(requestId === undefined ? {} : { requestId }),
  }
}

const fill = (text: Text, particulars: Particulars): Text =>
  Object.fromEntries(
    Object.entries(text).map(([locale, sentence]) => [
      locale,
      sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = particulars[name]
        return typeof value === 'number' ? value.toLocaleString(locale) : (value ?? whole)
      }),
    ]),
  )

/** `2026-11-21 11:30 UTC` */
export const minuteOf = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
