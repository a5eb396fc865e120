import cut from 'cli-truncate';
import { storesOf } from '../../scenarios/engine/scenario.ts';
import type { Terminal } from './caller.ts';
import type { Reporter } from './reporter.ts';

type Stream = Terminal & { write: (...args: never[]) => boolean };

const erase = '\r\u001b[2K';

/**
 * Returns a reporter that keeps a line below everything else: how far the run is, and what is played now. Other output to the
 * terminal goes above it.
 *
 * @param terminal where the line is drawn
 * @param streams all streams that lead to that terminal
 */
export function progressReporter(terminal: Stream, streams: readonly Stream[]): Reporter {
  const playing: string[] = [];
  const count = { ended: 0, all: 0, failed: 0 };
  const originals = streams.map((stream) => ({ stream, write: stream.write }));
  const drawing = originals.find(({ stream }) => stream === terminal)?.write ?? terminal.write;
  const print = (text: string) => void Reflect.apply(drawing, terminal, [text]);
  const draw = () => print(erase + cut(progressText(count, playing), Math.max(20, (terminal.columns ?? 80) - 1)));

  function begin(): void {
    for (const { stream, write } of originals) {
      stream.write = (...args) => {
        print(erase);
        const written = Reflect.apply(write, stream, args);
        // Text that continues its line would be erased with it.
        if (String(args[0]).endsWith('\n')) draw();
        return written;
      };
    }
    draw();
  }

  return {
    started({ scenarios, variants, store, repeat }) {
      count.all = scenarios.filter((one) => storesOf(one).includes(store)).length * variants.length * repeat;
      begin();
    },
    playing({ slug }) {
      playing.push(slug);
      draw();
    },
    ended({ slug }, _, holds) {
      playing.splice(playing.indexOf(slug), 1);
      count.ended += 1;
      if (!holds) count.failed += 1;
      draw();
    },
    played() {},
    skipped() {},
    finished() {
      for (const { stream, write } of originals) stream.write = write;
      print(erase);
    },
  };
}

/** "12 of 134 runs, 1 fails: idle-timeout, hsts". */
export function progressText(
  { ended, all, failed }: Record<'ended' | 'all' | 'failed', number>,
  playing: readonly string[],
): string {
  const fails = failed === 0 ? '' : `, ${failed} ${failed === 1 ? 'fails' : 'fail'}`;
  const now = [...new Set(playing)].join(', ');
  return `${ended} of ${all} ${all === 1 ? 'run' : 'runs'}${fails}${now === '' ? '' : `: ${now}`}`;
}
