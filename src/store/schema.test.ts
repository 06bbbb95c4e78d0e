import { expect, test } from 'vitest'
import { dumpSchema } from './schema.ts'
import { testDatabase } from './testing.ts'

test('the committed dump is what the migrations make', async () => {
  const database = await testDatabase()
  try {
    await expect(await dumpSchema(database.urls.owner)).toMatchFileSnapshot('./schema.sql')
  } finally {
    await database.close()
  }
})
