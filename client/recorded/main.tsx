/** The page without a server: it plays recordings, from any folder of files or from a single one. */
import { mount } from '../mount.tsx';
import { keepInHash } from '../ui/address.ts';
import { createLibrary, loadScript } from './library.ts';
import { createRecordedServer } from './recordedServer.ts';

keepInHash();
const library = createLibrary(globalThis, loadScript);
library.catalogue().then(
  (catalogue) => {
    const { api, follow } = createRecordedServer(catalogue, library);
    mount(api, follow);
  },
  (error: Error) => {
    document.getElementById('root')!.textContent = error.message;
  },
);
