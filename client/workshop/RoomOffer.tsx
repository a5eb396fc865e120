import { useEffect, useState } from 'react';
import { replaceAddress, roomAddress } from '../ui/address.ts';
import { plainFetch } from './connection/useRoom.tsx';
import { createWorkshopApi } from './connection/workshopApi.ts';
import { OpenRoom } from './OpenRoom.tsx';

/** Whether the page was opened as the first page, by a typed address and not by a link on the page, and nobody was led away from it yet. */
let openedAsFirst = performance.getEntriesByType('navigation').some(({ name }) => new URL(name).pathname === '/');

/**
 * What the first page has to do with workshops. At the machine itself, one can be opened. Anyone else who types the address of a machine
 * where one is open comes to its room.
 */
export function RoomOffer() {
  const [mayOpen, setMayOpen] = useState(false);
  useEffect(() => {
    createWorkshopApi(plainFetch)
      .here()
      .then(
        (workshop) => {
          setMayOpen(workshop.mayOpen);
          if (openedAsFirst && workshop.open && !workshop.mayOpen) replaceAddress(roomAddress);
          openedAsFirst = false;
        },
        // Without an answer the first page offers no workshop.
        () => {},
      );
  }, []);
  return mayOpen && <OpenRoom />;
}
