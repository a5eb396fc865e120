import { mount } from './mount.tsx';
import { createApi } from './player/serverApi.ts';
import { followWith } from './player/stream.ts';
import { lazily } from './ui/lazily.ts';

// Called as a method of another object, fetch would throw.
const send: typeof fetch = (...request) => fetch(...request);
const workshop = {
  room: lazily(() => import('./workshop/Workshop.tsx')),
  offer: lazily(() => import('./workshop/RoomOffer.tsx')),
};
mount(createApi(send), followWith(EventSource, send), workshop);
