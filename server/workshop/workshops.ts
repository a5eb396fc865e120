/** The workshop of a server. There is one at a time. */
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { Agenda, LanAddress } from '../../scenarios/engine/workshop.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';
import { createWorkshop, type Workshop } from './workshop.ts';

/** How neighbors get to this server. */
export interface Doors {
  /** The addresses of this machine, best first. */
  addresses(): Promise<LanAddress[]>;
  /**
   * Listens on one of them.
   * @returns where neighbors find it, without `http://`, and what closes it again
   * @throws SandboxError `bad-request` when this machine has no such address
   */
  open(address: string): Promise<{ at: string; close(): Promise<void> }>;
}

export type Workshops = ReturnType<typeof createWorkshops>;

/** @param doors null: this server opens no workshop */
export function createWorkshops(sandboxes: Sandboxes, doors: Doors | null) {
  let current: Workshop | null = null;
  let opening = false;

  return {
    get current() {
      return current;
    },
    mayOpen: doors !== null,
    addresses: async (): Promise<LanAddress[]> => (await doors?.addresses()) ?? [],

    /**
     * @param address default: the best
     * @param agenda what the instructor has planned
     * @throws SandboxError `already-open`; `bad-request` without such an address
     */
    async open(address?: string, agenda: Agenda | null = null): Promise<Workshop> {
      if (!doors) throw new SandboxError('not-allowed', 'This server opens no workshops.');
      if (current || opening) throw alreadyOpen();
      opening = true;
      try {
        const addresses = await doors.addresses();
        const chosen = address ?? addresses[0]?.address;
        if (chosen === undefined) throw noNetwork();
        const door = await doors.open(chosen);
        const workshop = createWorkshop({ sandboxes, address: door.at, addresses, agenda });
        current = workshop;
        workshop.signal.addEventListener('abort', () => {
          current = null;
          // `void`: nobody waits for it. The pages are told before.
          void door.close();
        });
        return workshop;
      } finally {
        opening = false;
      }
    },

    end: async (): Promise<void> => void (await current?.end()),
  };
}

const alreadyOpen = () =>
  new SandboxError(
    'already-open',
    'A workshop is open already. Its driver’s link is where it was opened: in the terminal, or on the page that opened it.',
  );

const noNetwork = () =>
  new SandboxError(
    'bad-request',
    'This machine is in no network that neighbors share. Join the Wi-Fi of the room, or open a hotspot, then try again.',
  );
