/** A small shop with a JSON API: Koa with koa-session. SHOP_REPAIRED=1 starts it without its flaws; README.md lists them. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import Router from '@koa/router';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
import session from 'koa-session';

const repaired = process.env.SHOP_REPAIRED === '1';

const hashOf = (password, salt) => scryptSync(password, salt, 32, { N: 16384 });
function account(email, password) {
  const salt = randomBytes(16);
  return [email, { email, salt, hash: hashOf(password, salt), nickname: 'new here' }];
}
const users = new Map([
  account('alice@shop.example', process.env.SHOP_ALICE_PASSWORD ?? 'rabbit-hole-7'),
  account('mallory@shop.example', process.env.SHOP_MALLORY_PASSWORD ?? 'look-at-me-9'),
]);
const [, decoy] = account('nobody@shop.example', randomBytes(16).toString('hex'));

/** The records, by session id. */
const records = new Map();
const store = {
  get: async (id) => records.get(id),
  set: async (id, record) => void records.set(id, { ...record }),
  destroy: async (id) => void records.delete(id),
};

const app = new Koa();
app.keys = [randomBytes(32).toString('hex')];
app.silent = true;
app.use(bodyParser({ enableTypes: ['json'] }));
app.use(
  session(
    {
      key: 'shop.sid',
      store,
      // FLAW 1: every script of the page can read the cookie.
      httpOnly: repaired,
      sameSite: 'lax',
      signed: false,
      genid: () => randomBytes(24).toString('hex'),
    },
    app,
  ),
);

const router = new Router();
const requireUser = async (ctx, next) => {
  ctx.state.user = users.get(ctx.session.email ?? '');
  ctx.set('Cache-Control', 'no-store');
  if (ctx.state.user) return next();
  ctx.status = 401;
  ctx.body = { error: 'Log in first.' };
};

router.post('/api/login', async (ctx) => {
  const { email = '', password = '' } = ctx.request.body;
  const user = users.get(email);
  // FLAW 2: the answer tells which accounts exist.
  if (!user && !repaired) {
    ctx.status = 404;
    ctx.body = { error: 'There is no such account.' };
    return;
  }
  const checked = user ?? decoy;
  if (!timingSafeEqual(hashOf(password, checked.salt), checked.hash) || !user) {
    ctx.status = 401;
    ctx.body = { error: repaired ? 'The e-mail address or the password is wrong.' : 'The password is wrong.' };
    return;
  }
  ctx.session = { email: user.email, since: Date.now(), key: randomBytes(8).toString('hex') };
  // FLAW 5: a login on top of another one keeps its id.
  if (repaired) await ctx.session.regenerate();
  ctx.body = { email: user.email };
});

router.get('/api/me', requireUser, (ctx) => {
  const { email, nickname } = ctx.state.user;
  ctx.body = { email, nickname };
});

router.put('/api/nickname', requireUser, (ctx) => {
  ctx.state.user.nickname = String(ctx.request.body.nickname).slice(0, 40);
  ctx.body = { nickname: ctx.state.user.nickname };
});

const own = (ctx) => [...records].filter(([, record]) => record.email === ctx.session.email);

router.get('/api/sessions', requireUser, (ctx) => {
  ctx.body = own(ctx).map(([, { since }]) => ({ since }));
});

router.delete('/api/sessions', requireUser, (ctx) => {
  for (const [id, { key }] of own(ctx)) {
    // FLAW 3: it answers that the others are logged out, and forgets to do it.
    if (repaired && key !== ctx.session.key) records.delete(id);
  }
  ctx.body = { others: 'logged out' };
});

router.post('/api/logout', (ctx) => {
  // FLAW 4: the cookie goes, and the record stays.
  if (repaired) ctx.session = null;
  else ctx.cookies.set('shop.sid', null, { signed: false });
  ctx.body = { bye: true };
});

app.use(router.routes());
const server = app.listen(Number(process.env.PORT ?? 8083), '127.0.0.1', () => {
  console.log(`listening on ${server.address().port}`);
});
