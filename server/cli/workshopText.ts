/** What the command `workshop` prints. */
import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { LanAddress } from '../../scenarios/engine/workshop.ts';
import { qrCode } from './qrCode.ts';
import { fill, wrap } from './text.ts';

export interface OpenRoom {
  /** The address that is typed, without `http://`: "192.168.1.5:3000". */
  at: string;
  /** Names of the machine that were given, each with its port. */
  names: readonly string[];
  code: string;
  /** The driver's link. */
  driver: string;
  /** The addresses of this machine, best first. */
  addresses: readonly LanAddress[];
  /** Its title; null without one. */
  agenda: string | null;
}

interface Paper {
  /** null: no terminal, so nothing is drawn or colored. */
  columns: number | null;
  paint: (style: 'bold' | 'dim', text: string) => string;
}

/** Returns how `paint` is done for a stream: without a terminal, not at all. */
export const paintFor = (stream: NodeJS.WritableStream): Paper['paint'] =>
  function paint(style, text) {
    return styleText(style, text, { stream });
  };

/** The most columns of text: longer lines are hard to read. */
const widest = 100;
/** Columns between the QR code and the text beside it. */
const gap = 3;

/** Returns the text for a room that was opened. */
export function workshopText(room: OpenRoom, { columns, paint }: Paper): string {
  const width = Math.min(columns ?? 80, widest);
  const paragraphs = [
    entrance(room, columns, paint),
    ['You drive, at this machine only:', `  ${room.driver}`],
    [
      ...(room.agenda === null ? [] : [`Agenda: ${room.agenda}.`]),
      ...notes(room).flatMap((note) => wrap(note, width)),
      'Ctrl-C ends the workshop.',
    ],
    ['Nobody arrives?', ...whenNobodyArrives(room).flatMap((advice, index) => item(index + 1, advice, width))],
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Returns how one gets in, beside a QR code where the terminal is wide enough. */
function entrance(room: OpenRoom, columns: number | null, paint: Paper['paint']): string[] {
  const text = [
    paint('bold', 'The room is open.'),
    '',
    'In a browser in this network:',
    `  ${paint('bold', `http://${room.at}/room`)}`,
    ...room.names.map((name) => `  http://${name}/room`),
    `  with the code ${paint('bold', room.code)}`,
  ];
  if (columns === null) return text;
  // What is after # is sent to no server, so the code is in no log.
  const code = qrCode(`http://${room.at}/room#${room.code}`);
  const codeWidth = stringWidth(code[0]!);
  if (columns < codeWidth) return text;
  const longest = Math.max(...text.map((line) => stringWidth(line)));
  if (columns < codeWidth + gap + longest) return [...code, '', ...text];
  const top = Math.max(0, Math.floor((code.length - text.length) / 2));
  return Array.from({ length: Math.max(code.length, text.length) }, (_, row) =>
    `${fill(code[row] ?? '', codeWidth)}${' '.repeat(gap)}${text[row - top] ?? ''}`.trimEnd(),
  );
}

/** Returns an item of a numbered list. Its further lines begin where its text begins. */
function item(number: number, text: string, width: number): string[] {
  const [first = '', ...further] = wrap(text, width - 5);
  return [`  ${number}. ${first}`, ...further.map((line) => `     ${line}`)];
}

function notes({ at, addresses }: OpenRoom): string[] {
  const used = addresses.find(({ address }) => isAt(at, address));
  const others = addresses.filter(({ address, doubt }) => !isAt(at, address) && doubt === null);
  return [
    ...(used?.doubt ? [`Take care: ${used.doubt}`] : []),
    'It speaks plain http: everybody in this network can read what is sent, answers included. Nobody has an account, and nothing is kept when it ends.',
    ...(others.length > 0
      ? [
          `Other addresses of this machine, for --address: ${others.map(({ address, network }) => `${address} (${network})`).join(', ')}.`,
        ]
      : []),
  ];
}

const isAt = (at: string, address: string) => at.startsWith(`${address}:`) || at.startsWith(`[${address}]:`);

function whenNobodyArrives({ addresses, at }: OpenRoom): string[] {
  const first = addresses.find(({ address, doubt }) => doubt === null && !isAt(at, address));
  return [
    'Try it with your own phone, in the Wi-Fi that the room uses, with mobile data off.',
    'Allow node in the firewall of this machine for this network.',
    `Guest Wi-Fi often keeps its clients apart: use another one, or be the hotspot${first ? `, or try --address ${first.address}` : ''}.`,
    'Pause the VPN. In WSL2, use mirrored networking. docs/workshop.md has the steps.',
  ];
}
