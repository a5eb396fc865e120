import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type OpenRoom, workshopText } from './workshopText.ts';

const room: OpenRoom = {
  at: '192.168.100.105:3000',
  names: ['workshop.local:3000'],
  code: 'K7P2QX',
  driver: 'http://localhost:3000/room/drive#0123456789abcdef0123456789abcdef',
  addresses: [
    { address: '192.168.100.105', network: 'wlan0', doubt: null },
    { address: '10.0.0.7', network: 'eth0', doubt: null },
    { address: '172.17.0.1', network: 'docker0', doubt: 'docker0 is a network inside this machine.' },
  ],
  agenda: 'Session security in 45 minutes',
};
const plain = { columns: null, paint: (_: string, text: string) => text };
const textAt = (columns: number) => stripVTControlCharacters(workshopText(room, { ...plain, columns }));
const widest = (text: string) => Math.max(...text.split('\n').map((line) => stringWidth(line)));

test('without a terminal: the address, the code and the driver’s link, each whole on its line, and nothing drawn', () => {
  const text = workshopText(room, plain);
  const lines = text.split('\n').map((line) => line.trim());
  for (const line of [
    `http://${room.at}/room`,
    'http://workshop.local:3000/room',
    `with the code ${room.code}`,
    room.driver,
  ])
    expect(lines).toContain(line);
  expect(text).not.toMatch(/[█▀▄]/);
  expect(text).toContain('Agenda: Session security in 45 minutes.');
  expect(text).toContain('Other addresses of this machine, for --address: 10.0.0.7 (eth0).');
  expect(text).toMatch(/plain http.*Nobody arrives\?.*or try --address 10\.0\.0\.7/s);
});

describe('in a terminal', () => {
  test.each([80, 120, 200])('of %i columns, all of it fits', (columns) => {
    expect(textAt(columns)).toMatch(/[█▀▄]/);
    expect(widest(textAt(columns))).toBeLessThanOrEqual(columns);
  });

  test('of 80 columns, the address stands beside the QR code; of 60, below it', () => {
    expect(textAt(80)).toMatch(/█ +http:\/\/192/);
    expect(textAt(60)).toMatch(/^ {2}http:\/\/192/m);
  });

  test('that is narrower than the QR code, none is drawn', () => expect(textAt(30)).not.toMatch(/[█▀▄]/));
});

test('a doubt about the address is said', () => {
  const text = workshopText({ ...room, at: '172.17.0.1:3000' }, plain);
  expect(text).toContain('Take care: docker0 is a network inside this machine.');
  expect(text).toMatch(/192\.168\.100\.105 \(wlan0\),\s+10\.0\.0\.7 \(eth0\)/);
});
