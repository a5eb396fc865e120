/** What the pages of a workshop ask the server. A failed request throws a SandboxError, whose message is for people. */
import type {
  ChooseAgenda,
  DriveAction,
  EnterWorkshop,
  NewKey,
  OpenWorkshop,
  Press,
  RoomAnswer,
} from '../../../scenarios/engine/workshop.ts';
import { createAsking, refusalIn } from '../../player/asking.ts';

export type WorkshopApi = ReturnType<typeof createWorkshopApi>;

/** The schemas come with the pages of a workshop: by then the first page is there. */
const contract = () => import('../../../scenarios/engine/workshop.ts');

/** @param send `fetch`, with the token of the role where there is one: see `withToken` */
export function createWorkshopApi(send: typeof fetch) {
  const { ask, tell, request } = createAsking(send);
  return {
    /** Whether there is a workshop here. */
    here: () => ask('GET', '/api/workshop', async () => (await contract()).workshopHere),
    addresses: () => ask('GET', '/api/workshop/addresses', async () => (await contract()).lanAddresses),
    open: (choice: OpenWorkshop) => ask('POST', '/api/workshop', async () => (await contract()).workshopKey, choice),
    enter: (how: EnterWorkshop) =>
      ask('POST', '/api/workshop/enter', async () => (await contract()).enteredWorkshop, how),
    newKey: (role: NewKey['role']) =>
      ask('POST', '/api/workshop/keys', async () => (await contract()).workshopKey, { role }),
    drive: (action: DriveAction) => ask('POST', '/api/workshop/drive', async () => (await contract()).driven, action),
    press: (button: Press['button']) => tell('POST', '/api/workshop/presses', { button }),
    answer: (answer: RoomAnswer) => tell('POST', '/api/workshop/answers', answer),
    ready: (ready: boolean) => tell('POST', '/api/workshop/ready', { ready }),
    agendas: () => ask('GET', '/api/workshop/agendas', async () => (await contract()).agendas),
    chooseAgenda: (choice: ChooseAgenda) =>
      ask('PUT', '/api/workshop/agenda', async () => (await contract()).agendas, choice),
    /** Returns how often each answer was given, as CSV. */
    summary: async (): Promise<string> => {
      const response = await request('GET', '/api/workshop/summary.csv');
      if (!response.ok) throw await refusalIn(response, await response.json().catch(() => null));
      return response.text();
    },
  };
}

/** Returns a `fetch` that says whose request it is. Not in a cookie: other programs on this host would be sent it. */
export const withToken =
  (send: typeof fetch, token: string): typeof fetch =>
  (address, options) => {
    const headers = new Headers(options?.headers);
    headers.set('Authorization', `Bearer ${token}`);
    return send(address, { ...options, headers });
  };
