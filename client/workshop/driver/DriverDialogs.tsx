/** What the driver is asked or shown before something that cannot be taken back, or that another page needs. */
import { Button } from '@mantine/core';
import type { NewKey, WorkshopKey } from '../../../scenarios/engine/workshop.ts';
import { confirm } from '../../ui/Confirmation.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useRoom } from '../connection/useRoom.tsx';
import { Qr } from '../parts/Qr.tsx';
import { people } from '../parts/roomText.ts';
import { useDrive } from './useDrive.ts';

interface DialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Ends the runs of all participants. */
export function ResetDialog({ opened, onClose }: DialogProps) {
  const drive = useDrive();
  const own = useRoom(({ driver }) => driver?.participants.filter((person) => person.own !== null).length ?? 0);
  const reset = async () => {
    onClose();
    const ended = await drive({ do: 'reset-all' });
    if (ended !== null)
      confirm(`${ended === 1 ? '1 own run has' : `${ended} own runs have`} ended. Everybody follows you.`);
  };
  return (
    <Dialog opened={opened} onClose={onClose} title="Reset all own runs?" size="sm">
      <p>
        {own === 0
          ? 'Nobody is in a run of their own.'
          : `${people(own)} ${own === 1 ? 'is' : 'are'} in a run of their own.`}{' '}
        Those runs end, and every page follows you again. Your own run stays as it is.
      </p>
      <div className="fork-buttons">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus onClick={() => void reset()}>
          Reset all
        </Button>
      </div>
    </Dialog>
  );
}

interface ResetRunProps {
  /** Resets the driver's run; null while that is not asked for. */
  reset: (() => void) | null;
  onClose: () => void;
}

/** Asks before the run that the room looks at starts again. */
export function ResetRunDialog({ reset, onClose }: ResetRunProps) {
  const here = useRoom(({ room }) => room!.here);
  const resetNow = () => {
    onClose();
    reset?.();
  };
  return (
    <Dialog opened={reset !== null} onClose={onClose} title="Reset the run of the room?" size="sm">
      <p>
        The scenario starts again, on the projector and on the pages of {people(here)}. Own runs of participants stay as
        they are.
      </p>
      <div className="fork-buttons">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus onClick={resetNow}>
          Reset the run
        </Button>
      </div>
    </Dialog>
  );
}

/** Ends the workshop. */
export function EndDialog({ opened, onClose, onSave }: DialogProps & { onSave: () => void }) {
  const drive = useDrive();
  const here = useRoom(({ room }) => room!.here);
  const asked = useRoom(({ driver }) => driver?.asked ?? 0);
  const end = () => {
    onClose();
    void drive({ do: 'end' });
  };
  return (
    <Dialog opened={opened} onClose={onClose} title="End the workshop?" size="sm">
      <p>
        The pages of {people(here)} say that it is over, and everything about it is deleted from the memory of this
        server. {asked > 0 && 'Save the counts before, if you want to keep them.'}
      </p>
      <div className="fork-buttons">
        {asked > 0 && (
          <Button variant="default" mr="auto" onClick={onSave}>
            Save the counts
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus onClick={end}>
          End
        </Button>
      </div>
    </Dialog>
  );
}

const keyTexts: Record<NewKey['role'], { title: string; says: string }> = {
  driver: {
    title: 'Hand the room over',
    says: 'The page that opens this drives the room. This page then no longer does, and says so.',
  },
  remote: { title: 'Remote on your phone', says: 'Two large buttons: the previous and the next step.' },
  screen: { title: 'The projector’s window', says: 'It shows how to join, and then the run.' },
};

/** A link for another page, as a QR code too. */
export function KeyDialog({ role, link, onClose }: { role: NewKey['role']; link: WorkshopKey; onClose: () => void }) {
  const { title, says } = keyTexts[role];
  const minutes = Math.round((link.expiresIn ?? 0) / 60_000);
  return (
    <Dialog opened onClose={onClose} title={title} size="sm">
      <div className="key-dialog">
        <p>{says}</p>
        <Qr text={link.address} label={`QR code of the link: ${title}`} />
        <code>{link.address}</code>
        <p className="mute">
          {link.expiresIn === null ? 'It works as long as the workshop.' : `It works once, for ${minutes} minutes.`}
        </p>
      </div>
    </Dialog>
  );
}
