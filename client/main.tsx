import { mount } from './mount.tsx';
import { createApi } from './player/serverApi.ts';
import { followWith } from './player/stream.ts';

// Called as a method of another object, fetch would throw.
const send: typeof fetch = (...request) => fetch(...request);
mount(createApi(send), followWith(EventSource, send));
