import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type ProxyOptions, type UserConfig } from 'vite';
import { firstPageScript, mostScript, sheetProblems } from './scripts/firstPage.ts';
import { reportPage } from './scripts/reportPage.ts';

const server = `http://127.0.0.1:${process.env.PORT || 3000}`;

/**
 * The API answers only when Host is its own address and Origin its own page. In development the page comes from Vite, so
 * both are rewritten, Origin only when it is that page's own: a request from any other site stays what it is and is refused.
 * (That Host is a name of this machine was checked by Vite before, so a rebound DNS name does not come this far.)
 */
const api: ProxyOptions = {
  target: server,
  changeOrigin: true,
  configure: (proxy) => {
    proxy.on('proxyReq', (toServer, fromPage) => {
      if (fromPage.headers.origin === `http://${fromPage.headers.host}`) toServer.setHeader('origin', server);
    });
  },
};

/** Fails a build whose first page loads too much, or lacks a style sheet. */
const firstPage = (): Plugin => ({
  name: 'first-page',
  generateBundle: {
    // Vite writes into the code which files a chunk loads, and that counts, too.
    order: 'post',
    handler(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const size = firstPageScript(chunks);
      const styles = readFileSync(new URL('client/ui/mantine.css', import.meta.url), 'utf8');
      const problems = sheetProblems(chunks, styles);
      if (size > mostScript) {
        problems.push(`The first page loads ${size} bytes of scripts after gzip, and ${mostScript} are the most.`);
      }
      if (problems.length > 0) this.error(problems.join('\n'));
    },
  },
});

const config: UserConfig = {
  root: 'client',
  plugins: [react(), firstPage(), reportPage()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Every picture and font stays a file, so that a Content-Security-Policy of 'self' holds without data: addresses.
    assetsInlineLimit: 0,
    // Every browser that the page supports knows modulepreload.
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    cors: false,
    fs: { allow: ['.', '../scenarios', '../server/app', '../server/weaknesses', '../node_modules'] },
    proxy: { '/api/': api },
  },
};

export default defineConfig(({ command }) => {
  // A shell that says NODE_ENV=development would get React with its checks for developers, and a first page that is too large.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return config;
});
