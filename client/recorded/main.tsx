/** The page without a server: it plays recordings, from any folder of files or out of a single one. */
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { mount } from '../mount.tsx';
import { Notice } from '../pages/Notice.tsx';
import { keepInHash } from '../ui/address.ts';
import { theme } from '../ui/theme.ts';
import { createLibrary, loadScript } from './library.ts';
import { createRecordedServer } from './recordedServer.ts';

keepInHash();
const library = createLibrary(globalThis, loadScript);
library.catalogue().then(
  (catalogue) => {
    const { api, follow } = createRecordedServer(catalogue, library);
    mount(api, follow, null);
  },
  ({ message }: Error) =>
    createRoot(document.getElementById('root')!).render(
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <Notice title="Session Sandbox" sentence={message} action="Try again" onAction={() => location.reload()} />
      </MantineProvider>,
    ),
);
