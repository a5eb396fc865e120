/** For tests and the bench: somebody in a workshop, at an address of their own, with the stream of one page. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { TraceEvent, TraceHeader } from '../scenarios/engine/trace.ts';
import type {
  DriveAction,
  DriverView,
  EnteredWorkshop,
  EnterWorkshop,
  ParticipantView,
  Press,
  RoomView,
  RunEvent,
} from '../scenarios/engine/workshop.ts';
import { oneClient } from './oneClient.ts';

export type WorkshopVisitor = ReturnType<typeof workshopVisitor>;

/** What has arrived on the stream of a page. */
export interface RoomStream {
  room: RoomView | null;
  you: ParticipantView | null;
  driver: DriverView | null;
  /** By the names of the runs. Events that arrived twice are there once. */
  runs: Map<string, { header: TraceHeader; events: TraceEvent[] }>;
  presses: Press['button'][];
  dismissed: string | null;
  /** Where the stream resumes. */
  lastId: string;
  /** How many messages have arrived, and how many of them were events. */
  messages: number;
  eventMessages: number;
  /** All bytes as text, as they came. */
  text: string;
  /** Resolves when the connection has ended. */
  over: Promise<void>;
  /** Drops the connection. */
  cut(): void;
}

interface StreamOptions {
  /** A stream that was cut, to go on from. */
  resume?: RoomStream;
  /** Called as each event arrives. */
  hear?: (arrived: RunEvent) => void;
  /** False: keeps no text. */
  keepText?: boolean;
}

/** @param from such as `127.0.0.2`; the instructor's machine is `127.0.0.1` */
export function workshopVisitor(port: number, from: string) {
  const client = oneClient(port, from);
  let token = '';
  const authorization = () => ({ Authorization: `Bearer ${token}` });
  const post = (path: string, body: unknown) => client.send('POST', path, body, token ? authorization() : {});

  return {
    get token() {
      return token;
    },
    get: (path: string) => client.send('GET', path, undefined, token ? authorization() : {}),
    post,
    put: (path: string, body: unknown) => client.send('PUT', path, body, authorization()),
    /** Enters, and keeps the token. */
    async enter(how: EnterWorkshop) {
      const answer = await client.send('POST', '/api/workshop/enter', how);
      if (answer.status === 201) token = (answer.json as EnteredWorkshop).token;
      return answer;
    },
    end: (sandbox: string) => client.send('DELETE', `/api/sandboxes/${sandbox}`),
    drive: (action: DriveAction) => post('/api/workshop/drive', action),

    /** Opens the page's stream, and resolves when the server has answered. */
    async stream({ resume, hear, keepText = true }: StreamOptions = {}): Promise<RoomStream & { status: number }> {
      const outgoing = request({
        ...{ host: '127.0.0.1', port, localAddress: from, path: '/api/workshop/events', agent: false },
        headers: {
          ...authorization(),
          Host: `127.0.0.1:${port}`,
          ...(resume && resume.lastId !== '' && { 'Last-Event-ID': resume.lastId }),
        },
      });
      outgoing.end();
      const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
      incoming.on('error', () => {});
      const stream: RoomStream & { status: number } = {
        ...{ status: incoming.statusCode ?? 0, room: null, you: null, driver: null, presses: [], dismissed: null },
        ...{ runs: resume?.runs ?? new Map(), lastId: resume?.lastId ?? '', messages: 0, eventMessages: 0, text: '' },
        over: new Promise((resolve) => incoming.once('close', () => resolve())),
        cut: () => void incoming.destroy(),
      };
      const read = ({ event: name, id, data }: EventSourceMessage) => {
        stream.messages += 1;
        const value = JSON.parse(data);
        if (name === 'room') stream.room = value;
        else if (name === 'you') stream.you = value;
        else if (name === 'driver') stream.driver = value;
        else if (name === 'press') stream.presses.push(value.button);
        else if (name === 'dismissed') stream.dismissed = value.why;
        else if (name === 'run')
          stream.runs.set(value.run, { header: value.header, events: stream.runs.get(value.run)?.events ?? [] });
        else if (name === undefined) {
          stream.eventMessages += 1;
          if (id !== undefined) stream.lastId = id;
          stream.runs.get(value.run)!.events[value.event.seq] = value.event;
          hear?.(value);
        }
      };
      const parser = createParser({ onEvent: read });
      const decoder = new TextDecoder();
      incoming.on('data', (chunk: Buffer) => {
        const text = decoder.decode(chunk, { stream: true });
        if (keepText) stream.text += text;
        parser.feed(text);
      });
      return stream;
    },
  };
}
