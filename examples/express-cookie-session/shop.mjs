/** A small shop: Express with cookie-session. SHOP_REPAIRED=1 starts it without its flaws; README.md lists them. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import cookieSession from 'cookie-session';
import express from 'express';

const repaired = process.env.SHOP_REPAIRED === '1';

const hashOf = (password, salt) => scryptSync(password, salt, 32, { N: 4096 });

function account(email, password) {
  const salt = randomBytes(16);
  // The version goes up with each logout: a cookie of an older one is worth nothing.
  return [email, { email, salt, hash: hashOf(password, salt), nickname: 'new here', version: 1 }];
}

const users = new Map([
  account('alice@shop.example', process.env.SHOP_ALICE_PASSWORD ?? 'rabbit-hole-7'),
  account('mallory@shop.example', process.env.SHOP_MALLORY_PASSWORD ?? 'look-at-me-9'),
]);
const [, decoy] = account('nobody@shop.example', randomBytes(16).toString('hex'));

const app = express();
app.disable('x-powered-by');
app.use(express.urlencoded({ extended: false }));
app.use(
  cookieSession({
    name: 'shop',
    keys: [randomBytes(32).toString('hex')],
    httpOnly: true,
    // FLAW 2: without SameSite, other sites can send the form below in Alice's name.
    ...(repaired && { sameSite: 'lax' }),
  }),
);

const page = (body) => `<!doctype html><title>Shop</title>${body}`;

function userOf(req) {
  const user = users.get(req.session?.email ?? '');
  // FLAW 1: the session is the cookie itself. Anyone who has a copy is logged in, whatever the logout does.
  if (repaired && user?.version !== req.session?.version) return undefined;
  return user;
}

app.get('/', (_req, res) => res.send(page('<a href="/login">Log in</a>')));

app.get('/login', (_req, res) =>
  res.send(
    page(
      '<form method="post"><input name="email"><input name="password" type="password"><button>Log in</button></form>',
    ),
  ),
);

app.post('/login', (req, res) => {
  const { email = '', password = '' } = req.body;
  const user = users.get(email);
  const checked = user ?? decoy;
  if (!timingSafeEqual(hashOf(password, checked.salt), checked.hash) || !user) {
    res.status(401).send(page('<p>The e-mail address or the password is wrong.</p>'));
    return;
  }
  req.session = { email: user.email, ...(repaired && { version: user.version, id: randomBytes(16).toString('hex') }) };
  res.redirect(303, '/account');
});

app.get('/account', (req, res) => {
  const user = userOf(req);
  if (!user) {
    res.redirect(303, '/login');
    return;
  }
  res.set('Cache-Control', 'no-store');
  res.send(
    page(`<p>You are <b id="who">${user.email}</b>, called ${user.nickname}.</p>
      <form method="post" action="/nickname"><input name="nickname"><button>Change</button></form>
      <form method="post" action="/logout"><button>Log out</button></form>`),
  );
});

app.post('/nickname', (req, res) => {
  const user = userOf(req);
  if (!user) {
    res.redirect(303, '/login');
    return;
  }
  user.nickname = String(req.body.nickname)
    .replace(/[^\w ]/g, '')
    .slice(0, 40);
  res.redirect(303, '/account');
});

app.post('/logout', (req, res) => {
  const user = userOf(req);
  if (user) user.version += 1;
  req.session = null;
  res.redirect(303, '/');
});

const server = app.listen(Number(process.env.PORT ?? 8081), '127.0.0.1', () => {
  console.log(`listening on ${server.address().port}`);
});
