// Reads the report file given first, working in the folder given second, and prints the most memory it took, in KiB. Run by usage-read.ts.
import { readUsage } from '../src/usage/read-usage.ts'

const [path = '', tempFolder = ''] = process.argv.slice(2)
const { services } = await readUsage([{ path }], { window: 28, tempFolder })
if (!services.teams?.active) throw new Error('the report was not read')
process.stdout.write(String(process.resourceUsage().maxRSS))
