import pg from 'pg'

/** Connections for the sign-in library: few, and they see the schema `auth` only. */
export function openAuthPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 5,
    options: '-c search_path=auth',
    application_name: `impulso auth ${process.pid}`,
  })
  // An idle connection that breaks (the server restarts) is replaced at the next query.
  pool.on('error', () => {})
  return pool
}
