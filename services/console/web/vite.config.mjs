import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../../dist/services/console/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Our policy lets no page run what is inline, and a browser that is this old is not let in.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // So that a fault can be read where it happens.
    sourcemap: false,
    reportCompressedSize: false,
  },
});
