import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';
import { credentials } from '../routes/auth.ts';
import { save } from '../sessionCalls.ts';

/** The login of most tutorials: it writes the user into the session the request came with, under the id it came with. */
export const login = ({ users, sessions, now }: Shop): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = await users.verify(email, password);
    if (!user) {
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }

    req.session.userId = user.id;
    req.session.role = user.role;
    req.session.loginAt = now();
    await save(req);
    await sessions.add(user.id, { sid: req.sessionID, device: req.get('user-agent') ?? 'unknown', loginAt: now() });
    res.json({ id: user.id, email: user.email });
  };
