import { createElapsed, type MachineClocks, machineClocks } from '../lab/time/elapsed.ts';

const lookEvery = 200;

/** Watches for how long nothing could run in this process: the machine slept, or the process was stopped or blocked. */
export function watchPauses(clocks: MachineClocks = machineClocks) {
  const elapsed = createElapsed(clocks);
  let last = 0;
  let longest = 0;
  const look = () => {
    const now = elapsed();
    longest = Math.max(longest, now - last - lookEvery);
    last = now;
  };
  const timer = setInterval(look, lookEvery).unref();
  return {
    /** Milliseconds. */
    longestPause(): number {
      look();
      return longest;
    },
    stop: () => clearInterval(timer),
  };
}
