import type { Text } from './words.ts'

/** A workload of Microsoft 365, or the customer-level `core-onboarding`. Playbooks may define more in their manifest. */
export type ServiceId = string

export type ServiceDef = Readonly<{
  id: ServiceId
  name: Text
  /** Names found in pages and files, any language, past and present; compared without case, accents and spaces. */
  aliases: readonly string[]
  family: 'modern-communications' | 'collaboration' | 'productivity' | 'mail' | 'security' | 'platform' | null
  /** False for things a page names beside services that no usage belongs to. */
  countsUsage: boolean
}>

const service = (
  id: ServiceId,
  name: string,
  family: ServiceDef['family'],
  aliases: readonly string[] = [],
  countsUsage = true,
): ServiceDef => ({ id, name: { en: name, 'pt-BR': name }, aliases: [name, ...aliases], family, countsUsage })

/** Names per language and old names: one line here is all a new service needs. */
export const SERVICES: readonly ServiceDef[] = [
  service('exchange', 'Exchange', 'mail', ['Exchange Online']),
  service('outlook-mobile', 'Outlook Mobile', 'modern-communications', ['Outlook for iOS and Android']),
  service('teams', 'Teams', 'modern-communications', ['Microsoft Teams', 'Equipos']),
  service('sharepoint', 'SharePoint', 'collaboration', ['SharePoint Online']),
  service('onedrive', 'OneDrive', 'collaboration', [
    'OneDrive for Business',
    'OneDrive para la Empresa',
    'OneDrive para la Emresa',
    'OneDrive para Empresas',
    'ODFB',
  ]),
  service('yammer', 'Yammer', 'modern-communications', ['Viva Engage']),
  {
    ...service('office-proplus', 'Microsoft 365 Apps', 'productivity', [
      'Office ProPlus',
      'Office 365 ProPlus',
      'Microsoft 365 Apps for enterprise',
      'Microsoft 365 Apps',
      'OPP',
    ]),
  },
  service('skype-for-business', 'Skype for Business', 'mail', ['Skype Empresarial', 'Skype para Empresas', 'Skype']),
  service('copilot', 'Copilot', 'productivity', ['Microsoft 365 Copilot']),
  service('intune', 'Intune', 'security', ['Microsoft Intune']),
  service('entra-id-premium', 'Entra ID Premium', 'security', [
    'Azure AD Premium',
    'Azure Active Directory Premium',
    'AADP',
    'AAD Premium',
  ]),
  service('information-protection', 'Information Protection', 'security', ['Azure Information Protection', 'AIP', 'MIP']),
  service('defender-office', 'Defender for Office 365', 'security', ['Office 365 ATP', 'OATP', 'Office 365 Advanced Threat Protection']),
  service('defender-endpoint', 'Defender for Endpoint', 'security', ['Microsoft Defender ATP', 'MDATP', 'WDATP']),
  service('defender-identity', 'Defender for Identity', 'security', ['Azure ATP', 'AATP']),
  service('cloud-app-security', 'Cloud App Security', 'security', ['Microsoft Cloud App Security', 'MCAS']),
  service('power-bi', 'Power BI', 'productivity', ['PowerBI']),
  service('project', 'Project', 'productivity', ['Projekt', 'Project Online']),
  service('visio', 'Visio', 'productivity'),
  service('staffhub', 'StaffHub', 'productivity'),
  service('classroom', 'Classroom/SDS', 'productivity', ['Classroom', 'SDS', 'School Data Sync', 'Aulas y SDS']),
  service('edge', 'Microsoft Edge', 'platform', ['Edge']),
  service('windows', 'Windows 10', 'platform', ['Windows', 'Windows 11']),
  service('stream', 'Stream', 'collaboration', ['Microsoft Stream']),
  service(
    'core-onboarding',
    'Core Onboarding',
    'platform',
    [
      'Incorporación básica',
      'Incorporación principal',
      'Incorporación base',
      'Haupt-Onboarding',
      'Integração principal',
      'コア オンボーディング',
      '核心入门培训',
    ],
    false,
  ),
]
