import { useEffect, useState } from 'react';
import { replaceAddress, roomAddress } from '../ui/address.ts';
import { roleKey, roleStorage } from '../ui/roleStorage.ts';
import { plainFetch } from './connection/useRoom.tsx';
import { createWorkshopApi } from './connection/workshopApi.ts';
import { OpenRoom, RoomIsOpen } from './OpenRoom.tsx';

/** Whether the page was opened as the first page, by a typed address and not by a link on the page, and nobody was led away from it yet. */
let openedAsFirst = performance.getEntriesByType('navigation').some(({ name }) => new URL(name).pathname === '/');

/**
 * What the first page has to do with workshops. At the machine itself, one can be opened. Anyone else who types the address of a machine
 * where one is open comes to its room.
 */
export function RoomOffer() {
  const [offer, setOffer] = useState<'open one' | 'one is open' | null>(null);
  useEffect(() => {
    createWorkshopApi(plainFetch)
      .here()
      .then(
        (workshop) => {
          if (workshop.mayOpen) setOffer(workshop.open ? 'one is open' : 'open one');
          if (openedAsFirst && workshop.open && !workshop.mayOpen) replaceAddress(roomAddress);
          openedAsFirst = false;
        },
        // Without an answer the first page offers no workshop.
        () => {},
      );
  }, []);
  const drives = roleStorage('driver').getItem(roleKey('driver')) !== null;
  if (offer === null || drives) return null;
  return offer === 'open one' ? <OpenRoom /> : <RoomIsOpen />;
}
