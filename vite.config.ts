import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const target = process.env.IMPULSO_URL ?? 'http://127.0.0.1:4100'

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
    // Whatever the start needs in any case comes in one piece: as shreds that screens share it is a tenth larger, and a hundred requests.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
    // One part is larger: the word lists that judge new passwords, loaded only where one is chosen.
    chunkSizeWarningLimit: 2400,
  },
  // Requests for another host or from another site are refused, so they come under the server's own name.
  server: { host: '127.0.0.1', proxy: { '/api': { target, changeOrigin: true, headers: { origin: target } } } },
})
