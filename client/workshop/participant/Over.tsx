import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useEffect } from 'react';
import { navigate } from '../../ui/address.ts';
import { dropRole, useKeptRoles } from '../connection/keptRole.ts';
import './Waiting.css';

/** The last page of a participant. */
export function Over() {
  useDocumentTitle('The workshop is over · Session Sandbox');
  // The page stays until it is left: the next visit must not come back to it.
  useEffect(() => () => dropRole('participant'), []);
  const leave = () => {
    dropRole('participant');
    navigate('/');
  };
  useEffect(() => {
    const onHide = () => useKeptRoles.getState().participant && dropRole('participant');
    window.addEventListener('pagehide', onHide);
    return () => window.removeEventListener('pagehide', onHide);
  }, []);
  return (
    <main className="waiting-room">
      <h1>The workshop is over</h1>
      <p>
        Nothing about you was kept. All scenarios can be played at home: ask your instructor where Session Sandbox is.
      </p>
      <Button variant="default" mt="md" onClick={leave}>
        All scenarios
      </Button>
    </main>
  );
}
