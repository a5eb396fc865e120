/** Clocks of this machine. Milliseconds. */
export interface MachineClocks {
  /** Never goes back, but stands still while the machine sleeps. */
  monotonic(): number;
  /** Since 1970. It goes on while the machine sleeps, as that of Redis does, and can be set. */
  wall(): number;
}

export const machineClocks: MachineClocks = { monotonic: () => performance.now(), wall: () => Date.now() };

/**
 * A process that did nothing for so long, because it was stopped or its machine slept, has missed what a lesson is about: the lifetimes
 * of lessons that really wait are three seconds apart. Milliseconds.
 */
export const missedTooMuch = 3000;

/** More than clocks drift apart between two looks. Milliseconds. */
const asleep = 2000;

/**
 * Returns a function that tells how much time has passed since then. Time that passed while the machine slept, or by which its clock
 * was set forward, is time that passed: cookies and keys have grown older by it. A clock that is set back takes nothing away.
 */
export function createElapsed({ monotonic, wall }: MachineClocks = machineClocks): () => number {
  const started = monotonic();
  let apart = wall() - started;
  let unseen = 0;
  return function elapsed() {
    const now = monotonic();
    const nowApart = wall() - now;
    if (nowApart - apart > asleep) unseen += nowApart - apart;
    apart = nowApart;
    return now - started + unseen;
  };
}
