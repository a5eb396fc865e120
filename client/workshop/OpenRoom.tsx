import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId, useState } from 'react';
import type { LanAddress } from '../../scenarios/engine/workshop.ts';
import { navigate } from '../ui/address.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { plainFetch } from './connection/useRoom.tsx';
import { createWorkshopApi } from './connection/workshopApi.ts';
import './OpenRoom.css';

const api = createWorkshopApi(plainFetch);

/** Opens a room at one of the addresses of this machine, and leads to the driver's page. */
export function OpenRoom() {
  const name = useId();
  const [opened, dialog] = useDisclosure(false);
  const [addresses, setAddresses] = useState<LanAddress[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [opening, setOpening] = useState(false);
  const fail = ({ message }: Error) => {
    setProblem(message);
    setOpening(false);
  };
  const ask = () => {
    setProblem(null);
    dialog.open();
    api.addresses().then(({ addresses: found }) => {
      setAddresses(found);
      setChosen(found[0]?.address ?? null);
    }, fail);
  };
  const open = () => {
    setOpening(true);
    api.open(chosen === null ? {} : { address: chosen }).then(({ path }) => navigate(path), fail);
  };
  return (
    <>
      <button type="button" className="plain open-room" onClick={ask}>
        Open a room
      </button>
      <Dialog opened={opened} onClose={dialog.close} title="Open a room for a workshop" size={460}>
        <p className="mute">
          Everybody in your network with the code of the room follows what you play here, and tries it in runs of their
          own. The traffic is plain http.
        </p>
        <fieldset className="open-room-addresses">
          <legend>At this address of your machine</legend>
          {addresses?.length === 0 && <p>This machine is in no network. Join the Wi-Fi of the room, then try again.</p>}
          {addresses?.map(({ address, network, doubt }) => (
            <label key={address}>
              <input type="radio" name={name} checked={address === chosen} onChange={() => setChosen(address)} />
              <span>
                <span className="mono">{address}</span> <span className="mute">{network}</span>
                {doubt !== null && <span className="open-room-doubt">{doubt}</span>}
              </span>
            </label>
          ))}
        </fieldset>
        <p role="alert" className="open-room-problem">
          {problem}
        </p>
        <div className="fork-buttons">
          <Button variant="default" onClick={dialog.close}>
            Cancel
          </Button>
          <Button data-autofocus loading={opening} disabled={chosen === null} onClick={open}>
            Open the room
          </Button>
        </div>
      </Dialog>
    </>
  );
}

/** Stands in its place while a room is open which this page does not drive. */
export function RoomIsOpen() {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <button type="button" className="plain open-room" onClick={dialog.open}>
        A room is open
      </button>
      <Dialog opened={opened} onClose={dialog.close} title="A room is open" size={460}>
        <p>
          One room can be open at a time. Whoever has its driver’s link drives it and can end it. The link is where the
          room was opened: in the terminal, or on the page that opened it.
        </p>
      </Dialog>
    </>
  );
}
