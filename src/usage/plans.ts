import type { ServiceId } from '../model/services.ts'

/** A service plan by its id, as subscriptions hold it; names are for reading only: the same name is also that of a product. */
export type ServicePlan = Readonly<{ id: string; name: string; services: readonly ServiceId[] }>

/**
 * Plans whose seats are seats of a service (Microsoft's list of product names and service plan identifiers, August 2026).
 * In suites OneDrive comes with the SharePoint plan. Plans not named here are no seats, even where the name suggests it: the
 * foundation of Exchange is in nearly every product, and so are Office for the web and basic device management.
 */
export const SERVICE_PLANS: readonly ServicePlan[] = [
  { id: 'efb87545-963c-4e0d-99df-69c6916d9eb0', name: 'EXCHANGE_S_ENTERPRISE', services: ['exchange'] },
  { id: '9aaf7827-d63c-4b61-89c3-182f06f82e5c', name: 'EXCHANGE_S_STANDARD', services: ['exchange'] },
  { id: '4a82b400-a79f-41a4-b4e2-e94f5787b113', name: 'EXCHANGE_S_DESKLESS', services: ['exchange'] },
  { id: '90927877-dcff-4af6-b346-2332c0b15bb7', name: 'EXCHANGE_B_STANDARD', services: ['exchange'] },
  { id: 'd42bdbd6-c335-4231-ab3d-c8f348d5aff5', name: 'EXCHANGE_L_STANDARD', services: ['exchange'] },
  { id: '1126bef5-da20-4f07-b45e-ad25d2581aa8', name: 'EXCHANGE_S_ESSENTIALS', services: ['exchange'] },
  { id: 'fc52cc4b-ed7d-472d-bbe7-b081c23ecc56', name: 'EXCHANGE_S_STANDARD_MIDMARKET', services: ['exchange'] },
  { id: '8c3069c0-ccdb-44be-ab77-986203a67df2', name: 'EXCHANGE_S_ENTERPRISE_GOV', services: ['exchange'] },
  { id: 'e9b4930a-925f-45e2-ac2a-3f7788ca6fdd', name: 'EXCHANGE_S_STANDARD_GOV', services: ['exchange'] },
  { id: '88f4d7ef-a73b-4246-8047-516022144c9f', name: 'EXCHANGE_S_DESKLESS_GOV', services: ['exchange'] },
  { id: '57ff2da0-773e-42df-b2af-ffb7a2317929', name: 'TEAMS1', services: ['teams'] },
  { id: '304767db-7d23-49e8-a945-4a7eb65f9f28', name: 'TEAMS_GOV', services: ['teams'] },
  { id: '9953b155-8aef-4c56-92f3-72b0487fce41', name: 'TEAMS_AR_GCCHIGH', services: ['teams'] },
  { id: 'fd500458-c24c-478e-856c-a6067a8376cd', name: 'TEAMS_AR_DOD', services: ['teams'] },
  { id: '5dbe027f-2339-4123-9542-606e4d348a72', name: 'SHAREPOINTENTERPRISE', services: ['sharepoint', 'onedrive'] },
  { id: 'c7699d2e-19aa-44de-8edf-1736da088ca1', name: 'SHAREPOINTSTANDARD', services: ['sharepoint', 'onedrive'] },
  { id: '902b47e5-dcb2-4fdc-858b-c63a90a2bdb9', name: 'SHAREPOINTDESKLESS', services: ['sharepoint', 'onedrive'] },
  { id: '63038b2c-28d0-45f6-bc36-33062963b498', name: 'SHAREPOINTENTERPRISE_EDU', services: ['sharepoint', 'onedrive'] },
  { id: '0a4983bb-d3e5-4a09-95d8-b2d0127b3df5', name: 'SHAREPOINTSTANDARD_EDU', services: ['sharepoint', 'onedrive'] },
  { id: '153f85dd-d912-4762-af6c-d6e0fb4f6692', name: 'SHAREPOINTENTERPRISE_GOV', services: ['sharepoint', 'onedrive'] },
  { id: 'b1aeb897-3a19-46e2-8c27-a609413cf193', name: 'SHAREPOINTDESKLESS_GOV', services: ['sharepoint', 'onedrive'] },
  { id: 'a361d6e2-509e-4e25-a8ad-950060064ef4', name: 'SHAREPOINT_S_DEVELOPER', services: ['sharepoint', 'onedrive'] },
  { id: '13696edf-5a08-49f6-8134-03083ed8ba30', name: 'ONEDRIVESTANDARD', services: ['onedrive'] },
  { id: 'afcafa6a-d966-4462-918c-ec0b4e0fe642', name: 'ONEDRIVEENTERPRISE', services: ['onedrive'] },
  { id: 'da792a53-cbc0-4184-a10d-e544dd34b3c1', name: 'ONEDRIVE_BASIC', services: ['onedrive'] },
  { id: '4495894f-534f-41ca-9d3b-0ebf1220a423', name: 'ONEDRIVE_BASIC_P2', services: ['onedrive'] },
  { id: 'b4ac11a0-32ff-4e78-982d-e039fa803dec', name: 'ONEDRIVELITE_IW', services: ['onedrive'] },
  { id: '7547a3fe-08ee-4ccb-b430-5077c5041653', name: 'YAMMER_ENTERPRISE', services: ['yammer'] },
  { id: '2078e8df-cff6-4290-98cb-5408261a760a', name: 'YAMMER_EDU', services: ['yammer'] },
  { id: '41bf139a-4e60-409f-9346-a1361efc6dfb', name: 'YAMMER_MIDSIZE', services: ['yammer'] },
  { id: 'a82fbf69-b4d7-49f4-83a6-915b2cf354f4', name: 'VIVAENGAGE_CORE', services: ['yammer'] },
  { id: '43de0ff5-c92c-492b-9116-175376d08c38', name: 'OFFICESUBSCRIPTION', services: ['office-proplus'] },
  { id: '094e7854-93fc-4d55-b2c0-3ab5369ebdc1', name: 'OFFICE_BUSINESS', services: ['office-proplus'] },
  { id: 'de9234ff-6483-44d9-b15e-dca72fdd27af', name: 'OFFICESUBSCRIPTION_GOV', services: ['office-proplus'] },
  { id: '0feaeb32-d00e-4d66-bd5a-43b5b83db82c', name: 'MCOSTANDARD', services: ['skype-for-business'] },
  { id: 'afc06cb0-b4f4-4473-8286-d644f70d8faf', name: 'MCOIMP', services: ['skype-for-business'] },
  { id: 'a62f8878-de10-42f3-b68f-6149a25ceb97', name: 'M365_COPILOT_APPS', services: ['copilot'] },
  { id: 'b95945de-b3bd-46db-8437-f2beb6ea2347', name: 'M365_COPILOT_TEAMS', services: ['copilot'] },
  { id: '3f30311c-6b1e-48a4-ab79-725b469da960', name: 'M365_COPILOT_BUSINESS_CHAT', services: ['copilot'] },
  { id: 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5', name: 'INTUNE_A', services: ['intune'] },
  { id: 'da24caf9-af8e-485c-b7c8-e73336da2693', name: 'INTUNE_EDU', services: ['intune'] },
  { id: '8e9ff0ff-aa7a-4b20-83c1-2f636b600ac2', name: 'INTUNE_SMBIZ', services: ['intune'] },
  { id: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', name: 'AAD_PREMIUM', services: ['entra-id-premium'] },
  { id: 'eec0eb4f-6444-4f95-aba0-50c24d67f998', name: 'AAD_PREMIUM_P2', services: ['entra-id-premium'] },
  { id: '6c57d4b6-3b23-47a5-9bc9-69f17b4947b3', name: 'RMS_S_PREMIUM', services: ['information-protection'] },
  { id: 'efb0351d-3b08-4503-993d-383af8de41e3', name: 'MIP_S_CLP2', services: ['information-protection'] },
  { id: 'f20fedf3-f3c3-43c3-8267-2bfdd51c0939', name: 'ATP_ENTERPRISE', services: ['defender-office'] },
  { id: '8e0c0a52-6a6c-4d40-8370-dd62790dcd70', name: 'THREAT_INTELLIGENCE', services: ['defender-office'] },
  { id: '871d91ec-ec1a-452b-a83f-bd76c7d770ef', name: 'WINDEFATP', services: ['defender-endpoint'] },
]

/** People with a mailbox are those who could use Outlook on a phone. */
export const SEATS_ALSO: Readonly<Record<ServiceId, ServiceId>> = { exchange: 'outlook-mobile' }

/** Products whose pools say nothing of what was bought: free ones, trials that people start by themselves. */
export const FREE_PRODUCTS: ReadonlySet<string> = new Set([
  'f30db892-07e9-47e9-837c-80727f46fd3d', // Power Automate Free
  'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235', // Fabric Free
  '710779e8-3d4a-4c88-adb9-386c958d1fdf', // Teams Exploratory
  '16ddbbfc-09ea-4de2-b1d7-312db6112d70', // Teams Free
  '606b54a9-78d8-4298-ad8b-df6ef4481c80', // Copilot Studio trial
  '8c4ce438-32a7-4ac5-91a6-e22ae08d9c8b', // Rights Management Adhoc
])

/** Products and plans for machine accounts; nobody sits there. */
export const UNATTENDED_PRODUCTS: ReadonlySet<string> = new Set(['c2ac2ee4-9bb1-47e4-8541-d689c7e83371']) // Microsoft 365 E3 Unattended
export const UNATTENDED_PLANS: ReadonlySet<string> = new Set(['8d77e2d9-9e28-4450-8431-0def64078fc5']) // OFFICESUBSCRIPTION_unattended

/** Plans that a product carries without being seats for it: Teams Enterprise brings a small mailbox that is there for Teams only. */
export const NOT_SEATS: readonly Readonly<{ product: string; plan: string }>[] = [
  { product: '7e31c0d9-9551-471d-836f-32ee72be4a01', plan: '4a82b400-a79f-41a4-b4e2-e94f5787b113' },
]
