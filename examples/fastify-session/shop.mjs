/** A small shop: Fastify with @fastify/session. SHOP_REPAIRED=1 starts it without its flaws; README.md lists them. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import session from '@fastify/session';
import createFastify from 'fastify';

const repaired = process.env.SHOP_REPAIRED === '1';

const hashOf = (password, salt) => scryptSync(password, salt, 32, { N: 4096 });
function account(email, password) {
  const salt = randomBytes(16);
  return [email, { email, salt, hash: hashOf(password, salt), nickname: 'new here' }];
}
const users = new Map([
  account('alice@shop.example', process.env.SHOP_ALICE_PASSWORD ?? 'rabbit-hole-7'),
  account('mallory@shop.example', process.env.SHOP_MALLORY_PASSWORD ?? 'look-at-me-9'),
]);
const [, decoy] = account('nobody@shop.example', randomBytes(16).toString('hex'));

const shop = createFastify();
await shop.register(formbody);
await shop.register(cookie);
await shop.register(session, {
  secret: randomBytes(32).toString('hex'),
  cookieName: 'shop.session',
  cookie: { httpOnly: true, sameSite: 'lax', secure: false, path: '/' },
});

const page = (body) => `<!doctype html><title>Shop</title>${body}`;
const userOf = (request) => users.get(request.session.get('email') ?? '');

shop.addHook('onSend', async (_request, reply) => {
  reply.type('text/html; charset=utf-8');
});

shop.get('/', async (request) => {
  // The basket of a visitor who has not logged in is why there is a session already.
  request.session.set('visits', (request.session.get('visits') ?? 0) + 1);
  return page('<a href="/login">Log in</a>');
});

shop.get('/login', async () =>
  page('<form method="post"><input name="email"><input name="password" type="password"><button>Log in</button></form>'),
);

shop.post('/login', async (request, reply) => {
  const { email = '', password = '' } = request.body ?? {};
  const user = users.get(email);
  const checked = user ?? decoy;
  if (!timingSafeEqual(hashOf(password, checked.salt), checked.hash) || !user) {
    return reply.code(401).send(page('<p>The e-mail address or the password is wrong.</p>'));
  }
  // FLAW 1: without regenerate(), the id from before the login is the id of the login.
  if (repaired) await request.session.regenerate();
  request.session.set('email', user.email);
  return reply.redirect('/account', 303);
});

shop.get('/account', async (request, reply) => {
  const user = userOf(request);
  if (!user) return reply.redirect('/login', 303);
  // FLAW 2: without no-store, the Back button shows this page after the logout.
  if (repaired) reply.header('Cache-Control', 'no-store');
  const change = repaired
    ? '<form method="post" action="/nickname"><input name="nickname"><button>Change</button></form>'
    : '<form action="/nickname"><input name="nickname"><button>Change</button></form>';
  return page(`<p>You are <b id="who">${user.email}</b>, called ${user.nickname}.</p>${change}
    <form method="post" action="/logout"><button>Log out</button></form>`);
});

async function changeNickname(request, reply, nickname = '') {
  const user = userOf(request);
  if (!user) return reply.redirect('/login', 303);
  user.nickname = String(nickname)
    .replace(/[^\w ]/g, '')
    .slice(0, 40);
  return reply.redirect('/account', 303);
}
// FLAW 3: a change by GET. SameSite=Lax lets a link of another site take the cookie along.
if (repaired) shop.post('/nickname', (request, reply) => changeNickname(request, reply, request.body?.nickname));
else shop.get('/nickname', (request, reply) => changeNickname(request, reply, request.query.nickname));

shop.post('/logout', async (request, reply) => {
  await request.session.destroy();
  reply.clearCookie('shop.session', { path: '/' });
  return reply.redirect('/', 303);
});

await shop.listen({ port: Number(process.env.PORT ?? 8082), host: '127.0.0.1' });
console.log(`listening on ${shop.server.address().port}`);
