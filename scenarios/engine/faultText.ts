/** Faults in words. Pure. */
import type { LastingFault } from './faultSpans.ts';
import type { Fault } from './faults.ts';

/** Describes a fault, or the end of one, as a sentence without a full stop. */
export function faultText(fault: Fault): string {
  const named = (command: string | null) => (command === null ? 'Every command' : command.toUpperCase());
  switch (fault.is) {
    case 'slow':
      return `${named(fault.command)} takes ${fault.ms} ms longer to reach Redis`;
    case 'fast-again':
      return 'Redis is as fast as before';
    case 'held':
      return `${named(fault.command)} is held on its way to Redis`;
    case 'released':
      return 'The commands that were held reach Redis';
    case 'disconnected':
      return `${named(fault.command)} fails: the app cannot reach Redis`;
    case 'connected-again':
      return 'The app reaches Redis again';
    case 'frozen':
      return fault.what === 'server'
        ? 'Redis freezes: it accepts connections and answers nothing'
        : 'The connection to Redis freezes: no command is answered';
    case 'thawed':
      return 'Redis continues where it stopped';
    case 'crashed':
      return 'Redis crashes';
    case 'started-empty':
      return 'Redis is started again, empty';
    case 'restarted-empty':
      return 'Redis restarts without persistence: its keys are gone';
    case 'filled': {
      const { keys, bytes, refused } = fault;
      return `Another job writes ${keys} keys of ${bytes} bytes into the same Redis; ${refused} are refused`;
    }
    case 'payments-held':
      return 'The payment provider does not answer for now';
    case 'payments-released':
      return 'The payment provider answers again';
    case 'unhandled-rejection':
      return `A promise was rejected and nobody handles it (${fault.message}). Without a listener, Node ends the process here.`;
    case 'start-failed':
      return `The new processes do not start. ${fault.message}`;
  }
}

/** Describes a lasting fault as the state of Redis, after "Redis: ". */
export function faultState(fault: LastingFault): string {
  const only = 'command' in fault && fault.command !== null ? ` ${fault.command.toUpperCase()}` : '';
  switch (fault.is) {
    case 'slow':
      return `${only ? `slow${only}` : 'slow'}, +${fault.ms} ms`;
    case 'held':
      return `holds${only || ' every command'}`;
    case 'disconnected':
      return only ? `fails${only}` : 'disconnected';
    case 'frozen':
      return 'frozen';
    case 'crashed':
      return 'crashed';
  }
}
