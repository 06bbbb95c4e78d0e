import type { SetUp, SetUpDone, StartOwnData } from '../../model/admin-api.ts'
import { send } from '../ui/http.ts'

export const setUp = (input: SetUp) => send<SetUpDone>('POST', '/api/v1/setup', input)
export const startOwnData = (input: StartOwnData) => send<SetUpDone>('POST', '/api/v1/setup/own-data', input)
