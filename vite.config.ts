import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The portal only; server and command line run from source. `npm run dev` speaks to a server started beside it. */
export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The polyfill is an extra script that every browser we support does without.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { host: '127.0.0.1', proxy: { '/api': process.env.IMPULSO_URL ?? 'http://127.0.0.1:4100' } },
})
